/** What somebody who applies for a contract has chosen so far. */
export interface Chosen {
  readonly communityId: string
  /** Team and doctor, with a blank between. */
  readonly doctor: string
  readonly secondaryId: string
  readonly tertiaryId: string
  readonly packageIds: readonly string[]
  readonly who: readonly string[]
  readonly changesTeam: boolean
  /** The same team for another term. */
  readonly renews: boolean
  /** Which question is open, from 0. */
  readonly step: number
}

export const nothingChosen: Chosen = {
  ...{ communityId: '', doctor: '', secondaryId: '', tertiaryId: '', packageIds: [], who: [] },
  ...{ changesTeam: false, renews: false, step: 0 },
}

/** A renewal begins at the hospitals: the team stays. */
export const RENEWAL_STEP = 2
