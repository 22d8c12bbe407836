import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { Picker } from '../../ui/picker.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { findDepartments } from './choice.ts'
import type { MoveTyped } from './move-form.ts'
import { referralWords } from './words.ts'

/** Where it is passed on to: another institution, or another department of the same. */
export function TargetChoice({ form }: { form: FormState<MoveTyped> }) {
  const t = useWords(referralWords)
  const { target } = form.value
  return (
    <Fields>
      <Field label={t('ask.target')} required problem={form.problem('toInstitutionId')}>
        {(id) => (
          <Picker
            id={id}
            name="referral.target"
            find={findInstitutionChoices}
            value={target}
            onChange={(next) => form.change({ target: next, department: null })}
          />
        )}
      </Field>
      <Field label={t('department')} problem={form.problem('toDepartmentId')}>
        {(id) => (
          <Picker
            id={id}
            name={`referral.department.${target?.value}`}
            find={findDepartments(target?.value)}
            value={form.value.department}
            disabled={!target}
            onChange={(next) => form.set('department', next)}
          />
        )}
      </Field>
    </Fields>
  )
}
