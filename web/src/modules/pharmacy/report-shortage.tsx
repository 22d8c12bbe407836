import { pharmacyApi } from '@tongmai/api/pharmacy'
import type { MedicineLine } from '@tongmai/api/pharmacy/medicine'
import { Input, InputNumber, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { pharmacyWords } from './words.ts'

export type Wanting = Pick<MedicineLine, 'id' | 'name' | 'form' | 'strength'>

interface ReportProps {
  readonly medicine: Wanting
  /** What is known of it already where something else has led here. */
  readonly known?: { readonly quantity: string; readonly reason: string } | undefined
  readonly onClose: () => void
}

/** A medicine is wanting here: for how many patients, how much, and why. */
export function ReportShortage({ medicine, known, onClose }: ReportProps) {
  const t = useWords(pharmacyWords)
  const tell = useTell()
  const report = useWrite(pharmacyApi.reportShortage, {
    touches: ['pharmacy', 'case'],
    onDone: ({ medicine: { name } }) => {
      tell(t('shortage.reported', { name }))
      form.discard()
      onClose()
    },
  })
  const begun = { patients: 1 as number | null, quantity: '', reason: '', ...known }
  const form = useForm(`pharmacy.shortage:${medicine.id}`, begun, report.error)
  const { value, set, problem } = form
  const send = () => {
    const { patients, quantity, reason } = value
    if (patients !== null) report.mutate({ body: { medicineId: medicine.id, patients, quantity, reason } })
  }
  return (
    <Modal
      open
      title={`${t('shortage.report')}：${medicine.name}${medicine.form} ${medicine.strength}`}
      okText={t('shortage.report')}
      okButtonProps={{ disabled: !value.patients || !value.quantity.trim() || !value.reason.trim() }}
      confirmLoading={report.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={report.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('shortage.patients')} required problem={problem('patients')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              style={{ width: '100%' }}
              value={value.patients}
              onChange={(patients) => set('patients', patients)}
            />
          )}
        </Field>
        <Field
          label={t('shortage.quantity')}
          required
          hint={t('shortage.quantity-hint')}
          problem={problem('quantity')}
        >
          {(id) => (
            <Input id={id} value={value.quantity} onChange={({ target }) => set('quantity', target.value)} />
          )}
        </Field>
        <Field label={t('shortage.reason')} required wide problem={problem('reason')}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={value.reason}
              onChange={({ target }) => set('reason', target.value)}
            />
          )}
        </Field>
      </Fields>
    </Modal>
  )
}
