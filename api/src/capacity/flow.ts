import * as z from 'zod/mini'
import type { Flow } from '../kernel.ts'

/** What can be reserved: a seat of a clinic or of an examination, or a bed. */
export const placeKind = z.enum(['clinic', 'examination', 'bed'])
export type PlaceKind = z.output<typeof placeKind>
export const slotKind = z.enum(['clinic', 'examination'])
export type SlotKind = z.output<typeof slotKind>

/** Whose share of the places a reservation draws on; what a share has not used by its release is everybody's. */
export const sources = ['community', 'contracted', 'referral', 'public'] as const
export const placeSource = z.enum(sources)
export type PlaceSource = (typeof sources)[number]

export const bedKind = z.enum([
  'general',
  'icu',
  'isolation',
  'rehabilitation',
  'maternity',
  'paediatric',
  'hospice',
])
export type BedKind = z.output<typeof bedKind>

/** The life of a reservation. `expire` is the clock's alone; `leave` ends a stay in a bed. */
export const reservationFlow = {
  held: { confirm: 'confirmed', use: 'used', release: 'released', expire: 'expired' },
  confirmed: { use: 'used', release: 'released', missed: 'noShow' },
  used: { leave: 'ended' },
  released: {},
  expired: {},
  noShow: {},
  ended: {},
} as const satisfies Flow<string>
export type ReservationStatus = keyof typeof reservationFlow
export const reservationStatus = z.enum(Object.keys(reservationFlow) as [ReservationStatus])
export type ReservationMove = 'confirm' | 'use' | 'release' | 'expire' | 'missed' | 'leave'

/** What a ward says of one of its beds. That a free bed is held follows from its reservation. */
export const bedFlow = {
  free: { occupy: 'occupied', close: 'closed' },
  occupied: { vacate: 'cleaning' },
  cleaning: { ready: 'free', close: 'closed' },
  closed: { open: 'free' },
} as const satisfies Flow<string>
export type BedState = keyof typeof bedFlow
export const bedMove = z.enum(['occupy', 'vacate', 'ready', 'close', 'open'])
export type BedMove = z.output<typeof bedMove>
export const bedShown = z.enum(['free', 'held', 'occupied', 'cleaning', 'closed'])
export type BedShown = z.output<typeof bedShown>

export const waitUrgency = z.enum(['routine', 'urgent', 'emergency'])
export type WaitUrgency = z.output<typeof waitUrgency>

/** Why a reservation was given back. The first three are the patient's own. */
export const releaseReason = z.enum([
  'patientCancelled',
  'patientPostponed',
  'patientElsewhere',
  'sessionClosed',
  'referralEnded',
  'bookedInError',
])
export type ReleaseReason = z.output<typeof releaseReason>
