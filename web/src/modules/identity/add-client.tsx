import { identityApi } from '@tongmai/api/identity'
import { Input, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { ClientFields, emptyRegistration } from './client-fields.tsx'
import type { Once } from './shown-once.tsx'
import { identityWords } from './words.ts'

const empty = { id: '', ...emptyRegistration }

interface AddClientProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onSecret: (once: Once) => void
}

/** Adds a system client; its secret is shown once. */
export function AddClient({ open, onClose, onSecret }: AddClientProps) {
  const t = useWords(identityWords)
  const add = useWrite(identityApi.addClient, {
    touches: ['identity.client'],
    onDone: ({ id, secret }, { body }) => {
      // Who cannot keep a secret has none to be shown.
      if (body.kind !== 'public') onSecret({ hint: t('once.secret'), of: id, secret })
      form.discard()
      onClose()
    },
  })
  const form = useForm('identity.add-client', empty, add.error)
  const { id, name, scopes } = form.value
  return (
    <Modal
      open={open}
      title={t('client.add')}
      okText={t('client.add')}
      onOk={() => add.mutate({ body: form.value })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !id || !name || scopes.length === 0 }}
    >
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('client.name')} required problem={form.problem('name')}>
          {(field) => (
            <Input id={field} value={name} onChange={(event) => form.set('name', event.target.value)} />
          )}
        </Field>
        <Field label={t('client.id')} required hint={t('client.id-hint')} problem={form.problem('id')}>
          {(field) => (
            <Input
              id={field}
              value={id}
              spellCheck={false}
              onChange={(event) => form.set('id', event.target.value.trim().toLowerCase())}
            />
          )}
        </Field>
        <ClientFields
          value={form.value}
          onChange={(key, next) => form.set(key, next as never)}
          problem={form.problem}
        />
      </Fields>
    </Modal>
  )
}
