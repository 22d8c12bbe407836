import type { PlaceSource, ReservationMove } from '@tongmai/api/capacity/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { laterOf } from '../later-of.ts'
import { isRunOut, moveTo } from '../policy.ts'
import * as beds from '../store/bed.ts'
import * as store from '../store/reservation.ts'
import { ruleOf } from '../store/rule.ts'
import * as seats from '../store/seat.ts'
import * as waiting from '../store/waiting.ts'
import { fill } from './fill.ts'
import { announce, announceWaiting, endOf, waitAgain } from './lapse.ts'
import { closeOffer } from './offering.ts'
import { show, showSlot } from './show.ts'
import { requireShares } from './source.ts'
import { take } from './take.ts'

const MINUTE = 60_000
/** How many holds of one patient that have run out one request ends. */
const MOST_OVER = 20

/** A place to be held: a slot or a ward, for whom, from which share and for which need. */
export interface Hold {
  readonly placeId: string
  readonly residentId: string
  readonly source: PlaceSource
  /** `referral:<id>`, `booking:<resident>`. */
  readonly thing: string
  /** How long it is held unconfirmed; by rule where nothing is said. */
  readonly minutes?: number
  /** When the need was first spoken of, and from when the patient can come: waiting is counted from the later. */
  readonly askedAt?: Date
  readonly wantedFrom?: Date | null
}

/**
 * Holds a place; 409 `capacity.no-place` where none is free for this source, `capacity.booked-then` where the patient has
 * another at that time. Nobody waits for anybody but the same patient.
 */
export async function hold(ctx: Ctx, ask: Hold): Promise<{ reservationId: string; until: Date }> {
  const shares = await requireShares(ctx, ask)
  const row = await asSystem(ctx, async (all) => {
    // What nobody confirmed in time binds nobody, swept or not.
    for (const over of await store.listOverdue(all, MOST_OVER, ask.residentId)) await expire(all, over)
    const ward = await beds.findWard(all, ask.placeId)
    const minutes = ask.minutes ?? (await ruleOf(all, ward ? 'bedHoldMinutes' : 'holdMinutes'))
    const askedAt = ask.askedAt ?? all.now
    return take(all, {
      place: ward ? { wardId: ward.id } : { slotId: ask.placeId },
      residentId: ask.residentId,
      source: ask.source,
      shares,
      thing: ask.thing,
      until: new Date(all.now.getTime() + minutes * MINUTE),
      askedAt,
      wantedFrom: laterOf(ask.wantedFrom ?? askedAt, askedAt),
      by: { institutionId: ctx.actor.institutionId, id: ctx.actor.id },
    })
  })
  if (!row) return refuseHold(ctx, ask)
  await announce(ctx, row, 'held')
  return { reservationId: row.id, until: row.heldUntil ?? ctx.now }
}

/** Why nothing could be held. Where the patient is bound to is named to parties of that alone: others learn that they are. */
async function refuseHold(ctx: Ctx, { residentId, placeId }: Hold): Promise<never> {
  const other = await asSystem(ctx, (all) => store.findMeanwhile(all, { residentId, slotId: placeId }))
  if (!other) return refuse('conflict', 'capacity.no-place')
  const named = await store.findNamed(ctx, other)
  if (!named) return refuse('conflict', 'capacity.booked-then-elsewhere')
  const { at, name, institution, department } = named
  return refuse('conflict', 'capacity.booked-then', {
    details: { at: at.toISOString(), name, place: `${institution ?? ''}${department ?? ''}` },
  })
}

/** Locks a reservation for a move; 409 where the move is not open, with its own code where the hold has run out. */
async function takeFor(all: Ctx, id: string, move: ReservationMove) {
  const row = await store.lock(all, id)
  const status = moveTo(row, move, all.now)
  if (status) return { row, status }
  if (isRunOut(row, all.now)) return refuse('conflict', 'capacity.hold-ran-out')
  return refuse('conflict', `capacity.cannot-${move}-when-${row.status}`)
}

/** Makes a hold firm. Confirming what is firm already changes nothing. */
export const confirmHold = (ctx: Ctx, id: string): Promise<store.ReservationRow> =>
  asSystem(ctx, async (all) => {
    const now = await store.lock(all, id)
    if (now.status === 'confirmed') return now
    const { row, status } = await takeFor(all, id, 'confirm')
    const next = await store.move(all, row, { status, heldUntil: null })
    await makeFirm(all, next)
    await endWaiting(all, next)
    await settle(ctx, all, next, 'confirm')
    return next
  })

/** The patient has come: a seat is used up, a bed occupied until they leave it. */
export const useReservation = (ctx: Ctx, id: string): Promise<store.ReservationRow> =>
  asSystem(ctx, async (all) => {
    const { row, status } = await takeFor(all, id, 'use')
    const next = await store.move(all, row, { status, heldUntil: null, usedAt: all.now })
    await makeFirm(all, next)
    if (next.bedId)
      await beds.settle(all, { ...next, bedId: next.bedId, reservationId: id }, { state: 'occupied' })
    await endWaiting(all, next)
    await settle(ctx, all, next, 'use')
    return next
  })

