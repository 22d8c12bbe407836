import type { Estimate } from '@tongmai/api/benefit/estimate'
import type { Destination, Ranking, RoutingNeed } from '@tongmai/api/referral/routing'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { costFacts, type EstimateFor, estimator } from '../../benefit/index.ts'
import { travelMinutes } from '../../network/index.ts'
import { findTechnique } from '../../technique/index.ts'
import type { DepartmentFact, DestinationModel } from '../destination-model.ts'
import {
  type Candidate,
  defaultWeights,
  type Excluded,
  partsOf,
  type Ranked,
  rankDestinations,
  type Scale,
  type Standing,
  type Wanted,
} from '../rank-destination.ts'
import { findAround } from '../store/routing.ts'
import { destinationsNow, partnersOf } from './destinations-now.ts'

const OFFERED_MAX = 10
const EXCLUDED_MAX = 20

interface Stands extends Standing {
  readonly at: number
  readonly fact: DepartmentFact
}
interface Found extends Candidate {
  readonly fact: DepartmentFact
  readonly cost: Estimate
}

/** All destinations for a need, and by what they were measured. */
export interface Whole {
  readonly offered: Ranked<Found>[]
  readonly excluded: Excluded<Stands>[]
  readonly scale: Scale
  readonly weightId: string | null
}

/** What is known of each department that might do, beside what the model holds. */
interface Around {
  readonly need: RoutingNeed
  readonly day: string
  readonly now: number
  readonly partners: ReadonlySet<string>
  readonly minutes: ReadonlyMap<string, number>
  readonly contracted: ReadonlySet<string>
  readonly costAt: EstimateFor
}

function* standings(
  model: DestinationModel,
  among: readonly number[],
  around: Omit<Around, 'contracted' | 'costAt'>,
): Generator<Stands> {
  const { need, day, partners, minutes } = around
  for (const at of among) {
    const fact = model.departments[at]
    if (!fact) continue
    yield {
      at,
      fact,
      departmentId: fact.id,
      institutionId: fact.institutionId,
      open: fact.open,
      primary: fact.tier === 'primary',
      doctors: model.doctorsOf(at, day),
      signedOff: model.isSignedOff(at, need.techniqueId, day),
      agreed: partners.has(fact.institutionId),
      minutes: minutes.get(fact.institutionId) ?? null,
    }
  }
}

function complete(model: DestinationModel, { at, ...stands }: Stands, around: Around): Found {
  const contracted = around.contracted.has(stands.institutionId)
  const free = model.freeOf(at, { kind: around.need.place, now: around.now, contracted })
  const { estimate } = around.costAt(stands.fact)
  return {
    ...stands,
    nextAt: free.nextAt,
    free: free.free,
    confirmedAt: free.confirmedAt,
    cost: estimate,
    ownFen: estimate.ownFen,
    contracted,
    openReferrals: model.openReferralsOf(at),
  }
}

const costNeed = ({ residentId, diagnosis, place, direction }: RoutingNeed, on: string) => {
  const kind = place === 'bed' ? ('inpatient' as const) : ('outpatient' as const)
  return { residentId, kind, on, diagnosis, referred: true, direction }
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
  const institutionIds = new Set(among.map((at) => model.departments[at]?.institutionId ?? ''))
  const partners = await partnersOf(ctx, fromInstitutionId)
  const minutes = await travelMinutes(ctx, fromInstitutionId, [...institutionIds])
  const [{ weights, named }, facts] = await told
  const now = ctx.now.getTime()
  const around: Around = {
    ...{ need, now, partners, minutes, day: asked.on },
    contracted: new Set(named?.filter((one) => one !== null)),
    costAt: estimator(facts, { ...asked, contracted: named !== null }),
  }
  const { urgency, direction, place } = need
  const wanted: Wanted = { fromInstitutionId, urgency, place, now, down: direction === 'down' }
  const found = rankDestinations(
    standings(model, among, around),
    (stands: Stands) => complete(model, stands, around),
    { wanted, weights: weights ?? defaultWeights },
  )
  return { ...found, weightId: weights?.id ?? null }
}

const placeOf = ({ id, institutionId, institution, tier, name }: DepartmentFact) => ({
  ...{ institutionId, institution, tier },
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

/** The nearest of those left out are those people ask about. */
export function rankingOf({ offered, excluded, scale, weightId }: Whole): Ranking {
  const asked = excluded
    .filter(({ standing }) => standing.institutionId !== scale.wanted.fromInstitutionId)
    .sort((a, b) => a.why.length - b.why.length || (a.standing.minutes ?? FAR) - (b.standing.minutes ?? FAR))
  return {
    offered: offered.slice(0, OFFERED_MAX).map((one) => shown(one, scale)),
    excluded: asked
      .slice(0, EXCLUDED_MAX)
      .map(({ standing, why }) => ({ ...placeOf(standing.fact), why: [...why] })),
    offeredOf: offered.length,
    excludedOf: asked.length,
    weightId,
  }
}
