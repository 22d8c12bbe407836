import { identityApi } from '@tongmai/api/identity'
import type { Role } from '@tongmai/api/identity/role'
import { Input, Modal } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { RolePicker } from './roles.tsx'
import { identityWords } from './words.ts'

const empty = { username: '', roles: [] as Role[] }

/** Gives someone from another institution a post here. */
export function AddPost({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(identityWords)
  const go = useGo()
  const add = useWrite(identityApi.addPost, {
    touches: ['identity.account'],
    onDone: ({ id }) => {
      form.discard()
      onClose()
      go(`/accounts/${id}`)
    },
  })
  const form = useForm('identity.add-post', empty, add.error)
  const { username, roles } = form.value
  return (
    <Modal
      open={open}
      title={t('account.add-post')}
      okText={t('account.add-post')}
      onOk={() => add.mutate({ body: { username: username.trim().toLowerCase(), roles } })}
      onCancel={onClose}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !username || roles.length === 0 }}
    >
      <p className="tm-quiet">{t('account.add-post-hint')}</p>
      <RefusalNote refused={add.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('account.username')} required problem={form.problem('username')}>
          {(id) => (
            <Input id={id} value={username} onChange={(event) => form.set('username', event.target.value)} />
          )}
        </Field>
        <Field label={t('account.roles-here')} required problem={form.problem('roles')}>
          {(id) => <RolePicker id={id} value={roles} onChange={(next) => form.set('roles', next)} />}
        </Field>
      </Fields>
    </Modal>
  )
}
