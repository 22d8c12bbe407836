import { benefitApi } from '@tongmai/api/benefit'
import type { Stay } from '@tongmai/api/benefit/insured'
import { Checkbox, InputNumber, Modal } from 'antd'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { benefitWords } from './words.ts'

interface StayForm {
  institution: Choice | null
  admittedOn: string | null
  dischargedOn: string | null
  paid: number | null
  insurancePaid: number | null
  continues: boolean
}

interface Props {
  readonly residentId: string
  /** The latest stay recorded: the new one may continue its episode. */
  readonly last: Stay | null
  readonly onClose: () => void
}

/** Records a stay and the deductible that was paid for it, as the bill says. */
export function RecordStay({ residentId, last, onClose }: Props) {
  const t = useWords(benefitWords)
  const tell = useTell()
  const record = useWrite(benefitApi.recordStay, {
    onDone: ({ institutionName }) => {
      tell(t('stay.added', { institution: institutionName }))
      form.discard()
      onClose()
    },
  })
  const empty: StayForm = {
    ...{ institution: null, admittedOn: null, dischargedOn: null },
    ...{ paid: null, insurancePaid: null, continues: false },
  }
  const form = useForm(`benefit.stay:${residentId}`, empty, record.error)
  const { value, set, problem } = form
  const send = () => {
    const { institution, admittedOn, dischargedOn, paid, insurancePaid, continues } = value
    if (!institution || !admittedOn) return
    const body = {
      ...(continues && last ? { episode: last.episode } : {}),
      ...{ institutionId: institution.value, admittedOn, dischargedOn, referralId: null },
      deductiblePaidFen: paid === null ? null : Math.round(paid * 100),
      insurancePaidFen: insurancePaid === null ? null : Math.round(insurancePaid * 100),
    }
    record.mutate({ params: { id: residentId }, body })
  }
  return (
    <Modal
      open
      title={t('stay.add')}
      okText={t('stay.add')}
      onOk={send}
      onCancel={onClose}
      confirmLoading={record.isPending}
      okButtonProps={{ disabled: !value.institution || !value.admittedOn }}
    >
      <RefusalNote refused={record.error} />
      <DraftNote form={form} />
      <Fields>
        <Field label={t('stay.institution')} required wide problem={problem('institutionId')}>
          {(id) => (
            <Picker
              id={id}
              name="network.institution"
              find={findInstitutionChoices}
              value={value.institution}
              onChange={(institution) => set('institution', institution)}
            />
          )}
        </Field>
        <Field label={t('stay.admitted')} required problem={problem('admittedOn')}>
          {(id) => <DayField id={id} value={value.admittedOn} onChange={(day) => set('admittedOn', day)} />}
        </Field>
        <Field label={t('stay.discharged')} problem={problem('dischargedOn')}>
          {(id) => (
            <DayField id={id} value={value.dischargedOn} onChange={(day) => set('dischargedOn', day)} />
          )}
        </Field>
        <Field label={t('stay.paid')} hint={t('stay.paid-hint')} problem={problem('deductiblePaidFen')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={2}
              style={{ width: '100%' }}
              value={value.paid}
              onChange={(paid) => set('paid', paid)}
            />
          )}
        </Field>
        <Field
          label={t('stay.insurance-paid')}
          hint={t('stay.paid-hint')}
          problem={problem('insurancePaidFen')}
        >
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={2}
              style={{ width: '100%' }}
              value={value.insurancePaid}
              onChange={(insurancePaid) => set('insurancePaid', insurancePaid)}
            />
          )}
        </Field>
        {last && (
          <Field label={t('insured.stays')}>
            {() => (
              <Checkbox checked={value.continues} onChange={({ target }) => set('continues', target.checked)}>
                {t('stay.continues')}
              </Checkbox>
            )}
          </Field>
        )}
      </Fields>
    </Modal>
  )
}
