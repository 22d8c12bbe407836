import { residentApi } from '@tongmai/api/resident'
import type { Found } from '@tongmai/api/resident/person'
import { Input, Modal } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

/** A reason shorter than this says nothing to who judges it. */
const LEAST = 6

interface Props {
  readonly found: Pick<Found, 'id' | 'nameMasked'>
  readonly onClose: () => void
}

/** Opens a record in an emergency: for a reason, for hours, judged afterwards. */
export function EmergencyDialog({ found, onClose }: Props) {
  const t = useWords(residentWords)
  const go = useGo()
  const open = useWrite(residentApi.openInEmergency, {
    touches: ['resident'],
    onDone: () => {
      form.discard()
      onClose()
      go(`/residents/${found.id}`)
    },
  })
  const form = useForm(`resident.open-in-emergency:${found.id}`, { reason: '' }, open.error)
  const { reason } = form.value
  return (
    <Modal
      open
      title={`${t('emergency.open')}：${found.nameMasked}`}
      okText={t('emergency.open')}
      okButtonProps={{ danger: true, disabled: reason.trim().length < LEAST }}
      confirmLoading={open.isPending}
      onOk={() => open.mutate({ params: { id: found.id }, body: { reason: reason.trim() } })}
      onCancel={onClose}
    >
      <p>{t('emergency.hint')}</p>
      <DraftNote form={form} />
      <RefusalNote refused={open.error} />
      <Field label={t('emergency.reason')} hint={t('emergency.least', { n: LEAST })} required>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => form.set('reason', event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
