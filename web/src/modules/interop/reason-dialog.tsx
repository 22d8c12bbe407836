import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { Refused } from '../../kernel/refused.ts'
import { Field } from '../../ui/field.tsx'
import { RefusalNote } from '../../ui/tell.tsx'

interface Props {
  readonly title: string
  /** What is done, as the button says it. */
  readonly action: string
  readonly label: string
  readonly hint: string
  readonly write: { readonly isPending: boolean; readonly error: Refused | null }
  readonly onReason: (note: string) => void
  readonly onClose: () => void
}

/** Ends something of a client, whom the reason is for. */
export function ReasonDialog({ title, action, label, hint, write, onReason, onClose }: Props) {
  const [note, setNote] = useState('')
  return (
    <Modal
      open
      title={title}
      okText={action}
      okButtonProps={{ danger: true, disabled: note.trim() === '' }}
      confirmLoading={write.isPending}
      onOk={() => onReason(note)}
      onCancel={onClose}
    >
      <RefusalNote refused={write.error} />
      <Field label={label} hint={hint} required>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={200}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
