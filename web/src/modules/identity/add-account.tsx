import { identityApi } from '@tongmai/api/identity'
import type { Role } from '@tongmai/api/identity/role'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { PractitionerSlot } from './practitioner-slot.tsx'
import { RolePicker } from './roles.tsx'
import { type Once, ShownOnce } from './shown-once.tsx'
import { identityWords } from './words.ts'

const empty = { username: '', name: '', roles: [] as Role[], practitionerId: null as string | null }

/** Adds an account; its first password is shown once. */
export function AddAccount({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(identityWords)
  const tell = useTell()
  const [once, setOnce] = useState<Once | null>(null)
  const add = useWrite(identityApi.addAccount, {
    touches: ['identity.account'],
    onDone: ({ password }, { body }) => {
      setOnce({ hint: t('once.password'), of: `${body.name}（${body.username}）`, secret: password })
      tell(t('account.added', { name: body.name }))
      form.discard()
      onClose()
    },
  })
  const form = useForm('identity.add-account', empty, add.error)
  const { username, name, roles, practitionerId } = form.value
  const send = () => {
    const practitioner = practitionerId === null ? {} : { practitionerId }
    add.mutate({ body: { username: username.trim().toLowerCase(), name, roles, ...practitioner } })
  }
  return (
    <>
      <Modal
        open={open}
        title={t('account.add')}
        okText={t('account.add')}
        onOk={send}
        onCancel={onClose}
        confirmLoading={add.isPending}
        okButtonProps={{ disabled: !username || !name || roles.length === 0 }}
      >
        <RefusalNote refused={add.error} />
        <DraftNote form={form} />
        <Fields columns={1}>
          <Field label={t('account.name')} required problem={form.problem('name')}>
            {(id) => (
              <Input id={id} value={name} onChange={(event) => form.set('name', event.target.value)} />
            )}
          </Field>
          <Field
            label={t('account.username')}
            required
            hint={t('account.username-hint')}
            problem={form.problem('username')}
          >
            {(id) => (
              <Input
                id={id}
                value={username}
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => form.set('username', event.target.value)}
              />
            )}
          </Field>
          <Field label={t('account.roles-here')} required problem={form.problem('roles')}>
            {(id) => <RolePicker id={id} value={roles} onChange={(next) => form.set('roles', next)} />}
          </Field>
          <PractitionerSlot value={practitionerId} onChange={(next) => form.set('practitionerId', next)} />
        </Fields>
      </Modal>
      <ShownOnce once={once} onKept={() => setOnce(null)} />
    </>
  )
}
