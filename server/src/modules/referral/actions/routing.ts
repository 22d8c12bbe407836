import type { Estimate } from '@tongmai/api/benefit/estimate'
import type { Destination, Ranking, RoutingNeed, routingApi, Weights } from '@tongmai/api/referral/routing'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow } from '../../../kernel/refusal.ts'
import { estimateMany } from '../../benefit/index.ts'
import { currentContract } from '../../contract/index.ts'
import { travelMinutes } from '../../network/index.ts'
import { requireResident } from '../../resident/index.ts'
import { findTechnique } from '../../technique/index.ts'
import type { DepartmentFact, DestinationModel } from '../destination-model.ts'
import { tellRouting } from '../events.ts'
import { isSender } from '../policy.ts'
import {
  type Candidate,
  defaultWeights,
  type Ranked,
  rankDestinations,
  type Wanted,
} from '../rank-destination.ts'
import * as referrals from '../store/referral.ts'
import * as store from '../store/routing.ts'
import { thingOf } from './announce.ts'
import { destinationsNow, partnersOf } from './destinations-now.ts'

const OFFERED_MAX = 10
/** Costs are reckoned for so many of the best, and these are ranked once more. */
const SHORTLIST = 30
const EXCLUDED_MAX = 20

interface Found extends Candidate {
  readonly fact: DepartmentFact
  readonly cost?: Estimate
}
type Whole = ReturnType<typeof rankDestinations<Found>> & { weightId: string | null }

/** What is known of each department that might do, beside what the model holds. */
interface Around {
  readonly need: RoutingNeed
  readonly wanted: Wanted
  readonly day: string
  readonly partners: ReadonlySet<string>
  readonly minutes: ReadonlyMap<string, number>
  readonly contracted: ReadonlySet<string>
}

function candidateAt(model: DestinationModel, at: number, around: Around): Found | undefined {
  const fact = model.departments[at]
  if (!fact) return undefined
  const { need, wanted, day, contracted } = around
  const inContract = contracted.has(fact.institutionId)
  const free = model.freeOf(at, { kind: need.place, now: wanted.now, contracted: inContract })
  return {
    nextAt: free.nextAt,
    free: free.free,
    confirmedAt: free.confirmedAt,
    fact,
    departmentId: fact.id,
    institutionId: fact.institutionId,
    open: fact.open,
    primary: fact.tier === 'primary',
    doctors: model.doctorsOf(at, day),
    signedOff: model.isSignedOff(at, need.techniqueId, day),
    agreed: around.partners.has(fact.institutionId),
    minutes: around.minutes.get(fact.institutionId) ?? null,
    ownFen: null,
    contracted: inContract,
    openReferrals: model.openReferralsOf(at),
  }
}

/** The weights of the institution as they are now, or the platform's. */
async function weightsOf(ctx: Ctx, institutionId: string): Promise<{ id: string | null; weights: Weights }> {
  const [row] = await store.listWeights(ctx, institutionId)
  return row ? { id: row.id, weights: row } : { id: null, weights: defaultWeights }
}

/** Ranks every department that might do for a need of this institution's patient. */
async function rank(ctx: Ctx, fromInstitutionId: string, need: RoutingNeed): Promise<Whole> {
  const model = await destinationsNow(ctx)
  const among = model.among(need.specialty, need.techniqueId)
  const institutionIds = [...new Set(among.map((at) => model.departments[at]?.institutionId ?? ''))]
  const partners = await partnersOf(ctx, fromInstitutionId)
  // One after the other over one connection, without waiting for each answer before the next is asked.
  const [contract, minutes, { id, weights }] = await Promise.all([
    currentContract(ctx, need.residentId),
    travelMinutes(ctx, fromInstitutionId, institutionIds),
    weightsOf(ctx, fromInstitutionId),
  ])
  const named = [contract?.communityId, contract?.secondaryId, contract?.tertiaryId]
  const around: Around = {
    need,
    day: dayOf(ctx.now),
    wanted: {
      fromInstitutionId,
      urgency: need.urgency,
      down: need.direction === 'down',
      place: need.place,
      now: ctx.now.getTime(),
    },
    partners,
    minutes,
    contracted: new Set(named.filter((one) => typeof one === 'string')),
  }
  const candidates: Found[] = []
  for (const at of among) {
    const candidate = candidateAt(model, at, around)
    if (candidate) candidates.push(candidate)
  }
  const first = rankDestinations(candidates, around.wanted, weights)
  const best = first.offered.slice(0, SHORTLIST).map(({ candidate }) => candidate)
  const priced = await withCost(ctx, { ...need, contracted: contract !== null }, best)
  const again = rankDestinations(priced, around.wanted, weights)
  const offered = [...again.offered, ...first.offered.slice(SHORTLIST)]
  return { offered, excluded: first.excluded, weightId: id }
}

