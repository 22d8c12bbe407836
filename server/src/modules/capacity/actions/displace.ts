import type { Ctx } from '../../../kernel/ctx.ts'
import * as store from '../store/reservation.ts'
import { free } from '../store/seat.ts'
import * as waiting from '../store/waiting.ts'
import { announce, announceWaiting } from './lapse.ts'
import { show } from './show.ts'

/**
 * The session is not held: its bookings are given back, and each patient stands in line as urgent, waiting since the
 * need was first spoken of. It is not the patient's delay.
 */
export async function displace(all: Ctx, booked: readonly store.ReservationRow[]): Promise<void> {
  for (const row of booked) {
    const set = { status: 'released' as const, endReason: 'sessionClosed', endedAt: all.now, heldUntil: null }
    const next = await store.move(all, row, set)
    if (row.slotId) await free(all, row.id, { institutionId: row.institutionId, slotId: row.slotId })
    await show(all, next)
    await announce(all, next, 'release')
    const entry = await waiting.add(all, {
      ...{ institutionId: row.institutionId, id: all.id(), departmentId: row.departmentId, kind: row.kind },
      ...{ bedKind: null, residentId: row.residentId, source: row.source, thing: row.thing },
      ...{ urgency: 'urgent', since: row.askedAt, wantedFrom: row.wantedFrom, wantedUntil: null },
      ...{ byInstitutionId: row.byInstitutionId, byId: row.byId, reservationId: null, endedAt: null },
    })
    await announceWaiting(all, entry, 'joined')
  }
}
