/**
 * Pharmacy 药事, its formulary: one catalogue of medicines for the alliance and what each member holds of it.
 *
 * Words: formulary 用药目录, shortage 缺药登记, stock state (held, on order, not held), alignment 衔接率, gap, alternative.
 * Invariants: a member confirms its own stock only, and each state says when · what nobody confirmed is unknown and never
 * counts as held · an alternative is of the same category and held · a shortage that is reported is somebody's until a
 * person ends it · a code that is entered is whole.
 */
import { type Availability, pharmacyApi } from '@tongmai/api/pharmacy'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import { actions } from './actions/actions.ts'
import { medicationOwner } from './actions/formulary.ts'
import { availabilityOf } from './align.ts'
import { demo } from './demo/index.ts'
import { pharmacyEvents } from './events.ts'
import { listAll } from './store/medicine.ts'

export { pharmacyEvents, type ShortageMoved } from './events.ts'
export { listMedicines as shortageMedicines } from './store/shortage.ts'

/** For each medicine named, whether the institution has it, and what it has instead. */
export async function availability(
  ctx: Ctx,
  institutionId: string,
  names: readonly string[],
): Promise<Availability[]> {
  const formulary = await listAll(ctx, institutionId)
  return names.map((name) => availabilityOf(formulary, name))
}

registerOwner(medicationOwner)

export const pharmacy: Module = {
  name: 'pharmacy',
  ...serve(pharmacyApi, actions),
  events: pharmacyEvents,
  demo,
}
