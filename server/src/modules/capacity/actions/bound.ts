import type { BoundBy, OpenPlace } from '@tongmai/api/capacity/place'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { basisFor } from '../../resident/index.ts'
import { isBinding } from '../policy.ts'
import * as store from '../store/reservation.ts'

type Place = OpenPlace & { readonly endsAt: Date | null }

/** Whether a reservation keeps the resident from a place: it is of the same slot, or both bind at the same time. */
function keepsFrom(r: store.Binding, place: Place): boolean {
  if (r.slotId === place.placeId) return true
  const { kind, at, endsAt } = place
  if (!r.binds || !r.endsAt || !at || !endsAt || !isBinding({ kind, startsAt: at, endsAt })) return false
  return r.startsAt < endsAt && r.endsAt > at
}

/** When and where it is for who is a party of it; for others only that it is. */
async function named(ctx: Ctx, id: string): Promise<BoundBy> {
  const found = await store.findNamed(ctx, id)
  if (!found) return { at: null, name: '', place: '' }
  return { at: found.at, name: found.name, place: `${found.institution ?? ''}${found.department ?? ''}` }
}

/** Says of each place what binds the resident then. Who may not open the resident is told nothing of it. */
export async function withBound<P extends Place>(
  ctx: Ctx,
  residentId: string,
  places: readonly P[],
): Promise<P[]> {
  const times = places.flatMap(({ at, endsAt }) => (at && endsAt ? [at.getTime(), endsAt.getTime()] : []))
  const lawful = times.length > 0 && (await basisFor(ctx, residentId))
  if (!lawful) return [...places]
  const [from, to] = [new Date(Math.min(...times)), new Date(Math.max(...times))]
  const binding = await asSystem(ctx, (all) => store.listBinding(all, { residentId, from, to }))
  const by = new Map<string, BoundBy>()
  for (const { id } of binding) by.set(id, await named(ctx, id))
  if (binding.length > 0) ctx.opened({ residentId, basis: lawful.basis, thing: 'card' })
  return places.map((place) => {
    const found = binding.find((one) => keepsFrom(one, place))
    return { ...place, bound: (found && by.get(found.id)) ?? null }
  })
}
