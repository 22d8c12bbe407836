import type { Estimate } from '@tongmai/api/benefit/estimate'
import type { Destination, Ranking, RoutingNeed } from '@tongmai/api/referral/routing'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { costFacts, type EstimateFor, estimator } from '../../benefit/index.ts'
import { travelMinutesToAll } from '../../network/index.ts'
import { findTechnique } from '../../technique/index.ts'
import type { DepartmentFact, InstitutionFact } from '../destination-model.ts'
import { type Around, completing, type Found, type Stands, standingsOf } from '../possible-destination.ts'
import {
  defaultWeights,
  type Excluded,
  partsOf,
  type Ranked,
  rankDestinations,
  type Scale,
  type Wanted,
} from '../rank-destination.ts'
import { findAround } from '../store/routing.ts'
import { destinationsNow, partnersOf } from './destinations-now.ts'

const OFFERED_MAX = 10
const EXCLUDED_MAX = 20

/** All destinations for a need, and by what they were measured. */
export interface Whole {
  readonly offered: Ranked<Found>[]
  readonly excluded: Excluded<Stands>[]
  readonly scale: Scale
  readonly weightId: string | null
}

const costNeed = ({ residentId, diagnosis, place, direction }: RoutingNeed, on: string) => {
  const kind = place === 'bed' ? ('inpatient' as const) : ('outpatient' as const)
  return { residentId, kind, on, diagnosis, referred: true, direction }
}

/** What is reckoned once for all places alike is found by the object they share. */
function byPlace(estimateFor: EstimateFor): Around['costAt'] {
  const known = new Map<InstitutionFact['place'], Estimate>()
  return (place) => {
    const cost = known.get(place) ?? estimateFor(place).estimate
    known.set(place, cost)
    return cost
  }
}

/** Ranks every department that might do for a need of this institution's patient; 404 where there is no such technique. */
export async function rank(ctx: Ctx, fromInstitutionId: string, need: RoutingNeed): Promise<Whole> {
  const asked = costNeed(need, dayOf(ctx.now))
  // Both leave in one go, before anything is waited for.
  const told = Promise.all([findAround(ctx, fromInstitutionId, need.residentId), costFacts(ctx, asked)])
  told.catch(() => {})
  const model = await destinationsNow(ctx)
  // What nobody masters is asked for once more: there may be no such technique.
  if (need.techniqueId && !model.isMastered(need.techniqueId)) await findTechnique(ctx, need.techniqueId)
  const among = model.among(need.specialty, need.techniqueId)
  const partners = await partnersOf(ctx, fromInstitutionId)
  const minutes = await travelMinutesToAll(ctx, fromInstitutionId)
  const [{ weights, named }, facts] = await told
  const { urgency, direction, place, techniqueId } = need
  const now = ctx.now.getTime()
  const around: Around = {
    ...{ place, techniqueId, day: asked.on, now, partners, minutes },
    contracted: new Set(named?.filter((one) => one !== null)),
    costAt: byPlace(estimator(facts, { ...asked, contracted: named !== null })),
  }
  const wanted: Wanted = { fromInstitutionId, urgency, place, now, down: direction === 'down' }
  const how = { wanted, weights: weights ?? defaultWeights }
  const found = rankDestinations(standingsOf(model, among, around), completing(model, around), how)
  return { ...found, weightId: weights?.id ?? null }
}

const placeOf = ({ id, institution, name }: DepartmentFact) => ({
  ...{ institutionId: institution.id, institution: institution.name, tier: institution.place.tier },
  departmentId: id,
  department: name,
})
const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

const shown = ({ candidate, score }: Ranked<Found>, scale: Scale): Destination => ({
  ...placeOf(candidate.fact),
  score: Math.round(score),
  minutes: candidate.minutes === null ? null : Math.round(candidate.minutes),
  nextAt: dateOf(candidate.nextAt),
  free: candidate.free,
  confirmedAt: dateOf(candidate.confirmedAt),
  ownFen: candidate.ownFen,
  totalFen: candidate.cost.totalFen,
  costUnknown: [...candidate.cost.unknown],
  contracted: candidate.contracted,
  doctors: candidate.doctors,
  openReferrals: candidate.openReferrals,
  parts: partsOf(candidate, scale),
})

const FAR = Number.POSITIVE_INFINITY
const byReach = (a: Excluded<Stands>, b: Excluded<Stands>): number =>
  a.why.length - b.why.length || (a.standing.minutes ?? FAR) - (b.standing.minutes ?? FAR)

/** The first so many in order, without ordering the rest. */
function firstOf<T>(all: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
  const first: T[] = []
  for (const one of all) {
    const last = first[count - 1]
    if (last !== undefined && compare(one, last) >= 0) continue
    let at = first.length
    while (at > 0 && compare(one, first[at - 1] as T) < 0) at -= 1
    first.splice(at, 0, one)
    if (first.length > count) first.pop()
  }
  return first
}

/** The nearest of those left out are those people ask about. */
export function rankingOf({ offered, excluded, scale, weightId }: Whole): Ranking {
  const own = scale.wanted.fromInstitutionId
  const asked = excluded.filter(({ standing }) => standing.institutionId !== own)
  return {
    offered: offered.slice(0, OFFERED_MAX).map((one) => shown(one, scale)),
    excluded: firstOf(asked, EXCLUDED_MAX, byReach).map(({ standing, why }) => ({
      ...placeOf(standing.fact),
      why: [...why],
    })),
    offeredOf: offered.length,
    excludedOf: asked.length,
    weightId,
  }
}
