import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from '../kernel.ts'
import { bedKind, placeKind, placeSource, waitUrgency } from './flow.ts'

export const waiting = z.object({
  id,
  institutionId: id,
  institution: z.string(),
  departmentId: id,
  department: z.string(),
  residentId: id,
  nameMasked: z.string(),
  kind: placeKind,
  bedKind: z.nullable(bedKind),
  source: placeSource,
  urgency: waitUrgency,
  since: moment,
  wantedFrom: moment,
  wantedUntil: z.nullable(moment),
  /** How often a place was offered and not taken. */
  offered: z.number(),
  status: z.enum(['waiting', 'filled', 'left']),
  reservationId: z.nullable(id),
  heldUntil: z.nullable(moment),
  /** An offer ran out unanswered, and nobody has asked the resident since. */
  lostAt: z.nullable(moment),
})
export type Waiting = z.output<typeof waiting>

/** How long patients have waited for a department: counted over what happened, see the guide. */
export const waitingTime = z.object({
  institutionId: id,
  institution: z.string(),
  departmentId: id,
  department: z.string(),
  kind: placeKind,
  /** How many it was counted from. */
  visits: z.number(),
  medianDays: z.number(),
  ninetiethDays: z.number(),
  waitingNow: z.number(),
  countedAt: moment,
})
export type WaitingTime = z.output<typeof waitingTime>

export const waitingApi = {
  listWaiting: {
    method: 'GET',
    path: '/waiting',
    summary:
      'Who waits for a place at my institution, or for whom my institution waits; the first to get one first.',
    may: 'capacity.read',
    query: z.object({
      id: z.optional(id),
      kind: z.optional(placeKind),
      departmentId: z.optional(id),
      ...paging,
    }),
    returns: page(waiting),
  },
  wait: {
    method: 'POST',
    path: '/waiting',
    summary: 'Puts a resident on the waiting list; gets a place at once where one is free.',
    may: 'capacity.book',
    body: z.object({
      departmentId: id,
      kind: placeKind,
      bedKind: z._default(z.nullable(bedKind), null),
      residentId: id,
      source: placeSource,
      urgency: z._default(waitUrgency, 'routine'),
      wantedFrom: z._default(z.nullable(moment), null),
      wantedUntil: z._default(z.nullable(moment), null),
    }),
    returns: z.object({ id, reservationId: z.nullable(id) }),
  },
  stopWaiting: {
    method: 'POST',
    path: '/waiting/:id/stop',
    summary: 'Takes a resident off the waiting list.',
    may: 'capacity.book',
    params: byId,
    returns: z.object({ id }),
  },
  settleOffer: {
    method: 'POST',
    path: '/waiting/:id/settle',
    summary: 'Says whether a resident whose offer ran out still wants a place.',
    may: 'capacity.book',
    params: byId,
    body: z.object({ wanted: z.boolean() }),
    returns: z.object({ id }),
  },
  listWaitingTimes: {
    method: 'GET',
    path: '/waiting-times',
    summary: 'How long patients wait for each department, counted every night from what happened.',
    may: 'anyone',
    query: z.object({ kind: z.optional(placeKind), institutionId: z.optional(id), ...paging }),
    returns: page(waitingTime),
  },
} as const satisfies Api
