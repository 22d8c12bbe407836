import * as z from 'zod/mini'
import { type Api, byId, day, type Flow, id, moment, page, paging, step, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { measured, point } from './fulfilment.ts'

export const visitStatuses = ['planned', 'underWay', 'done', 'cancelled'] as const
export const visitStatus = z.enum(visitStatuses)
export type VisitStatus = (typeof visitStatuses)[number]
export const visitMoves = ['start', 'finish', 'cancel'] as const
export type VisitMove = (typeof visitMoves)[number]

/** A home visit: planned, somebody is there, done with place and time; or it did not come about. */
export const visitFlow: Flow<VisitStatus> = {
  planned: { start: 'underWay', cancel: 'cancelled' },
  underWay: { finish: 'done', cancel: 'cancelled' },
  done: {},
  cancelled: {},
}
export const nextVisit = (from: VisitStatus, move: VisitMove): VisitStatus | undefined =>
  step(visitFlow, from, move)

const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const place = z._default(z.nullable(point), null)

export const visitForm = z.object({
  on: day,
  /** Who goes; whoever plans it where nothing is said. */
  practitionerId: z._default(z.nullable(id), null),
  reason: text(500),
  /** Between which times the resident wants them. */
  from: z._default(z.nullable(clock), null),
  until: z._default(z.nullable(clock), null),
  minutes: z._default(z.number().check(z.int(), z.minimum(5), z.maximum(240)), 30),
  /** Where they live; the place of the last visit where nothing is said. */
  place,
  /** The conversation it came from. */
  adviceId: z._default(z.nullable(id), null),
})
export type VisitForm = z.output<typeof visitForm>

export const homeVisit = z.object({
  id,
  contractId: id,
  resident: residentCard,
  practitioner: z.object({ id, name: z.string() }),
  status: visitStatus,
  on: day,
  reason: z.string(),
  from: z.nullable(clock),
  until: z.nullable(clock),
  minutes: z.number(),
  place: z.nullable(point),
  /** In the route of the day: which it is, when one gets there, after how long a way. */
  seq: z.nullable(z.number()),
  arrivesAt: z.nullable(moment),
  travelMinutes: z.nullable(z.number()),
  startedAt: z.nullable(moment),
  startPlace: z.nullable(point),
  finishedAt: z.nullable(moment),
  finishPlace: z.nullable(point),
  note: z.nullable(z.string()),
  serviceId: z.nullable(id),
})
export type HomeVisit = z.output<typeof homeVisit>

export const dayRoute = z.object({
  base: z.nullable(z.object({ name: z.string(), ...point.shape })),
  visits: z.array(homeVisit),
  /** On the road in all, with the way back; null before it is ordered. */
  travelMinutes: z.nullable(z.number()),
  backAt: z.nullable(moment),
})
export type DayRoute = z.output<typeof dayRoute>

export const myVisit = z.object({
  ...{ id, residentId: id, on: day, reason: z.string(), status: visitStatus, by: z.string() },
  ...{ from: z.nullable(clock), until: z.nullable(clock), arrivesAt: z.nullable(moment) },
})
export type MyVisit = z.output<typeof myVisit>

const serving = { may: 'contract.serve' } as const
const ofDay = { on: day, practitionerId: z.optional(id) }

export const visitApi = {
  planVisit: {
    ...{ method: 'POST', path: '/contracts/:id/visits', ...serving },
    summary: 'Plans a home visit to a resident under contract.',
    params: byId,
    body: visitForm,
    returns: homeVisit,
  },
  listVisits: {
    ...{ method: 'GET', path: '/home-visits', ...serving },
    summary: 'The home visits of my community, the next ones first.',
    query: z.object({
      status: z.optional(visitStatus),
      practitionerId: z.optional(id),
      contractId: z.optional(id),
      from: z.optional(day),
      to: z.optional(day),
      ...paging,
    }),
    returns: page(homeVisit),
  },
  readRoute: {
    ...{ method: 'GET', path: '/home-visits/route', ...serving },
    summary: 'The route of a day of one person: the visits in their order, and where it begins.',
    query: z.object(ofDay),
    returns: dayRoute,
  },
  orderVisits: {
    ...{ method: 'POST', path: '/home-visits/route', ...serving },
    summary: 'Orders the visits of a day by travel and time windows.',
    body: z.object({
      on: day,
      practitionerId: z._default(z.nullable(id), null),
      leaveAt: z._default(clock, '08:30'),
    }),
    returns: dayRoute,
  },
  placeVisit: {
    ...{ method: 'POST', path: '/home-visits/:id/place', ...serving },
    summary: 'Says where the resident lives.',
    params: byId,
    body: z.object({ place: point }),
    returns: homeVisit,
  },
  startVisit: {
    ...{ method: 'POST', path: '/home-visits/:id/start', ...serving },
    summary: 'I am there: time, and the place where the device can tell it.',
    params: byId,
    body: z.object({ place }),
    returns: homeVisit,
  },
  finishVisit: {
    ...{ method: 'POST', path: '/home-visits/:id/finish', ...serving },
    summary:
      'Done: what was found and given; with an item of the contract it is that service, delivered with this evidence.',
    params: byId,
    body: z.object({
      place,
      note: text(4000),
      measurements: z._default(z.array(measured).check(z.maxLength(30)), []),
      photos: z._default(z.array(hash).check(z.maxLength(10)), []),
      signature: z._default(z.nullable(hash), null),
      itemCode: z._default(z.nullable(text(32)), null),
    }),
    returns: homeVisit,
  },
  cancelVisit: {
    ...{ method: 'POST', path: '/home-visits/:id/cancel', ...serving },
    summary: 'It does not come about, and why.',
    params: byId,
    body: z.object({ note: text(500) }),
    returns: homeVisit,
  },
  listMyVisits: {
    ...{ method: 'GET', path: '/me/home-visits', may: 'signed-in', for: ['resident'] },
    summary: 'Who comes to my home, and when.',
    query: z.object(paging),
    returns: page(myVisit),
  },
} as const satisfies Api
