import type { Endpoint, Output } from '@tongmai/api/kernel'
import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Asked } from '../kernel/call.ts'
import { type Refused, refusedFrom } from '../kernel/refused.ts'
import { tableFile, tableText } from '../kernel/table-file.ts'
import { upload } from '../kernel/upload.ts'
import { useWrite } from '../kernel/use-write.ts'
import { FileDrop } from './file-drop.tsx'
import { RefusalNote } from './tell.tsx'

interface ImportDialogProps<E extends Endpoint> {
  /** Takes `{ csv, dryRun }`, or `{ hash, dryRun }` of what was uploaded; with `dryRun` it only says what it would do. */
  readonly endpoint: E
  readonly touches: readonly string[]
  readonly title: string
  readonly hint: string
  readonly limitMb: number
  /** The file is uploaded and may be an .xlsx; otherwise a CSV is sent as it is. */
  readonly uploads?: boolean
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

/** Takes a table: checked first, with every problem and its line; taken by a second press. */
export function ImportDialog<E extends Endpoint>(props: ImportDialogProps<E>) {
  const { endpoint, touches, title, hint, limitMb, countOf, actOf, summaryOf, problemsOf } = props
  const { more = {}, fields, ready = true, uploads = false } = props
  const [files, setFiles] = useState<readonly File[]>([])
  const check = useWrite(endpoint)
  const take = useWrite(endpoint, { touches, onDone: props.onTaken })
  const [checked, setChecked] = useState('')
  const said = JSON.stringify(more)
  const [file] = files
  const found = checked === said ? check.data : undefined
  const count = found && countOf(found)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (table: File) => {
    setChecked(said)
    setRefused(null)
    setBusy(true)
    try {
      const sent = uploads
        ? { hash: (await upload(await tableFile(table))).hash }
        : { csv: await tableText(table) }
      ;(found ? take : check).mutate({ body: { ...more, ...sent, dryRun: !found } } as unknown as Asked<E>)
    } catch (error) {
      setRefused(refusedFrom(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={640}
      title={title}
      okText={actOf(count)}
      okButtonProps={{ disabled: !file || !ready || count === 0 }}
      confirmLoading={busy || check.isPending || take.isPending}
      onOk={() => file && void send(file)}
      onCancel={props.onClose}
    >
      <p className="tm-quiet">{hint}</p>
      <RefusalNote refused={refused ?? check.error ?? take.error} />
      {fields}
      <FileDrop
        files={files}
        onChange={(next) => {
          // What was found in the file before is no longer true.
          check.reset()
          take.reset()
          setFiles(next)
        }}
        accept={uploads ? '.xlsx,.csv,text/csv' : '.csv,text/csv'}
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
