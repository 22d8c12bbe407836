import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { StaffChoice } from './staff-choice.tsx'
import { workforceWords } from './words.ts'

interface Props {
  readonly value: string | null
  readonly onChange: (practitionerId: string | null) => void
}

/** The practitioner behind an account, chosen from the staff. */
export function PractitionerChoice({ value, onChange }: Props) {
  const t = useWords(workforceWords)
  return (
    <Field label={t('staff.one')}>{(id) => <StaffChoice id={id} value={value} onChange={onChange} />}</Field>
  )
}
