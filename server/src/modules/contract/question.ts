import { question } from '../../kernel/question.ts'

/** Of how many in a chronic programme the disease is under control; null while nobody can tell. */
export interface Controlled {
  readonly have: number
  readonly should: number
}

/** How well the chronic diseases of these residents were controlled in a year; careplan knows. */
export const controlOf = question<{ residentIds: readonly string[]; year: number }, Controlled | null>(
  'contract.control-of',
  null,
)

/** How content the residents of a team were in a year; whoever asks them knows. */
export const satisfactionOf = question<{ teamId: string; year: number }, Controlled | null>(
  'contract.satisfaction-of',
  null,
)
