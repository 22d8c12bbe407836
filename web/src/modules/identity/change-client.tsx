import { identityApi } from '@tongmai/api/identity'
import type { Client } from '@tongmai/api/identity/client'
import { Input, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { ClientFields, type Registration } from './client-fields.tsx'
import { identityWords } from './words.ts'

/** Writes anew what a client may do and where it lives. */
export function ChangeClient({ client, onClose }: { client: Client; onClose: () => void }) {
  const t = useWords(identityWords)
  const tell = useTell()
  const change = useWrite(identityApi.changeClient, {
    touches: ['identity.client'],
    onDone: () => {
      tell(t('client.changed'))
      form.discard()
      onClose()
    },
  })
  const { name, scopes, kind, persons, redirectUris, launchUrl, jwks, jwksUrl, notifyUrls, fhirServers } =
    client
  const addresses = { redirectUris, launchUrl, jwks, jwksUrl, notifyUrls, fhirServers }
  const before: Registration = { name, scopes, kind, persons, ...addresses }
  const form = useForm(`identity.change-client.${client.id}`, before, change.error)
  return (
    <Modal
      open
      title={`${t('client.change')} · ${client.id}`}
      okText={t('client.change')}
      onOk={() => change.mutate({ params: { id: client.id }, body: form.value })}
      onCancel={onClose}
      confirmLoading={change.isPending}
      okButtonProps={{ disabled: !form.value.name || form.value.scopes.length === 0 }}
    >
      <RefusalNote refused={change.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('client.name')} required problem={form.problem('name')}>
          {(id) => (
            <Input
              id={id}
              value={form.value.name}
              onChange={(event) => form.set('name', event.target.value)}
            />
          )}
        </Field>
        <ClientFields value={form.value} onChange={form.set} problem={form.problem} />
      </Fields>
    </Modal>
  )
}
