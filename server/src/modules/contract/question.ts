import { question } from '../../kernel/question.ts'

/** Of how many something holds. */
export interface Share {
  readonly have: number
  readonly should: number
}

/** One being in a chronic programme, and whether the disease was under control at the last follow-up of a period. */
export interface Controlled {
  readonly residentId: string
  readonly programme: string
  readonly controlled: boolean
}

interface Period {
  readonly from: string
  readonly to: string
}

/** How well the chronic diseases of these residents were controlled in a period; careplan knows. */
export const controlOf = question<Period & { residentIds: readonly string[] }, Controlled[] | null>(
  'contract.control-of',
  null,
)

/** How content the residents of a team were in a period; whoever asks them knows. */
export const satisfactionOf = question<Period & { teamId: string }, Share | null>(
  'contract.satisfaction-of',
  null,
)

/** One who arrived somewhere by a referral of their community. */
export interface Referred {
  readonly residentId: string
  readonly on: string
  readonly institutionId: string
}

/** Who arrived by a referral of a community in a period; referral knows. */
export const referredFrom = question<Period & { communityId: string }, Referred[] | null>(
  'contract.referred-from',
  null,
)

/** How a resident stands in the chronic programmes: the highest risk, and what was measured badly and not answered. */
export interface Standing {
  readonly residentId: string
  readonly risk: Risk | null
  readonly badly: { readonly what: string; readonly at: Date; readonly critical: boolean } | null
}
export type Risk = 'low' | 'medium' | 'high' | 'veryHigh'

/** How these residents stand; careplan knows. */
export const standingOf = question<{ residentIds: readonly string[] }, Standing[]>('contract.standing-of', [])
