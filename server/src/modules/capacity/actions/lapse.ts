import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tell } from '../events.ts'
import { laterOf } from '../later-of.ts'
import * as store from '../store/reservation.ts'
import * as waiting from '../store/waiting.ts'
import { loseOffer } from './offering.ts'

/** Ends a hold that has run out and whose place another has taken over; who had waited for it waits again. */
export async function lapse(ctx: Ctx, id: string): Promise<void> {
  await asSystem(ctx, async (all) => {
    const row = await store.lock(all, id)
    if (row.status !== 'held') return
    const next = await store.move(all, row, {
      status: 'expired',
      endedAt: all.now,
      endsAt: endOf(row, all.now),
    })
    await waitAgain(all, next)
    await announce(all, next, 'expire')
  })
}

/** What was offered and not taken: in line again, behind others of the same urgency. Answers who. */
export async function waitAgain(all: Ctx, row: store.ReservationRow): Promise<string[]> {
  const entry = await waiting.lockByReservation(all, row.id)
  if (entry?.status !== 'filled') return []
  const over = entry.wantedUntil !== null && entry.wantedUntil <= all.now
  const next = over ? { status: 'left' as const, endedAt: all.now } : { status: 'waiting' as const }
  const lost = { reservationId: null, offered: entry.offered + 1, lostAt: all.now }
  await waiting.move(all, entry, { ...next, ...lost })
  await loseOffer(all, entry)
  await announceWaiting(all, entry, over ? 'left' : 'again')
  return [entry.id]
}

/** When a bed's reservation is over, its period must say so; a slot's stays as it was. */
export const endOf = (row: store.ReservationRow, now: Date): Date | null =>
  row.bedId ? laterOf(now, row.startsAt) : row.endsAt

type What = 'held' | 'confirm' | 'use' | 'release' | 'expire' | 'missed' | 'leave'

/** Announces what became of a reservation, to where the place is and to who made it. */
export const announce = (ctx: Ctx, row: store.ReservationRow, what: What): Promise<void> =>
  tell(ctx, 'capacity.place-changed', {
    thing: `place:${row.slotId ?? row.wardId}`,
    residentId: row.residentId,
    audience: [...new Set([row.institutionId, row.byInstitutionId ?? row.institutionId])],
    data: {
      placeId: row.slotId ?? row.wardId ?? '',
      institutionId: row.institutionId,
      departmentId: row.departmentId,
      kind: row.kind,
      what,
      reservationId: row.id,
      for: row.thing,
      reason: row.endReason,
    },
  })

export const announceWaiting = (
  ctx: Ctx,
  row: waiting.WaitingRow,
  what: 'joined' | 'again' | 'left',
): Promise<void> =>
  tell(ctx, 'capacity.waiting-changed', {
    thing: `waiting:${row.id}`,
    residentId: row.residentId,
    audience: [...new Set([row.institutionId, row.byInstitutionId ?? row.institutionId])],
    data: {
      placeId: null,
      institutionId: row.institutionId,
      departmentId: row.departmentId,
      kind: row.kind,
      waitingId: row.id,
      for: row.thing,
      urgency: row.urgency,
      what,
    },
  })
