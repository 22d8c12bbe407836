import { careplanApi } from '@tongmai/api/careplan'
import type { FollowUp } from '@tongmai/api/careplan/follow-up'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { careplanWords } from './words.ts'

interface TriedDialogProps {
  readonly followUp: FollowUp
  readonly act: 'miss' | 'refuse'
  readonly onClose: () => void
}

/** The resident was not reached, and when it is tried again; or does not want it, and why. */
export function TriedDialog({ followUp, act, onClose }: TriedDialogProps) {
  const t = useWords(careplanWords)
  const [note, setNote] = useState('')
  const [nextOn, setNextOn] = useState<string | null>(showDay(new Date(timeNow().getTime() + 7 * 86_400_000)))
  const done = { touches: ['careplan', 'notice'], onDone: onClose }
  const miss = useWrite(careplanApi.miss, done)
  const refuse = useWrite(careplanApi.refuseFollowUp, done)
  const params = { id: followUp.id }
  const send = () => {
    if (act === 'refuse') refuse.mutate({ params, body: { note } })
    else if (nextOn) miss.mutate({ params, body: { note, nextOn } })
  }
  const { isPending, error } = act === 'miss' ? miss : refuse
  return (
    <Modal
      open
      title={`${followUp.resident.nameMasked} · ${followUp.reason}`}
      okText={t(`follow.${act}`)}
      okButtonProps={{ disabled: note.trim() === '' || (act === 'miss' && !nextOn) }}
      confirmLoading={isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={error} />
      <Field label={t(act === 'miss' ? 'follow.why-missed' : 'follow.why-refused')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
      {act === 'miss' && (
        <Field label={t('follow.next')} required>
          {(id) => <DayField id={id} value={nextOn} onChange={setNextOn} />}
        </Field>
      )}
    </Modal>
  )
}
