import {
  type PlaceKind,
  type PlaceSource,
  type ReservationMove,
  type ReservationStatus,
  reservationFlow,
} from '@tongmai/api/capacity/flow'
import { step } from '@tongmai/api/kernel'
import type { Actor } from '../../kernel/actor.ts'

/**
 * Whose shares a reservation of a source may draw on before they are released. Contracted residents come first
 * where they book themselves and where their community books for them.
 */
export function sharesOf(source: PlaceSource, contracted: boolean): PlaceSource[] {
  const own: PlaceSource[] = source === 'public' ? [] : [source]
  if (contracted && source !== 'contracted') own.push('contracted')
  return [...own, 'public']
}

/** Whether somebody may name this source at all: the contracted share is for who has a contract in force. */
export const mayDrawOn = (source: PlaceSource, contracted: boolean): boolean =>
  source !== 'contracted' || contracted

/** Where the place is. */
export const isHost = (actor: Actor, r: { institutionId: string }): boolean =>
  actor.kind === 'system' || actor.institutionId === r.institutionId

/** Where a move leads a reservation now; undefined where it is not open. A hold that has run out is only to expire. */
export function moveTo(
  r: { status: ReservationStatus; heldUntil: Date | null },
  move: ReservationMove,
  now: Date,
): ReservationStatus | undefined {
  if (isRunOut(r, now) && move !== 'expire') return undefined
  return step(reservationFlow, r.status, move) as ReservationStatus | undefined
}

/** A hold whose time is over, whether or not the sweep has come by. */
export const isRunOut = (r: { status: ReservationStatus; heldUntil: Date | null }, now: Date): boolean =>
  r.status === 'held' && r.heldUntil !== null && r.heldUntil <= now

/** A longer examination is a window in which one is called, and leaves time for something else. */
export const WINDOW_MS = 2 * 3_600_000

/** Whether a patient who has this can be nowhere else meanwhile: every clinic, and an examination with a time of its own. */
export const isBinding = (r: { kind: PlaceKind; startsAt: Date; endsAt?: Date | null }): boolean =>
  !!r.endsAt &&
  (r.kind === 'clinic' ||
    (r.kind === 'examination' && r.endsAt.getTime() - r.startsAt.getTime() <= WINDOW_MS))
