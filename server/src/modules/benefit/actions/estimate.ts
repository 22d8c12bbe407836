import type { Entitlement, Estimate, estimateApi } from '@tongmai/api/benefit/estimate'
import type { Input } from '@tongmai/api/kernel'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { currentContract } from '../../contract/index.ts'
import { requireResident } from '../../resident/index.ts'
import { type Claim, entitle } from '../entitle.ts'
import { ageOn, type Estimated, estimateEach, type Facts, type Need } from '../estimate-many.ts'
import { findFacts, listEntitlementRules } from '../store/facts.ts'

/** Whether the resident has a contract in force, where the caller does not say. */
async function withContract(ctx: Ctx, need: Need): Promise<Need> {
  if (need.contracted !== undefined || need.residentId === null) return need
  return { ...need, contracted: (await currentContract(ctx, need.residentId)) !== null }
}

/** Reads once, then reckons every destination in memory. */
async function estimated(
  ctx: Ctx,
  asked: Need,
  institutionIds: readonly string[],
): Promise<{ need: Need; facts: Facts; each: Estimated[] }> {
  const need = await withContract(ctx, asked)
  const facts = await findFacts(ctx, need, institutionIds)
  return { need, facts, each: estimateEach(facts, need) }
}

/** Estimates of many destinations by institution: one query, then pure reckoning. */
export async function estimateMany(
  ctx: Ctx,
  need: Need,
  institutionIds: readonly string[],
): Promise<Map<string, Estimate>> {
  const { each } = await estimated(ctx, need, institutionIds)
  return new Map(each.map(({ institutionId, estimate }) => [institutionId, estimate]))
}

/** What estimates for this need are made from, wherever it leads: for who asks before the places are known. */
export const costFacts = (ctx: Ctx, need: Need): Promise<Facts> => findFacts(ctx, need, [])

/** For every waiver and priority whether this claim is granted it, with the reason and the rule. */
export const entitlements = async (ctx: Ctx, claim: Claim): Promise<Entitlement[]> =>
  entitle(await listEntitlementRules(ctx), claim)

type Query = Input<typeof estimateApi.compareCost>['query']

async function needOf(ctx: Ctx, query: Query): Promise<Need> {
  const { residentId, area, scheme, category, institutionIds: _, on, ...rest } = query
  if (residentId) await requireResident(ctx, residentId)
  else if (!area || !scheme || !category)
    refuse('unprocessable', 'benefit.whose-cost', { fields: [{ path: 'residentId', problem: 'missing' }] })
  const given = area && scheme && category ? { area, scheme, category } : undefined
  return { ...rest, on: on ?? dayOf(ctx.now), residentId: residentId ?? null, insured: given }
}

export const estimateActions: Actions<typeof estimateApi> = {
  async compareCost(ctx, { query }) {
    const asked = await needOf(ctx, query)
    const { need, facts, each } = await estimated(ctx, asked, query.institutionIds.split(','))
    const age = need.age ?? ageOn(facts.birthDate, need.on)
    const { critical = false, contracted = false, referred, on } = need
    const claim = { age, critical, contracted, referred, kind: null, on }
    return {
      on,
      area: facts.insured?.area ?? null,
      scheme: facts.insured?.scheme ?? null,
      category: facts.insured?.category ?? null,
      age,
      contracted: need.contracted ?? null,
      destinations: each.map(({ institutionId, name, level, rule, estimate }) => ({
        ...{ institutionId, name, level, estimate },
        ...{ source: rule?.source ?? null, note: rule?.note ?? null, standing: rule?.standing ?? null },
      })),
      entitlements: entitle(facts.entitlementRules, claim),
    }
  },
}
