import type { MyBooking, myPlaceApi } from '@tongmai/api/capacity/mine'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findInstitution } from '../../network/index.ts'
import { isRunOut, sharesOf } from '../policy.ts'
import * as store from '../store/reservation.ts'
import { ruleOf } from '../store/rule.ts'
import { listOpenDepartments } from '../store/seat.ts'
import { openPlaces } from './placing.ts'
import { confirmHold, hold, releaseReservation } from './reserve.ts'
import { isContracted } from './source.ts'

const HOUR = 3_600_000

/** 404 for anybody the caller is not and does not stand for. */
function requireMine(ctx: Ctx, residentId: string): void {
  if (!ctx.actor.residentIds.includes(residentId)) refuse('missing', 'resident.missing')
}

/** On which share a resident draws who books for themselves. */
async function sourceFor(ctx: Ctx, residentId: string) {
  const contracted = await isContracted(ctx, residentId)
  return { source: contracted ? ('contracted' as const) : ('public' as const), contracted }
}

const horizonOf = async (ctx: Ctx): Promise<Date> =>
  startOf(dayAfter(dayOf(ctx.now), (await ruleOf(ctx, 'layDays')) + 1))

const mayCancel = (row: store.ReservationRow, now: Date, hours: number): boolean =>
  row.status === 'held' ||
  (row.status === 'confirmed' && row.startsAt.getTime() - now.getTime() >= hours * HOUR)

export const mine: Actions<typeof myPlaceApi> = {
  async listMyBookings(ctx, { query }) {
    const { items, total } = await store.listOwn(ctx, query)
    const hours = await ruleOf(ctx, 'cancelHours')
    const phones = new Map<string, string | null>()
    for (const id of new Set(items.map((item) => item.institutionId))) {
      phones.set(id, (await findInstitution(ctx, id)).phone)
    }
    const shown = items.map((row): MyBooking => {
      const status = isRunOut(row, ctx.now) ? 'expired' : row.status
      return {
        ...{
          id: row.id,
          residentId: row.residentId,
          thing: row.thing,
          kind: row.kind,
          status,
          name: row.name,
          doctor: row.doctor,
        },
        institution: row.institution ?? '',
        department: row.department ?? '',
        phone: phones.get(row.institutionId) ?? null,
        room: row.room ?? '',
        at: row.startsAt,
        heldUntil: row.heldUntil,
        mayCancel: status !== 'expired' && mayCancel(row, ctx.now, hours),
      }
    })
    return { items: shown, total }
  },

  async listMyDepartments(ctx, { query }) {
    requireMine(ctx, query.residentId)
    const { source, contracted } = await sourceFor(ctx, query.residentId)
    const shares = sharesOf(source, contracted)
    const rows = await listOpenDepartments(ctx, { to: await horizonOf(ctx), shares })
    return rows.map((row) => ({ ...row, contracted: contracted && row.contracted }))
  },

  async listMyPlaces(ctx, { query }) {
    requireMine(ctx, query.residentId)
    const { residentId, departmentId, kind } = query
    const asked = await sourceFor(ctx, residentId)
    const span = { from: ctx.now, to: await horizonOf(ctx) }
    return openPlaces(ctx, { departmentIds: [departmentId], kind, residentId, ...span, ...asked })
  },

  async bookMine(ctx, { body }) {
    const { residentId, placeId } = body
    requireMine(ctx, residentId)
    const most = await ruleOf(ctx, 'ownBookingsMost')
    if ((await store.countOwn(ctx, residentId)) >= most)
      refuse('conflict', 'capacity.enough-bookings', { details: { most } })
    const { source } = await sourceFor(ctx, residentId)
    const { reservationId } = await hold(ctx, { placeId, residentId, source, thing: `booking:${residentId}` })
    const row = await confirmHold(ctx, reservationId)
    return { id: row.id, at: row.startsAt }
  },

  async confirmMine(ctx, { params }) {
    await store.lock(ctx, params.id)
    return { id: (await confirmHold(ctx, params.id)).id }
  },

  async cancelMine(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    const hours = await ruleOf(ctx, 'cancelHours')
    const late = row.status === 'confirmed' && !mayCancel(row, ctx.now, hours)
    if (late) refuse('conflict', 'capacity.too-late-to-cancel', { details: { hours } })
    return { id: (await releaseReservation(ctx, params.id, 'patientCancelled')).id }
  },
}
