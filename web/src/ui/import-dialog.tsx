import type { Endpoint, Output } from '@tongmai/api/kernel'
import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
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
  /** What is sent beside the table; once it changes, what was found before is no longer true. */
  readonly more?: Readonly<Record<string, unknown>>
  /** The fields for it. */
  readonly fields?: ReactNode
  /** False while one of them is still empty. */
  readonly ready?: boolean
  /** How much would be taken; with nothing the button rests until there is another file. */
  readonly countOf: (found: Output<E>) => number
  /** What the button does now: check, or take so much. */
  readonly actOf: (count: number | undefined) => string
  readonly summaryOf: (found: Output<E>) => string
  readonly problemsOf: (found: Output<E>) => readonly string[]
  readonly onTaken: (taken: Output<E>) => void
  readonly onClose: () => void
}

/** The text of a file in UTF-8, or in GB18030 as spreadsheets in China write it. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Takes a table as CSV: checked first, with every problem and its line; taken by a second press. */
export function ImportDialog<E extends Endpoint>(props: ImportDialogProps<E>) {
  const { endpoint, touches, title, hint, limitMb, countOf, actOf, summaryOf, problemsOf } = props
  const { more = {}, fields, ready = true } = props
  const [files, setFiles] = useState<readonly File[]>([])
  const check = useWrite(endpoint)
  const take = useWrite(endpoint, { touches, onDone: props.onTaken })
  const [checked, setChecked] = useState('')
  const said = JSON.stringify(more)
  const [file] = files
  const found = checked === said ? check.data : undefined
  const count = found && countOf(found)
  const send = async (csv: Promise<string>) => {
    setChecked(said)
    const body = { ...more, csv: await csv, dryRun: !found }
    ;(found ? take : check).mutate({ body } as unknown as Asked<E>)
  }
  return (
    <Modal
      open
      width={640}
      title={title}
      okText={actOf(count)}
      okButtonProps={{ disabled: !file || !ready || count === 0 }}
      confirmLoading={check.isPending || take.isPending}
      onOk={() => file && send(textOf(file))}
      onCancel={props.onClose}
    >
      <p className="tm-quiet">{hint}</p>
      <RefusalNote refused={check.error ?? take.error} />
      {fields}
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
          <ul role="alert" style={{ maxHeight: 320, overflowY: 'auto' }}>
            {problemsOf(found).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