/** What each would cost the resident themselves; what no rule says stays unknown. */
async function withCost(
  ctx: Ctx,
  need: RoutingNeed & { readonly contracted: boolean },
  best: readonly Found[],
): Promise<Found[]> {
  if (best.length === 0) return []
  const { residentId, diagnosis, place, direction, contracted } = need
  const kind = place === 'bed' ? ('inpatient' as const) : ('outpatient' as const)
  const asked = { residentId, kind, on: dayOf(ctx.now), diagnosis, referred: true, direction, contracted }
  const estimates = await estimateMany(ctx, asked, [...new Set(best.map((one) => one.institutionId))])
  return best.map((one) => {
    const cost = estimates.get(one.institutionId)
    return cost ? { ...one, cost, ownFen: cost.ownFen } : one
  })
}

const placeOf = ({ id, institutionId, institution, tier, name }: DepartmentFact) => ({
  ...{ institutionId, institution, tier },
  departmentId: id,
  department: name,
})
const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

const shown = ({ candidate, score, parts }: Ranked<Found>): Destination => ({
  ...placeOf(candidate.fact),
  score: Math.round(score),
  minutes: candidate.minutes === null ? null : Math.round(candidate.minutes),
  nextAt: dateOf(candidate.nextAt),
  free: candidate.free,
  confirmedAt: dateOf(candidate.confirmedAt),
  ownFen: candidate.ownFen,
  totalFen: candidate.cost?.totalFen ?? null,
  costUnknown: candidate.cost?.unknown ?? [],
  contracted: candidate.contracted,
  doctors: candidate.doctors,
  openReferrals: candidate.openReferrals,
  parts,
})

/** The nearest of those left out are those people ask about. */
function rankingOf({ offered, excluded, weightId }: Whole): Ranking {
  const far = Number.POSITIVE_INFINITY
  const asked = excluded
    .filter(({ why }) => !why.includes('own-institution'))
    .sort(
      (a, b) => a.why.length - b.why.length || (a.candidate.minutes ?? far) - (b.candidate.minutes ?? far),
    )
  return {
    offered: offered.slice(0, OFFERED_MAX).map(shown),
    excluded: asked.slice(0, EXCLUDED_MAX).map(({ candidate, why }) => ({ ...placeOf(candidate.fact), why })),
    offeredOf: offered.length,
    excludedOf: asked.length,
    weightId,
  }
}

const unset = { id: null, since: null, note: '', ...defaultWeights }

export const routing: Actions<typeof routingApi> = {
  async rankDestinations(ctx, { query }) {
    await Promise.all([
      requireResident(ctx, query.residentId),
      query.techniqueId ? findTechnique(ctx, query.techniqueId) : null,
    ])
    return rankingOf(await rank(ctx, ownInstitution(ctx.actor), query))
  },

  async recordRouting(ctx, { params, body: { reason, ...asked } }) {
    const row = await referrals.lock(ctx, params.id)
    allow(isSender(ctx.actor, row), 'referral.senders-part')
    if (asked.techniqueId) await findTechnique(ctx, asked.techniqueId)
    const { residentId, urgency, direction } = row
    const found = await rank(ctx, row.fromInstitutionId, { ...asked, residentId, urgency, direction })
    const isChosen = ({ candidate: { fact } }: { candidate: Found }) =>
      fact.institutionId === row.toInstitutionId &&
      (row.toDepartmentId === null || fact.id === row.toDepartmentId)
    const at = found.offered.findIndex(isChosen)
    const left = found.excluded.find(isChosen)
    const id = await store.addRouting(ctx, row, {
      need: asked,
      weightId: found.weightId,
      offered: found.offered.slice(0, 5).map(({ candidate: { fact }, score }) => ({
        institution: fact.institution,
        department: fact.name,
        score: Math.round(score),
      })),
      rank: at < 0 ? null : at + 1,
      excluded: at < 0 ? (left?.why ?? []) : [],
      reason,
    })
    await tellRouting(ctx, 'referral.routed', {
      thing: thingOf(row.id),
      residentId,
      audience: [row.fromInstitutionId],
      data: { id, rank: at < 0 ? null : at + 1 },
    })
    const [choice] = await store.listRouting(ctx, row.id)
    if (!choice) throw new Error('kept and not found')
    return choice
  },

  async readRouting(ctx, { params }) {
    const row = await referrals.find(ctx, params.id)
    return store.listRouting(ctx, row.id)
  },

  async readWeights(ctx) {
    const [now, ...before] = await store.listWeights(ctx, ownInstitution(ctx.actor))
    return { now: now ?? unset, before }
  },

  async setWeights(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const row = { ...body, id: ctx.id(), since: ctx.now }
    await store.addWeights(ctx, institutionId, row)
    await tellRouting(ctx, 'referral.weights-set', {
      thing: `institution:${institutionId}`,
      audience: [institutionId],
      data: { weightId: row.id },
    })
    return row
  },
}
