/**
 * Benefit 待遇: what care costs at each tier and who pays, shown before it is chosen.
 *
 * Words: pooling area 统筹区, scheme 险种, deductible 起付线, ratio 报销比例, episode (stays that share one deductible),
 * tariff, entitlement (waiver or priority).
 * Invariants: rules and prices are chosen by the date of the fact and name their source · what no source gives is null
 * and the estimate says so · own and insurance add up to the total, neither is negative · all amounts are integer fen.
 */
import { benefitApi } from '@tongmai/api/benefit'
import type { Estimate } from '@tongmai/api/benefit/estimate'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import { actions } from './actions/actions.ts'
import { estimateMany } from './actions/estimate.ts'
import { coverageOwner } from './actions/insured.ts'
import { demo } from './demo/index.ts'
import type { Need } from './estimate-many.ts'
import { benefitEvents } from './events.ts'

export { costFacts, entitlements, estimateMany } from './actions/estimate.ts'
export type { Claim } from './entitle.ts'
export type { Need } from './estimate-many.ts'
export { ageOn, type EstimateFor, estimator } from './estimate-many.ts'
export { benefitEvents } from './events.ts'

/** What one destination would cost the resident; what nobody knows is null and named in `unknown`. */
export async function estimate(
  ctx: Ctx,
  { institutionId, ...need }: Need & { readonly institutionId: string },
): Promise<Estimate> {
  const found = (await estimateMany(ctx, need, [institutionId])).get(institutionId)
  if (!found) throw new Error('estimates are for institutions of the directory')
  return found
}

registerOwner(coverageOwner)

export const benefit: Module = {
  name: 'benefit',
  ...serve(benefitApi, actions),
  events: benefitEvents,
  demo,
}
