import type { Urgency } from '@tongmai/api/referral/flow'
import type { Exclusion, PlaceWanted, RoutingPart, Weights } from '@tongmai/api/referral/routing'

/** What the ranking looks at: one department of one institution, for one need. */
export interface Candidate {
  readonly departmentId: string
  readonly institutionId: string
  readonly open: boolean
  readonly primary: boolean
  /** Physicians of the department with a licence that holds today. */
  readonly doctors: number
  /** Signed off for the wanted technique; true where none is wanted. */
  readonly signedOff: boolean
  /** An agreement in force switches referrals on between the two. */
  readonly agreed: boolean
  /** By the open roads; null where no way leads there. */
  readonly minutes: number | null
  readonly nextAt: number | null
  readonly free: number
  readonly confirmedAt: number | null
  readonly ownFen: number | null
  /** Named in the resident's contract. */
  readonly contracted: boolean
  readonly openReferrals: number
}

/** What is wanted, by whom. */
export interface Wanted {
  readonly fromInstitutionId: string
  readonly urgency: Urgency
  readonly down: boolean
  readonly place: PlaceWanted
  readonly now: number
}

export interface Ranked<C extends Candidate> {
  readonly candidate: C
  /** 0 to 100. */
  readonly score: number
  readonly parts: RoutingPart[]
}

/** The weights where nobody has set any: an assumption of this platform, to be changed by each office. */
export const defaultWeights: Weights = {
  travel: 25,
  wait: 30,
  cost: 15,
  contract: 15,
  load: 10,
  freshness: 5,
}

const HOUR_MS = 3_600_000
/** Beyond these nothing is gained by being nearer, sooner, or fresher. */
const FAR_MINUTES: Readonly<Record<Urgency, number>> = { routine: 180, urgent: 120, emergency: 60 }
const LATE_HOURS: Readonly<Record<Urgency, number>> = { routine: 14 * 24, urgent: 72, emergency: 6 }
const STALE_HOURS = 24
/** So many open referrals for each doctor count as full. */
const FULL_PER_DOCTOR = 10

/** Which hard rules a destination breaks; whoever breaks one is never offered. */
export function excludedBy(one: Candidate, wanted: Wanted): Exclusion[] {
  const why: Exclusion[] = []
  if (one.institutionId === wanted.fromInstitutionId) why.push('own-institution')
  if (!one.open) why.push('closed')
  if (!one.signedOff) why.push('not-signed-off')
  if (one.doctors === 0) why.push('no-licensed-doctor')
  // An emergency goes without an agreement; it does not go where no road leads.
  if (!one.agreed && wanted.urgency !== 'emergency') why.push('no-agreement')
  if (one.minutes === null) why.push('no-way')
  if (wanted.down && !one.primary) why.push('not-primary')
  return why
}

const share = (used: number, whole: number): number => Math.max(0, 1 - Math.min(1, used / whole))

function waitValue(one: Candidate, { urgency, place, now }: Wanted): number {
  if (place === 'bed') return one.free > 0 ? 1 : 0
  return one.nextAt === null ? 0 : share((one.nextAt - now) / HOUR_MS, LATE_HOURS[urgency])
}

function partsOf(one: Candidate, wanted: Wanted, { weights, dearest }: Scale): RoutingPart[] {
  const far = FAR_MINUTES[wanted.urgency]
  const age = one.confirmedAt === null ? null : (wanted.now - one.confirmedAt) / HOUR_MS
  const cost = one.ownFen === null ? null : dearest > 0 ? share(one.ownFen, dearest) : 1
  const fresh = wanted.place === 'bed' ? (age === null ? null : share(age, STALE_HOURS)) : 1
  return [
    { code: 'travel', weight: weights.travel, value: share(one.minutes ?? far, far) },
    { code: 'wait', weight: weights.wait, value: waitValue(one, wanted) },
    { code: 'cost', weight: weights.cost, value: cost },
    { code: 'contract', weight: weights.contract, value: one.contracted ? 1 : 0 },
    {
      code: 'load',
      weight: weights.load,
      value: share(one.openReferrals, FULL_PER_DOCTOR * Math.max(1, one.doctors)),
    },
    { code: 'freshness', weight: weights.freshness, value: fresh },
  ]
}

interface Scale {
  readonly weights: Weights
  readonly dearest: number
}

/** The weighted mean of the parts, 0 to 100; what is unknown counts as a half. */
export function scoreOf(parts: readonly RoutingPart[]): number {
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0)
  if (whole === 0) return 50
  return (100 * parts.reduce((sum, { weight, value }) => sum + weight * (value ?? 0.5), 0)) / whole
}

/**
 * Ranks destinations: hard rules leave out, preferences order. The same input gives the same order: equal scores are
 * ordered by travel, then by id.
 */
export function rankDestinations<C extends Candidate>(
  candidates: readonly C[],
  wanted: Wanted,
  weights: Weights,
): { offered: Ranked<C>[]; excluded: { candidate: C; why: Exclusion[] }[] } {
  const excluded: { candidate: C; why: Exclusion[] }[] = []
  const allowed: C[] = []
  let dearest = 0
  for (const candidate of candidates) {
    const why = excludedBy(candidate, wanted)
    if (why.length > 0) excluded.push({ candidate, why })
    else {
      allowed.push(candidate)
      dearest = Math.max(dearest, candidate.ownFen ?? 0)
    }
  }
  const offered = allowed.map((candidate): Ranked<C> => {
    const parts = partsOf(candidate, wanted, { weights, dearest })
    return { candidate, parts, score: scoreOf(parts) }
  })
  const far = Number.POSITIVE_INFINITY
  offered.sort(
    (a, b) =>
      b.score - a.score ||
      (a.candidate.minutes ?? far) - (b.candidate.minutes ?? far) ||
      (a.candidate.departmentId < b.candidate.departmentId ? -1 : 1),
  )
  return { offered, excluded }
}
