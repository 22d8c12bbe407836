import { placeKind, waitUrgency } from '@tongmai/api/capacity/flow'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const place = {
  placeId: z.string(),
  institutionId: z.string(),
  departmentId: z.string(),
  kind: placeKind,
}

/** What changed about a place: a reservation made its way, a ward said something, slots were laid. */
export const placeChanged = z.object({
  ...place,
  what: z.enum([
    'laid',
    'held',
    'confirm',
    'use',
    'release',
    'expire',
    'missed',
    'leave',
    'bed',
    'confirmed',
  ]),
  reservationId: z.nullable(z.string()),
  /** The need it was reserved for: `referral:<id>`, `booking:<resident>`. */
  for: z.nullable(z.string()),
  reason: z.nullable(z.string()),
})

/** Somebody who waited has got a place: to be confirmed until `until`. */
export const filledFromWaiting = z.object({
  ...place,
  waitingId: z.string(),
  reservationId: z.string(),
  for: z.string(),
  at: z.string(),
  until: z.string(),
  byInstitutionId: z.nullable(z.string()),
  /** Who put them in line. */
  byId: z._default(z.nullable(z.string()), null),
})

export const waited = z.object({
  ...place,
  placeId: z.null(),
  waitingId: z.string(),
  for: z.string(),
  urgency: waitUrgency,
  what: z.enum(['joined', 'again', 'left']),
})

export const capacityEvents = {
  'capacity.place-changed': placeChanged,
  'capacity.filled-from-waiting': filledFromWaiting,
  'capacity.waiting-changed': waited,
} as const

export const tell = teller(capacityEvents)
