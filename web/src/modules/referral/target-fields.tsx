import { Checkbox, Segmented } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { findDepartments, findDoctors, findReceivers } from './choice.ts'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

/** Where to, with whom, how soon. */
export function TargetFields({
  form,
  choosesDirection,
}: {
  form: FormState<Typed>
  choosesDirection: boolean
}) {
  const t = useWords(referralWords)
  const { to, department, doctor, direction } = form.value
  const down = direction === 'down'
  return (
    <Fields>
      {choosesDirection && (
        <Field label={t('direction')}>
          {(id) => (
            <Segmented
              id={id}
              value={direction}
              onChange={(next) => form.set('direction', next)}
              options={(['up', 'sideways', 'down'] as const).map((value) => ({
                value,
                label: t(`direction.${value}`),
              }))}
            />
          )}
        </Field>
      )}
      <Field label={t('to')} problem={form.problem('toInstitutionId')} required>
        {(id, invalid) => (
          <Picker
            id={id}
            name="referral.to"
            find={findReceivers}
            value={to}
            invalid={invalid}
            onChange={(next) => form.change({ to: next, department: null, doctor: null })}
          />
        )}
      </Field>
      {!down && (
        <Field label={t('department')} problem={form.problem('toDepartmentId')}>
          {(id) => (
            <Picker
              id={id}
              name={`referral.department.${to?.value}`}
              find={findDepartments(to?.value)}
              value={department}
              disabled={!to}
              onChange={(next) => form.set('department', next)}
            />
          )}
        </Field>
      )}
      <Field
        label={t(down ? 'back.doctor' : 'form.wanted-doctor')}
        problem={form.problem('toPractitionerId')}
        required={down}
      >
        {(id, invalid) => (
          <Picker
            id={id}
            name={`referral.doctor.${to?.value}`}
            find={findDoctors(to?.value)}
            value={doctor}
            disabled={!to}
            invalid={invalid}
            onChange={(next) => form.set('doctor', next)}
          />
        )}
      </Field>
      {!down && (
        <Field label={t('form.wanted-on')} problem={form.problem('wantedOn')}>
          {(id) => (
            <DayField id={id} value={form.value.wantedOn} onChange={(day) => form.set('wantedOn', day)} />
          )}
        </Field>
      )}
      <Field label={t('urgency')}>
        {(id) => (
          <Segmented
            id={id}
            value={form.value.urgency}
            onChange={(level) => form.set('urgency', level)}
            options={(['routine', 'urgent', 'emergency'] as const).map((value) => ({
              value,
              label: t(`urgency.${value}`),
            }))}
          />
        )}
      </Field>
      {form.value.urgency === 'emergency' && (
        <Checkbox
          checked={form.value.retroEntry}
          onChange={({ target }) => form.set('retroEntry', target.checked)}
        >
          {t('form.retro')}
        </Checkbox>
      )}
    </Fields>
  )
}
