import { contractApi } from '@tongmai/api/contract'
import { type Bed, type BedOutcome, bedOutcome } from '@tongmai/api/contract/bed'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { isSigned, notSigned, SignatureFields, signatureOf } from './signature-fields.tsx'
import { contractWords } from './words.ts'

export interface BedDialogProps {
  readonly bed: Bed
  readonly onClose: () => void
}
type Move = 'open' | 'decline' | 'note' | 'order' | 'review' | 'close'

/** After a move: said in one sentence, and the dialog goes. */
export function useDone(move: Move, onClose: () => void) {
  const t = useWords(contractWords)
  const tell = useTell()
  return {
    touches: ['contract', 'notice'],
    onDone: () => {
      tell(t('bed.done', { move: t(`bed.move.${move}`) }))
      onClose()
    },
  }
}

/** The agreement is signed, and the bed is open. */
export function OpenBedDialog({ bed, onClose }: BedDialogProps) {
  const t = useWords(contractWords)
  const consent = useRead(contractApi.readBedConsent, {})
  const [signed, setSigned] = useState(notSigned)
  const open = useWrite(contractApi.openBed, useDone('open', onClose))
  const send = () =>
    open.mutate({
      params: { id: bed.id },
      body: { consentVersion: consent.data?.version ?? '', signature: signatureOf(signed) },
    })
  return (
    <Modal
      open
      width={720}
      title={`${bed.resident.nameMasked} · ${t('bed.move.open')}`}
      okText={t('bed.move.open')}
      okButtonProps={{ disabled: !isSigned(signed) }}
      confirmLoading={open.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={open.error} />
      <SignatureFields value={signed} onChange={setSigned} residentId={bed.resident.id} about="homeBed" />
    </Modal>
  )
}

export function DeclineBedDialog({ bed, onClose }: BedDialogProps) {
  const t = useWords(contractWords)
  const [note, setNote] = useState('')
  const decline = useWrite(contractApi.declineBed, useDone('decline', onClose))
  return (
    <Modal
      open
      title={`${bed.resident.nameMasked} · ${t('bed.move.decline')}`}
      okText={t('bed.move.decline')}
      okButtonProps={{ danger: true, disabled: note.trim() === '' }}
      confirmLoading={decline.isPending}
      onOk={() => decline.mutate({ params: { id: bed.id }, body: { note } })}
      onCancel={onClose}
    >
      <RefusalNote refused={decline.error} />
      <Field label={t('bed.why-not')} required>
        {(id) => (
          <Input.TextArea id={id} rows={2} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}

/** Whether the bed is still needed, and when it is looked at next. */
export function ReviewBedDialog({ bed, onClose }: BedDialogProps) {
  const t = useWords(contractWords)
  const [text, setText] = useState('')
  const [days, setDays] = useState<number | null>(bed.reviewDays)
  const review = useWrite(contractApi.reviewBed, useDone('review', onClose))
  return (
    <Modal
      open
      title={`${bed.resident.nameMasked} · ${t('bed.move.review')}`}
      okText={t('bed.move.review')}
      okButtonProps={{ disabled: text.trim() === '' }}
      confirmLoading={review.isPending}
      onOk={() => review.mutate({ params: { id: bed.id }, body: { text, reviewDays: days } })}
      onCancel={onClose}
    >
      <RefusalNote refused={review.error} />
      <Field label={t('bed.review-text')} required>
        {(id) => (
          <Input.TextArea id={id} rows={4} value={text} onChange={({ target }) => setText(target.value)} />
        )}
      </Field>
      <Field label={t('bed.review-days')} hint={t('bed.review-days-hint')}>
        {(id) => <InputNumber id={id} min={1} max={180} precision={0} value={days} onChange={setDays} />}
      </Field>
    </Modal>
  )
}

/** Closes the bed with what came of it. */
export function CloseBedDialog({ bed, onClose }: BedDialogProps) {
  const t = useWords(contractWords)
  const [outcome, setOutcome] = useState<BedOutcome | null>(null)
  const [summary, setSummary] = useState('')
  const close = useWrite(contractApi.closeBed, useDone('close', onClose))
  const send = () => outcome && close.mutate({ params: { id: bed.id }, body: { outcome, summary } })
  return (
    <Modal
      open
      title={`${bed.resident.nameMasked} · ${t('bed.move.close')}`}
      okText={t('bed.move.close')}
      okButtonProps={{ danger: true, disabled: outcome === null || summary.trim() === '' }}
      confirmLoading={close.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={close.error} />
      <Fields columns={1}>
        <Field label={t('bed.outcome')} required>
          {(id) => (
            <Select
              id={id}
              value={outcome}
              options={bedOutcome.options.map((value) => ({ value, label: t(`bed.outcome.${value}`) }))}
              onChange={setOutcome}
            />
          )}
        </Field>
        <Field label={t('bed.summary')} required>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={3}
              value={summary}
              onChange={({ target }) => setSummary(target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
