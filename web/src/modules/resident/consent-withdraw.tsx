import { residentApi } from '@tongmai/api/resident'
import type { Consent } from '@tongmai/api/resident/consent'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

/** Takes a consent back at the desk: who asks, and what they say. */
export function ConsentWithdraw({ consent, onClose }: { consent: Consent; onClose: () => void }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const { id, residentId, institution } = consent
  const signers = useRead(residentApi.listConsentSigners, { params: { id: residentId } })
  const [chosen, setChosen] = useState<string | null>(null)
  const withdraw = useWrite(residentApi.withdrawConsent, {
    touches: ['resident', `resident:${residentId}`],
    onDone: () => {
      tell(t('consent.withdrawn-now'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`resident.consent-withdraw:${id}`, { reason: '' }, withdraw.error)
  const { reason } = form.value
  const signerId = chosen ?? signers.data?.[0]?.id
  const send = () =>
    signerId &&
    withdraw.mutate({ params: { id }, body: { reason: reason.trim() || t('consent.asked'), signerId } })
  return (
    <Modal
      open
      title={t('consent.withdraw')}
      okText={t('consent.withdraw')}
      okButtonProps={{ danger: true, disabled: !signerId }}
      confirmLoading={withdraw.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <p>{t('consent.withdraw-hint', { institution })}</p>
      <RefusalNote refused={signers.error ?? withdraw.error} />
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('consent.who-asks')}>
          {(field) => (
            <Select
              id={field}
              style={{ width: '100%' }}
              value={signerId ?? null}
              options={(signers.data ?? []).map(({ id: value, self, name }) => ({
                value,
                label: t(self ? 'consent.self' : 'consent.stands', { name }),
              }))}
              onChange={setChosen}
            />
          )}
        </Field>
        <Field label={t('consent.reason')}>
          {(field) => (
            <Input.TextArea
              id={field}
              rows={2}
              maxLength={500}
              placeholder={t('consent.asked')}
              value={reason}
              onChange={(event) => form.set('reason', event.target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
