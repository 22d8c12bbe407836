/**
 * Capacity 资源: what can be reserved – seats of clinics and examinations, beds – and who has reserved it.
 * Words: schedule (the week's pattern), session, slot, seat, source (whose share 号源池), release (what a share has not
 * used is everybody's), place (a slot or a ward), hold, waiting list, offer (a place held for who waited).
 * Invariants: a seat or bed has one live reservation, and a patient is bound to one place at a time, by constraint, whoever
 * comes at the same moment · a hold ends by the clock, seen so at once and swept within a minute · a share is drawn on by
 * its source alone until its release · what becomes free goes to who waits, in their turn, in the same transaction · a
 * bed's figure says how old it is.
 */
import { capacityApi } from '@tongmai/api/capacity'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { registerOwner } from '../../kernel/resource/owner.ts'
import { actions } from './actions/actions.ts'
import { sendCalendar } from './actions/calendar.ts'
import { owners } from './actions/show.ts'
import { CALENDAR_PATH, setPublicUrl } from './calendar.ts'
import { demo } from './demo/index.ts'
import { capacityEvents } from './events.ts'
import { jobs } from './jobs.ts'
import { listByIds, listOfThing, type ReservationRow } from './store/reservation.ts'

export { stopWaitingFor, type Wait, waitFor } from './actions/line.ts'
export { type Asked, openPlaces } from './actions/placing.ts'
export {
  confirmHold,
  type Hold,
  hold,
  leaveBed,
  missReservation,
  releaseReservation,
  useReservation,
} from './actions/reserve.ts'
export { capacityEvents } from './events.ts'

/** The reservations made for a thing, newest first, as far as the actor is a party. */
export const reservationsOf = (ctx: Ctx, thing: string): Promise<ReservationRow[]> => listOfThing(ctx, thing)

/** These reservations, as far as the actor is a party. */
export const reservationsByIds = (ctx: Ctx, ids: readonly string[]): Promise<ReservationRow[]> =>
  listByIds(ctx, ids)

for (const owner of owners) registerOwner(owner)

export const capacity: Module = {
  name: 'capacity',
  ...serve(capacityApi, actions),
  events: capacityEvents,
  jobs,
  routes(app, world) {
    setPublicUrl(world.publicUrl)
    app.get<{ Params: { id: string; signature: string } }>(CALENDAR_PATH, async (request, reply) => {
      const calendar = await sendCalendar(world, request.params)
      if (calendar === null) return reply.code(404).send()
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'private, max-age=300')
        .send(calendar)
    })
  },
  demo,
}
