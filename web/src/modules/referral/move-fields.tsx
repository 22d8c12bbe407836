import {
  cancelReason,
  closeReason,
  declineReason,
  dischargeDisposition,
  followUpFinding,
  followUpMethod,
  redirectReason,
  rejectReason,
  settleReason,
  treatmentResult,
  withdrawReason,
} from '@tongmai/api/referral/code'
import type { Referral } from '@tongmai/api/referral/shape'
import { Input, Select } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField, MomentField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { Canned } from './canned.tsx'
import { findDepartments, findDoctors } from './choice.ts'
import type { MoveTyped } from './move-form.ts'
import { PlaceField } from './place-field.tsx'
import { referralWords } from './words.ts'

type Form = FormState<MoveTyped>
interface MoveFieldsProps {
  readonly form: Form
  readonly referral: Referral
}

/** Department, doctor, time, place: without department and time nothing is accepted. */
export function ArrangementFields({ form, referral }: MoveFieldsProps) {
  const { to, external } = referral
  const t = useWords(referralWords)
  return (
    <Fields>
      {!external && <WithWhom form={form} to={to.id} />}
      {!external && <PlaceField form={form} referral={referral} />}
      <Field label={t('ask.at')} required problem={form.problem('arrangement.at')}>
        {(id) => <MomentField id={id} value={form.value.at} onChange={(at) => form.set('at', at)} />}
      </Field>
      <Line form={form} name="place" label={t('ask.place')} />
      <Canned
        use="instructions"
        departmentId={form.value.department?.value}
        onPick={(text) => form.set('instructions', text)}
      />
      <Line form={form} name="instructions" label={t('ask.instructions')} wide />
    </Fields>
  )
}

/** The department and the doctor there. */
function WithWhom({ form, to }: { form: Form; to: string }) {
  const t = useWords(referralWords)
  return (
    <>
      <Field label={t('department')} required problem={form.problem('arrangement.departmentId')}>
        {(id) => (
          <Picker
            id={id}
            name={`referral.department.${to}`}
            find={findDepartments(to)}
            value={form.value.department}
            onChange={(department) => form.change({ department, placeId: null })}
          />
        )}
      </Field>
      <Field label={t('ask.doctor')} problem={form.problem('arrangement.practitionerId')}>
        {(id) => (
          <Picker
            id={id}
            name={`referral.doctor.${to}`}
            find={findDoctors(to)}
            value={form.value.doctor}
            onChange={(next) => form.set('doctor', next)}
          />
        )}
      </Field>
    </>
  )
}

/** How the treatment ended, and the discharge summary that goes into the record. */
export function OutcomeFields({ form }: { form: Form }) {
  const t = useWords(referralWords)
  return (
    <Fields>
      <One
        form={form}
        name="result"
        label={t('ask.result')}
        keys={treatmentResult.options}
        word={(k) => t(`result.${k}`)}
      />
      <One
        form={form}
        name="disposition"
        label={t('ask.disposition')}
        keys={dischargeDisposition.options}
        word={(k) => t(`disposition.${k}`)}
      />
      <Line form={form} name="diagnosisText" label={t('diagnosis.text')} required />
      <Line form={form} name="diagnosisCode" label={t('diagnosis.code')} required />
      <Line form={form} name="inpatientNumber" label={t('back.inpatient-number')} />
      <Field label={t('ask.discharged-at')} problem={form.problem('outcome.dischargedAt')}>
        {(id) => <MomentField id={id} value={form.value.at} onChange={(at) => form.set('at', at)} />}
      </Field>
      <Line form={form} name="summary" label={t('ask.summary')} rows={4} required wide />
      <Line form={form} name="mainResults" label={t('back.results')} rows={2} wide />
      <Line form={form} name="treatment" label={t('back.treatment')} rows={2} wide />
      <Line form={form} name="nextPlan" label={t('back.next-plan')} rows={2} wide />
    </Fields>
  )
}