/** Gives a place back; who waits for one like it gets it at once. */
export const releaseReservation = (ctx: Ctx, id: string, reason: string): Promise<store.ReservationRow> =>
  asSystem(ctx, async (all) => {
    const { row, status } = await takeFor(all, id, 'release')
    return end(ctx, all, row, { status, reason, move: 'release' })
  })

/** The patient did not come to their time. The seat is gone; a bed is free again. */
export const missReservation = (ctx: Ctx, id: string): Promise<store.ReservationRow> =>
  asSystem(ctx, async (all) => {
    const { row, status } = await takeFor(all, id, 'missed')
    if (row.startsAt > all.now) refuse('conflict', 'capacity.before-the-time')
    return end(ctx, all, row, { status, reason: 'noShow', move: 'missed' })
  })

/** The stay in a bed is over: the bed is to be cleaned before it is free. */
export const leaveBed = (ctx: Ctx, id: string): Promise<store.ReservationRow> =>
  asSystem(ctx, async (all) => {
    const { row, status } = await takeFor(all, id, 'leave')
    if (!row.bedId) refuse('conflict', 'capacity.no-bed')
    const next = await store.move(all, row, { status, endedAt: all.now, endsAt: endOf(row, all.now) })
    await beds.settle(all, { ...row, bedId: row.bedId, reservationId: id }, { state: 'cleaning', ...FREED })
    await settle(ctx, all, next, 'leave')
    return next
  })

/** A hold has run out: its place is free, and who waited for it waits again. Nothing where it was confirmed or taken over. */
export async function expire(
  all: Ctx,
  { id, institutionId, slotId, bedId }: store.ReservationRow,
): Promise<void> {
  if (slotId) await seats.lock(all, id, { institutionId, slotId })
  if (bedId) await beds.lock(all, bedId)
  const row = await store.lock(all, id)
  if (isRunOut(row, all.now))
    await end(all, all, row, { status: 'expired', reason: 'ranOut', move: 'expire' })
}

async function end(
  ctx: Ctx,
  all: Ctx,
  row: store.ReservationRow,
  how: { status: store.ReservationRow['status']; reason: string; move: 'release' | 'missed' | 'expire' },
): Promise<store.ReservationRow> {
  const { status, reason, move } = how
  const set = { status, endReason: reason, endedAt: all.now, heldUntil: null, endsAt: endOf(row, all.now) }
  const next = await store.move(all, row, set)
  const { institutionId, slotId, bedId } = row
  if (slotId && move !== 'missed') await seats.free(all, row.id, { institutionId, slotId })
  if (bedId) await beds.settle(all, { institutionId, bedId, reservationId: row.id }, FREED)
  // Who let an offer run out is passed over once: the place goes to the next in line.
  const not = move === 'expire' ? await waitAgain(all, next) : await stopOffer(all, next)
  await settle(ctx, all, next, move)
  await fill(all, { departmentId: row.departmentId, kind: row.kind, not })
  return next
}

async function makeFirm(all: Ctx, { id, institutionId, slotId, bedId }: store.ReservationRow): Promise<void> {
  if (slotId) await seats.firm(all, id, { institutionId, slotId })
  if (bedId) await beds.settle(all, { institutionId, bedId, reservationId: id }, { heldUntil: null })
}

/** Whoever has a place no longer waits for one at that department, and what was offered is taken. */
async function endWaiting(all: Ctx, row: store.ReservationRow): Promise<void> {
  const taken = await waiting.lockByReservation(all, row.id)
  if (taken) await closeOffer(all, taken)
  for (const entry of await waiting.listOfThing(all, row.thing)) {
    const same = entry.departmentId === row.departmentId && entry.kind === row.kind
    if (!same || entry.residentId !== row.residentId) continue
    const ended = { reservationId: row.id, endedAt: all.now, lostAt: null }
    await waiting.move(all, entry, { status: 'filled', ...ended })
    await closeOffer(all, entry)
    await announceWaiting(all, entry, 'left')
  }
}

/** An offer that was given back on purpose is not made again. */
async function stopOffer(all: Ctx, row: store.ReservationRow): Promise<string[]> {
  const entry = await waiting.lockByReservation(all, row.id)
  if (entry?.status !== 'filled') return []
  await waiting.move(all, entry, { status: 'left', endedAt: all.now })
  await closeOffer(all, entry)
  return []
}

async function settle(ctx: Ctx, all: Ctx, row: store.ReservationRow, what: Parameters<typeof announce>[2]) {
  await show(all, row)
  await showSlot(all, row)
  await announce(ctx, row, what)
}

const FREED = { reservationId: null, heldUntil: null }
