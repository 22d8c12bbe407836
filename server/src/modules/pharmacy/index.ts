/**
 * Pharmacy 药事, its formulary: one catalogue of medicines for the alliance and what each member holds of it.
 *
 * Words: formulary 用药目录, stock state (held, on order, not held), alignment 衔接率, gap, alternative.
 * Invariants: a member confirms its own stock only, and each state says when · what nobody confirmed is unknown and never
 * counts as held · an alternative is of the same category and held.
 */
import { type Availability, pharmacyApi } from '@tongmai/api/pharmacy'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { actions } from './actions.ts'
import { availabilityOf } from './align.ts'
import { demo } from './demo.ts'
import { pharmacyEvents } from './events.ts'
import { listAll } from './store.ts'

export { pharmacyEvents } from './events.ts'

/** For each medicine named, whether the institution has it, and what it has instead. */
export async function availability(
  ctx: Ctx,
  institutionId: string,
  names: readonly string[],
): Promise<Availability[]> {
  const formulary = await listAll(ctx, institutionId)
  return names.map((name) => availabilityOf(formulary, name))
}

export const pharmacy: Module = {
  name: 'pharmacy',
  ...serve(pharmacyApi, actions),
  events: pharmacyEvents,
  demo,
}