/** The first follow-up after taking over. */
export function FollowUpFields({ form }: { form: Form }) {
  const t = useWords(referralWords)
  return (
    <Fields>
      <Field label={t('ask.follow-up-at')} required problem={form.problem('followUp.at')}>
        {(id) => <MomentField id={id} value={form.value.at} onChange={(at) => form.set('at', at)} />}
      </Field>
      <One
        form={form}
        name="method"
        label={t('ask.method')}
        keys={followUpMethod.options}
        word={(k) => t(`method.${k}`)}
      />
      <One
        form={form}
        name="finding"
        label={t('ask.finding')}
        keys={followUpFinding.options}
        word={(k) => t(`finding.${k}`)}
      />
      <Field label={t('ask.next-on')} problem={form.problem('followUp.nextOn')}>
        {(id) => <DayField id={id} value={form.value.nextOn} onChange={(day) => form.set('nextOn', day)} />}
      </Field>
      <Line form={form} name="note" label={t('ask.note')} rows={3} required wide />
    </Fields>
  )
}

const reasons = {
  reject: rejectReason.options,
  redirect: redirectReason.options,
  settle: settleReason.options,
  withdraw: withdrawReason.options,
  decline: declineReason.options,
  cancel: cancelReason.options,
  close: closeReason.options.filter((one) => one !== 'loopClosed'),
} as const

/** The coded reason of an end; a refusal also says where to go instead. */
export function ReasonFields({ form, referral, move }: MoveFieldsProps & { move: string }) {
  const t = useWords(referralWords)
  const codes: readonly (typeof reasons)[keyof typeof reasons][number][] | undefined =
    reasons[move as keyof typeof reasons]
  return (
    <Fields columns={1}>
      {codes && (
        <One
          form={form}
          name="reason"
          label={t(move === 'settle' ? 'ask.settled' : 'ask.reason')}
          keys={codes}
          word={(k) => t(`reason.${k}`)}
          required
        />
      )}
      {move === 'reject' && (
        <>
          <Canned
            use="reject"
            departmentId={referral.toDepartment?.id}
            onPick={(text) => form.set('advice', text)}
          />
          <Line form={form} name="advice" label={t('ask.advice')} rows={2} required />
          <Field label={t('ask.alternative')}>
            {(id) => (
              <Picker
                id={id}
                name="referral.alternative"
                find={findInstitutionChoices}
                value={form.value.alternative}
                onChange={(next) => form.set('alternative', next)}
              />
            )}
          </Field>
        </>
      )}
      {move === 'assign' && (
        <Field label={t('ask.family-doctor')} required>
          {(id) => (
            <Picker
              id={id}
              name={`referral.doctor.${referral.to.id}`}
              find={findDoctors(referral.to.id)}
              value={form.value.doctor}
              onChange={(next) => form.set('doctor', next)}
            />
          )}
        </Field>
      )}
      {move === 'depart' && (
        <Field label={t('ask.departed-at')} problem={form.problem('departedAt')}>
          {(id) => <MomentField id={id} value={form.value.at} onChange={(at) => form.set('at', at)} />}
        </Field>
      )}
      {move === 'admit' && <Line form={form} name="inpatientNumber" label={t('back.inpatient-number')} />}
    </Fields>
  )
}

type TextName = {
  [K in keyof MoveTyped]: MoveTyped[K] extends string ? (string extends MoveTyped[K] ? K : never) : never
}[keyof MoveTyped]

interface LineProps {
  readonly form: Form
  readonly name: TextName
  readonly label: string
  readonly rows?: number
  readonly required?: boolean
  readonly wide?: boolean
}

function Line({ form, name, label, rows = 1, required = false, wide = false }: LineProps) {
  return (
    <Field label={label} required={required} wide={wide} problem={form.problem(`outcome.${name}`)}>
      {(id) => (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: rows, maxRows: 10 }}
          value={form.value[name]}
          onChange={({ target }) => form.set(name, target.value)}
        />
      )}
    </Field>
  )
}

interface OneProps<Key extends string> {
  readonly form: Form
  readonly name: 'reason' | 'result' | 'disposition' | 'method' | 'finding'
  readonly label: string
  readonly keys: readonly Key[]
  readonly word: (key: Key) => string
  readonly required?: boolean
}

function One<Key extends string>({ form, name, label, keys, word, required = false }: OneProps<Key>) {
  return (
    <Field label={label} required={required} problem={form.problem(name)}>
      {(id) => (
        <Select
          id={id}
          style={{ width: '100%' }}
          value={form.value[name] as Key | null}
          options={keys.map((key) => ({ value: key, label: word(key) }))}
          onChange={(key: Key) => form.change({ [name]: key })}
        />
      )}
    </Field>
  )
}
