import { careplanApi } from '@tongmai/api/careplan'
import { type EndReason, endReason } from '@tongmai/api/careplan/flow'
import type { Enrolment } from '@tongmai/api/careplan/programme'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

/** Ends the care in a programme, with the reason. */
export function EndDialog({ enrolment, onClose }: { enrolment: Enrolment; onClose: () => void }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const [reason, setReason] = useState<EndReason | null>(null)
  const end = useWrite(careplanApi.endEnrolment, {
    touches: ['careplan', 'notice'],
    onDone: () => {
      tell(t('end.done'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={`${t('end')}：${enrolment.programmeName}`}
      okText={t('end')}
      okButtonProps={{ disabled: !reason, danger: true }}
      confirmLoading={end.isPending}
      onOk={() => reason && end.mutate({ params: { id: enrolment.id }, body: { reason } })}
      onCancel={onClose}
    >
      <RefusalNote refused={end.error} />
      <Field label={t('end.reason')} required>
        {(id) => (
          <Select<EndReason>
            id={id}
            style={{ width: '100%' }}
            value={reason}
            options={endReason.options.map((one) => ({ value: one, label: t(`reason.${one}`) }))}
            onChange={setReason}
          />
        )}
      </Field>
    </Modal>
  )
}
