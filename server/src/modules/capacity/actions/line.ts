import type { BedKind, PlaceKind, PlaceSource, WaitUrgency } from '@tongmai/api/capacity/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { findDepartment } from '../../network/index.ts'
import { laterOf } from '../later-of.ts'
import * as store from '../store/waiting.ts'
import { fill } from './fill.ts'
import { announceWaiting } from './lapse.ts'
import { closeOffer } from './offering.ts'
import { requireShares } from './source.ts'

/** Who waits for what. */
export interface Wait {
  readonly residentId: string
  readonly departmentId: string
  readonly kind: PlaceKind
  readonly bedKind?: BedKind | null
  readonly source: PlaceSource
  readonly thing: string
  readonly urgency?: WaitUrgency
  readonly askedAt?: Date
  readonly wantedFrom?: Date | null
  readonly wantedUntil?: Date | null
}

/** Puts a resident in line at a department, once per need; where something is free it is theirs to confirm at once. */
export async function waitFor(
  ctx: Ctx,
  want: Wait,
): Promise<{ waitingId: string; reservationId: string | null }> {
  await requireShares(ctx, want)
  const { institutionId } = await findDepartment(ctx, want.departmentId)
  const { askedAt: since = ctx.now, wantedFrom, wantedUntil = null, urgency = 'routine' } = want
  return asSystem(ctx, async (all) => {
    const entry = await store.add(all, {
      ...{ institutionId, id: all.id(), departmentId: want.departmentId, kind: want.kind },
      ...{ residentId: want.residentId, source: want.source, thing: want.thing, urgency, since, wantedUntil },
      bedKind: want.kind === 'bed' ? (want.bedKind ?? null) : null,
      wantedFrom: laterOf(wantedFrom ?? since, since),
      byInstitutionId: ctx.actor.institutionId,
      byId: ctx.actor.id,
      reservationId: null,
      endedAt: null,
    })
    await announceWaiting(ctx, entry, 'joined')
    // In their turn: somebody before them may get what is free.
    await fill(all, { departmentId: want.departmentId, kind: want.kind })
    const now = await store.lock(all, entry.id)
    return { waitingId: entry.id, reservationId: now.reservationId }
  })
}

/** Takes whoever waits for a need off every line. */
export const stopWaitingFor = (ctx: Ctx, thing: string): Promise<void> =>
  asSystem(ctx, async (all) => {
    for (const entry of await store.listOfThing(all, thing)) {
      await store.move(all, entry, { status: 'left', endedAt: all.now })
      await closeOffer(all, entry)
      await announceWaiting(ctx, entry, 'left')
    }
  })
