import { contractApi } from '@tongmai/api/contract'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { useSending } from './answer-box.tsx'
import { contractWords } from './words.ts'

interface WriteDialogProps {
  readonly contractId: string
  readonly name: string
  readonly onClose: () => void
}

/** Writes to a resident under contract; they read it on their phone and may answer. */
export function WriteDialog({ contractId, name, onClose }: WriteDialogProps) {
  const t = useWords(contractWords)
  const tell = useTell()
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const sending = useSending(files)
  const write = useWrite(contractApi.writeResident, {
    touches: ['contract'],
    onDone: () => {
      tell(t('advice.sent'))
      onClose()
    },
  })
  const send = () =>
    sending.run((hashes) =>
      write.mutate({ params: { id: contractId }, body: { subject, text, files: hashes } }),
    )
  return (
    <Modal
      open
      title={t('advice.write-title', { name })}
      okText={t('advice.send')}
      okButtonProps={{ disabled: subject.trim() === '' || text.trim() === '' }}
      confirmLoading={sending.busy || write.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={sending.refused ?? write.error} />
      <Field label={t('advice.subject')} required>
        {(id) => (
          <Input id={id} maxLength={60} value={subject} onChange={({ target }) => setSubject(target.value)} />
        )}
      </Field>
      <Field label={t('advice.text')} required hint={t('advice.answer-hint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={4}
            maxLength={2000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <FileDrop files={files} onChange={setFiles} accept="image/*,.pdf" />
    </Modal>
  )
}
