import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from '../kernel.ts'
import { placeKind, reservationStatus, slotKind } from './flow.ts'
import { openPlace } from './place.ts'

/** A booking as the patient reads it. */
export const myBooking = z.object({
  id,
  residentId: id,
  /** What it was made for: `referral:<id>`, or a booking of one's own. */
  thing: z.string(),
  kind: placeKind,
  status: reservationStatus,
  institution: z.string(),
  department: z.string(),
  phone: z.nullable(z.string()),
  doctor: z.nullable(z.string()),
  name: z.string(),
  room: z.string(),
  at: moment,
  heldUntil: z.nullable(moment),
  /** Whether the patient may still give it back themselves. */
  mayCancel: z.boolean(),
})
export type MyBooking = z.output<typeof myBooking>

const open = { may: 'signed-in', for: ['resident'] } as const

export const myPlaceApi = {
  listMyBookings: {
    method: 'GET',
    path: '/me/bookings',
    summary: 'My bookings and those of the people I stand for, soonest first, past ones last.',
    ...open,
    query: z.object(paging),
    returns: page(myBooking),
  },
  listMyDepartments: {
    method: 'GET',
    path: '/me/bookable',
    summary: 'Departments with something free for me, and when next.',
    ...open,
    query: z.object({ residentId: id }),
    returns: z.array(
      z.object({
        institutionId: id,
        institution: z.string(),
        departmentId: id,
        department: z.string(),
        kind: slotKind,
        free: z.number(),
        nextAt: moment,
        /** Some of it is kept for residents with a family-doctor contract. */
        contracted: z.boolean(),
      }),
    ),
  },
  listMyPlaces: {
    method: 'GET',
    path: '/me/places',
    summary: 'What is free for me at a department in the coming two weeks.',
    ...open,
    query: z.object({ residentId: id, departmentId: id, kind: slotKind }),
    returns: z.array(openPlace),
  },
  bookMine: {
    method: 'POST',
    path: '/me/bookings',
    summary: 'Books a place for me or for somebody I stand for.',
    ...open,
    body: z.object({ residentId: id, placeId: id }),
    returns: z.object({ id, at: moment }),
  },
  confirmMine: {
    method: 'POST',
    path: '/me/bookings/:id/confirm',
    summary: 'Takes the place that was kept for me from the waiting list.',
    ...open,
    params: byId,
    returns: z.object({ id }),
  },
  cancelMine: {
    method: 'POST',
    path: '/me/bookings/:id/cancel',
    summary: 'Gives my place back.',
    ...open,
    params: byId,
    returns: z.object({ id }),
  },
} as const satisfies Api
