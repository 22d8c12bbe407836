import { Modal } from 'antd'
import { useState } from 'react'
import type { Refused } from '../kernel/refused.ts'
import { FileDrop } from './file-drop.tsx'
import { RefusalNote } from './tell.tsx'

interface ImportDialogProps {
  readonly title: string
  readonly hint: string
  /** What the button does now: check, or take what was checked. */
  readonly act: string
  /** Whether it can be pressed once there is a file. */
  readonly can: boolean
  readonly busy: boolean
  readonly refused: Refused | null
  readonly limitMb: number
  /** What the check found: a sentence, and a line for each problem. */
  readonly found: { readonly summary: string; readonly problems: readonly string[] } | undefined
  readonly onSend: (csv: string) => void
  /** Another file: what was found in the one before is no longer true. */
  readonly onOther: () => void
  readonly onClose: () => void
}

/** Takes a table as CSV: checked first, with every problem and its line; taken by a second press. */
export function ImportDialog(props: ImportDialogProps) {
  const { title, hint, act, can, busy, refused, limitMb, found, onSend, onOther, onClose } = props
  const [files, setFiles] = useState<readonly File[]>([])
  const [file] = files
  return (
    <Modal
      open
      width={640}
      title={title}
      okText={act}
      okButtonProps={{ disabled: !file || !can }}
      confirmLoading={busy}
      onOk={async () => file && onSend(await file.text())}
      onCancel={onClose}
    >
      <p className="tm-quiet">{hint}</p>
      <RefusalNote refused={refused} />
      <FileDrop
        files={files}
        onChange={(next) => {
          onOther()
          setFiles(next)
        }}
        accept=".csv,text/csv"
        several={false}
        limitMb={limitMb}
      />
      {found && (
        <>
          <p>{found.summary}</p>
          <ul role="alert">
            {found.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
