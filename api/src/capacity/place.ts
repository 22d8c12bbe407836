import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'
import { placeKind, placeSource, releaseReason, reservationStatus } from './flow.ts'

/** A slot, or a ward, that has something free for who asks. */
/** What binds a patient at the time of a place; without `at` where the caller is no party of it. */
export const boundBy = z.object({ at: z.nullable(moment), name: z.string(), place: z.string() })
export type BoundBy = z.output<typeof boundBy>

export const openPlace = z.object({
  placeId: id,
  institutionId: id,
  departmentId: id,
  kind: placeKind,
  /** When it begins; null for a bed, which is free now. */
  at: z.nullable(moment),
  practitionerId: z.nullable(id),
  free: z.number(),
  /** When the figure was last known to be true, and how far it may be relied on (0–1). */
  confirmedAt: moment,
  confidence: z.number(),
  name: z.string(),
  room: z.string(),
  practitioner: z.nullable(z.string()),
  /** The patient asked for is bound then, and would be refused it. */
  bound: z.nullable(boundBy),
})
export type OpenPlace = z.output<typeof openPlace>

export const reservation = z.object({
  id,
  institutionId: id,
  institution: z.string(),
  departmentId: id,
  department: z.string(),
  residentId: id,
  nameMasked: z.string(),
  kind: placeKind,
  source: placeSource,
  thing: z.string(),
  status: reservationStatus,
  placeId: id,
  name: z.string(),
  practitioner: z.nullable(z.string()),
  at: moment,
  heldUntil: z.nullable(moment),
  version: z.number(),
})
export type Reservation = z.output<typeof reservation>

const brief = z.object({ id, status: reservationStatus, heldUntil: z.nullable(moment), at: moment })

export const placeApi = {
  listPlaces: {
    method: 'GET',
    path: '/places',
    summary: 'What is free for a source at a department, by time; for a patient, with what binds them then.',
    may: 'capacity.read',
    query: z.object({
      departmentId: id,
      kind: placeKind,
      source: placeSource,
      residentId: z.optional(id),
      from: z.optional(moment),
      to: z.optional(moment),
    }),
    returns: z.array(openPlace),
  },
  book: {
    method: 'POST',
    path: '/reservations',
    summary: 'Reserves a place for a resident; held only, where `confirm` is false.',
    may: 'capacity.book',
    body: z.object({
      placeId: id,
      residentId: id,
      source: placeSource,
      confirm: z._default(z.boolean(), true),
      /** The earliest time the patient can come: waiting before it is the patient's own. */
      wantedFrom: z._default(z.nullable(moment), null),
    }),
    returns: brief,
  },
  listReservations: {
    method: 'GET',
    path: '/reservations',
    summary: 'Reservations at my institution or made by it, soonest first.',
    may: 'capacity.read',
    query: z.object({
      kind: z.optional(placeKind),
      status: z.optional(reservationStatus),
      residentId: z.optional(id),
      thing: z.optional(text(100)),
      from: z.optional(moment),
      ...paging,
    }),
    returns: page(reservation),
  },
  confirmReservation: {
    method: 'POST',
    path: '/reservations/:id/confirm',
    summary: 'Makes a hold firm; 409 where it has run out.',
    may: 'capacity.book',
    params: byId,
    returns: brief,
  },
  useReservation: {
    method: 'POST',
    path: '/reservations/:id/use',
    summary: 'The patient has come: the seat is used, the bed occupied.',
    may: 'capacity.receive',
    params: byId,
    returns: brief,
  },
  releaseReservation: {
    method: 'POST',
    path: '/reservations/:id/release',
    summary: 'Gives the place back; who waits gets it.',
    may: 'capacity.book',
    params: byId,
    body: z.object({ reason: releaseReason }),
    returns: brief,
  },
  missReservation: {
    method: 'POST',
    path: '/reservations/:id/missed',
    summary: 'The patient did not come; 409 before the time.',
    may: 'capacity.receive',
    params: byId,
    returns: brief,
  },
  leaveBed: {
    method: 'POST',
    path: '/reservations/:id/leave',
    summary: 'The stay in a bed is over; the bed is to be cleaned.',
    may: 'capacity.receive',
    params: byId,
    returns: brief,
  },
} as const satisfies Api
