import { careplanApi } from '@tongmai/api/careplan'
import { type Alert, type AlertResponse, response } from '@tongmai/api/careplan/reading'
import { Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

/** Says what was done about an alert. */
export function AnswerDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const t = useWords(careplanWords)
  const tell = useTell()
  const [said, setSaid] = useState<AlertResponse>('called')
  const [note, setNote] = useState('')
  const answer = useWrite(careplanApi.answerAlert, {
    touches: ['alert', 'notice', 'case'],
    onDone: () => {
      tell(t('alert.done'))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={`${alert.resident.nameMasked} · ${alert.name}`}
      okText={t('alert.answer')}
      okButtonProps={{ disabled: note.trim() === '' }}
      confirmLoading={answer.isPending}
      onOk={() => answer.mutate({ params: { id: alert.id }, body: { response: said, note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={answer.error} />
      <Field label={t('alert.response')} required>
        {(id) => (
          <Segmented<AlertResponse>
            id={id}
            value={said}
            options={response.options.map((one) => ({ value: one, label: t(`response.${one}`) }))}
            onChange={setSaid}
          />
        )}
      </Field>
      <Field label={t('alert.note')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
