import type { Urgency } from '@tongmai/api/referral/flow'
import type { Exclusion, PlaceWanted, RoutingPart, Weights } from '@tongmai/api/referral/routing'

/** What the hard rules look at: one department of one institution, for one need. */
export interface Standing {
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
}

/** What the preferences look at besides. */
export interface Candidate extends Standing {
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
}

export interface Excluded<S extends Standing> {
  readonly standing: S
  readonly why: readonly Exclusion[]
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

const exclusions: readonly Exclusion[] = [
  'own-institution',
  'closed',
  'not-signed-off',
  'no-licensed-doctor',
  'no-agreement',
  'no-way',
  'not-primary',
]
/** Every way of breaking the hard rules, a bit for each, made once: hundreds are left out in each ranking. */
const broken: readonly (readonly Exclusion[])[] = Array.from({ length: 2 ** exclusions.length }, (_, bits) =>
  exclusions.filter((_name, i) => bits & (1 << i)),
)

/** Which hard rules a destination breaks; whoever breaks one is never offered. */
export function excludedBy(one: Standing, wanted: Wanted): readonly Exclusion[] {
  const bits =
    Number(one.institutionId === wanted.fromInstitutionId) |
    (Number(!one.open) << 1) |
    (Number(!one.signedOff) << 2) |
    (Number(one.doctors === 0) << 3) |
    // An emergency goes without an agreement; it does not go where no road leads.
    (Number(!one.agreed && wanted.urgency !== 'emergency') << 4) |
    (Number(one.minutes === null) << 5) |
    (Number(wanted.down && !one.primary) << 6)
  return broken[bits] ?? []
}

const share = (used: number, whole: number): number => Math.max(0, 1 - Math.min(1, used / whole))

function waitValue(one: Candidate, { urgency, place, now }: Wanted): number {
  if (place === 'bed') return one.free > 0 ? 1 : 0
  return one.nextAt === null ? 0 : share((one.nextAt - now) / HOUR_MS, LATE_HOURS[urgency])
}

/** By what the parts of a score are measured. */
export interface Scale {
  readonly wanted: Wanted
  readonly weights: Weights
  /** The most that any destination offered costs. */
  readonly dearest: number
}

const freshValue = ({ confirmedAt }: Candidate, { place, now }: Wanted): number | null => {
  if (place !== 'bed') return 1
  return confirmedAt === null ? null : share((now - confirmedAt) / HOUR_MS, STALE_HOURS)
}

const measures: Readonly<Record<RoutingPart['code'], (one: Candidate, scale: Scale) => number | null>> = {
  travel: ({ minutes }, { wanted }) => {
    const far = FAR_MINUTES[wanted.urgency]
    return share(minutes ?? far, far)
  },
  wait: (one, { wanted }) => waitValue(one, wanted),
  cost: ({ ownFen }, { dearest }) => (ownFen === null ? null : dearest > 0 ? share(ownFen, dearest) : 1),
  contract: ({ contracted }) => (contracted ? 1 : 0),
  load: ({ openReferrals, doctors }) => share(openReferrals, FULL_PER_DOCTOR * Math.max(1, doctors)),
  freshness: (one, { wanted }) => freshValue(one, wanted),
}
const codes = Object.keys(measures) as RoutingPart['code'][]

/** What speaks for and against a destination, for those that are shown. */
export const partsOf = (one: Candidate, scale: Scale): RoutingPart[] =>
  codes.map((code) => ({ code, weight: scale.weights[code], value: measures[code](one, scale) }))

/** The weighted mean of the parts, 0 to 100; what is unknown counts as a half. */
export function scoreOf(one: Candidate, scale: Scale): number {
  let [whole, sum] = [0, 0]
  for (const code of codes) {
    const weight = scale.weights[code]
    if (weight === 0) continue
    whole += weight
    sum += weight * (measures[code](one, scale) ?? 0.5)
  }
  return whole === 0 ? 50 : (100 * sum) / whole
}

const FAR = Number.POSITIVE_INFINITY
const byScore = (a: Ranked<Candidate>, b: Ranked<Candidate>): number =>
  b.score - a.score ||
  (a.candidate.minutes ?? FAR) - (b.candidate.minutes ?? FAR) ||
  (a.candidate.departmentId < b.candidate.departmentId ? -1 : 1)

/**
 * Ranks destinations: hard rules leave out, preferences order; only what no rule leaves out is completed. The same
 * input gives the same order: equal scores are ordered by travel, then by id.
 */
export function rankDestinations<S extends Standing, C extends Candidate>(
  standings: Iterable<S>,
  complete: (standing: S) => C,
  { wanted, weights }: Omit<Scale, 'dearest'>,
): { offered: Ranked<C>[]; excluded: Excluded<S>[]; scale: Scale } {
  const excluded: Excluded<S>[] = []
  const allowed: C[] = []
  let dearest = 0
  for (const standing of standings) {
    const why = excludedBy(standing, wanted)
    if (why.length > 0) excluded.push({ standing, why })
    else {
      const candidate = complete(standing)
      allowed.push(candidate)
      dearest = Math.max(dearest, candidate.ownFen ?? 0)
    }
  }
  const scale = { wanted, weights, dearest }
  const offered = allowed.map((candidate) => ({ candidate, score: scoreOf(candidate, scale) }))
  return { offered: offered.sort(byScore), excluded, scale }
}
