import type { Endpoint, Output } from '@tongmai/api/kernel'
import { Modal } from 'antd'
import { useState } from 'react'
import type { Asked } from '../kernel/call.ts'
import { useWrite } from '../kernel/use-write.ts'
import { FileDrop } from './file-drop.tsx'
import { RefusalNote } from './tell.tsx'

interface ImportDialogProps<E extends Endpoint> {
  /** Takes `{ csv, dryRun }`; with `dryRun` it only says what it would do. */
  readonly endpoint: E
  readonly touches: readonly string[]
  readonly title: string
  readonly hint: string
  readonly limitMb: number
  /** How much would be taken; with nothing the button rests until there is another file. */
  readonly countOf: (found: Output<E>) => number
  /** What the button does now: check, or take so much. */
  readonly actOf: (count: number | undefined) => string
  readonly summaryOf: (found: Output<E>) => string
  readonly problemsOf: (found: Output<E>) => readonly string[]
  readonly onTaken: (taken: Output<E>) => void
  readonly onClose: () => void
}

/** Takes a table as CSV: checked first, with every problem and its line; taken by a second press. */
export function ImportDialog<E extends Endpoint>(props: ImportDialogProps<E>) {
  const { endpoint, touches, title, hint, limitMb, countOf, actOf, summaryOf, problemsOf } = props
  const [files, setFiles] = useState<readonly File[]>([])
  const check = useWrite(endpoint)
  const take = useWrite(endpoint, { touches, onDone: props.onTaken })
  const [file] = files
  const found = check.data
  const count = found && countOf(found)
  const send = async (csv: Promise<string>) =>
    (found ? take : check).mutate({ body: { csv: await csv, dryRun: !found } } as unknown as Asked<E>)
  return (
    <Modal
      open
      width={640}
      title={title}
      okText={actOf(count)}
      okButtonProps={{ disabled: !file || count === 0 }}
      confirmLoading={check.isPending || take.isPending}
      onOk={() => file && send(file.text())}
      onCancel={props.onClose}
    >
      <p className="tm-quiet">{hint}</p>
      <RefusalNote refused={check.error ?? take.error} />
      <FileDrop
        files={files}
        onChange={(next) => {
          // What was found in the file before is no longer true.
          check.reset()
          take.reset()
          setFiles(next)
        }}
        accept=".csv,text/csv"
        several={false}
        limitMb={limitMb}
      />
      {found && (
        <>
          <p>{summaryOf(found)}</p>
          <ul role="alert">
            {problemsOf(found).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
