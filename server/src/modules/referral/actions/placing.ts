import type { Input } from '@tongmai/api/kernel'
import type { ReferralMove } from '@tongmai/api/referral/flow'
import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { Arrangement, Referral } from '@tongmai/api/referral/shape'
import { asSystem } from '../../../kernel/as-system.ts'
import { setDue } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import {
  confirmHold,
  hold,
  missReservation,
  releaseReservation,
  reservationsOf,
  stopWaitingFor,
  useReservation as takeUp,
  waitFor,
} from '../../capacity/index.ts'
import { requireDepartment } from '../../network/index.ts'
import { changeSlot } from '../store/mark.ts'
import * as store from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { announce, thingOf } from './announce.ts'

type Kept = Awaited<ReturnType<typeof reservationsOf>>[number]

const placeOf = (kept: Kept): string | null => kept.slotId ?? kept.wardId
const isLive = (ctx: Ctx, kept: Kept): boolean =>
  kept.status === 'confirmed' ||
  (kept.status === 'held' && kept.heldUntil !== null && kept.heldUntil > ctx.now)

/** What is kept for it now; a fact for both parties, whoever reserved it. */
const liveOf = async (ctx: Ctx, row: ReferralRow): Promise<Kept[]> =>
  (await asSystem(ctx, (all) => reservationsOf(all, thingOf(row.id)))).filter((kept) => isLive(ctx, kept))

/** Whether anything may be kept for it: by its arrangement, or before there is one by waiting list or green channel. */
const mayKeep = ({ arrangement }: ReferralRow): boolean =>
  arrangement === null || arrangement.placeId !== null

/**
 * Keeps the place of an arrangement for the patient, firm, and gives back what was kept before; 409
 * `capacity.no-place` where it is gone. The appointed time and doctor are those of the slot.
 */
export async function keepPlace(ctx: Ctx, row: ReferralRow, wanted: Arrangement): Promise<Arrangement> {
  const { placeId, departmentId } = wanted
  const before = mayKeep(row) ? await liveOf(ctx, row) : []
  const same = before.find((kept) => placeOf(kept) === placeId)
  if (mayKeep(row)) await stopWaitingFor(ctx, thingOf(row.id))
  // What a green channel holds stays until the patient comes, unless something else is chosen.
  const gone = placeId || row.arrangement ? before : []
  for (const kept of gone) if (kept !== same) await releaseReservation(ctx, kept.id, 'bookedInError')
  if (!placeId) return wanted
  const reservationId = same?.id ?? (await newHold(ctx, row, placeId))
  const firm = await confirmHold(ctx, reservationId)
  if (firm.institutionId !== row.toInstitutionId || firm.departmentId !== departmentId)
    refuse('unprocessable', 'referral.place-elsewhere', {
      fields: [{ path: 'body.arrangement.placeId', problem: 'elsewhere' }],
    })
  if (firm.kind === 'bed') return { ...wanted, place: wanted.place || firm.name }
  return {
    ...wanted,
    at: firm.startsAt,
    practitionerId: firm.practitionerId ?? wanted.practitionerId,
    place: wanted.place || firm.name,
  }
}

/** From the referral share; who has a contract draws on theirs as well. */
async function newHold(ctx: Ctx, row: ReferralRow, placeId: string): Promise<string> {
  const about = { placeId, residentId: row.residentId, thing: thingOf(row.id) }
  const since = { askedAt: row.submittedAt ?? ctx.now, wantedFrom: wantedFrom(row) }
  return (await hold(ctx, { ...about, ...since, source: 'referral' })).reservationId
}

const wantedFrom = (row: ReferralRow): Date | null =>
  row.wantedOn ? new Date(`${row.wantedOn}T00:00:00+08:00`) : null

/** Where nothing is free, the patient stands in line; what becomes free is held for them. */
export async function joinLine(
  ctx: Ctx,
  row: ReferralRow,
  wait: NonNullable<Input<typeof referralMoveApi.awaitSlot>['body']['waitFor']>,
): Promise<void> {
  await requireDepartment(ctx, row.toInstitutionId, wait.departmentId)
  await waitFor(ctx, {
    ...wait,
    ...{ residentId: row.residentId, source: 'referral', thing: thingOf(row.id), urgency: row.urgency },
    ...{ askedAt: row.submittedAt ?? ctx.now, wantedFrom: wantedFrom(row) },
  })
}

const givesBack: readonly ReferralMove[] = ['redirect', 'expire', 'reopen']

/** What becomes of the place as the referral moves: used on arrival, missed, or given back to who waits for one. */
export async function settlePlace(
  ctx: Ctx,
  before: ReferralRow,
  move: ReferralMove,
  ended: boolean,
): Promise<void> {
  const back = ended || givesBack.includes(move)
  if (before.external || !before.submittedAt || (!back && move !== 'arrive' && move !== 'noShow')) return
  if (back && before.status === 'submitted') await stopWaitingFor(ctx, thingOf(before.id))
  for (const kept of await liveOf(ctx, before)) {
    if (back) await releaseReservation(ctx, kept.id, 'referralEnded')
    else if (move === 'arrive') await takeUp(ctx, kept.id)
    else if (kept.status === 'confirmed') await missReservation(ctx, kept.id)
  }
}

/** A place has come free for one that waited: it stands before its owner again, who has until then to arrange it. */
export async function placeFound(
  ctx: Ctx,
  id: string,
  { reservationId, until }: { reservationId: string; until: Date },
): Promise<void> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'submitted') return giveBack(ctx, row, reservationId)
  const next = await changeSlot(ctx, row, { noSlotSince: null, due: until })
  await setDue(ctx, thingOf(id), until)
  await announce(ctx, next, 'slotFound')
}

/** It has been arranged otherwise, or ended: what was found is somebody else's. */
async function giveBack(ctx: Ctx, row: ReferralRow, reservationId: string): Promise<void> {
  const held = (await liveOf(ctx, row)).find((kept) => kept.id === reservationId && kept.status === 'held')
  if (held) await releaseReservation(ctx, held.id, 'referralEnded')
}

/** What was offered has run out and nothing was arranged: it is among those without a place again. */
export async function placeLost(ctx: Ctx, id: string): Promise<void> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'submitted') return stopWaitingFor(ctx, thingOf(id))
  if (row.noSlotSince) return
  await changeSlot(ctx, row, { noSlotSince: ctx.now, due: row.due })
}

/** What is held for the patient until somebody arranges it; the case page shows it. */
export async function offerTo(ctx: Ctx, row: ReferralRow): Promise<Referral['offer']> {
  if (row.status !== 'submitted' || ctx.actor.kind === 'resident') return null
  const held = (await liveOf(ctx, row)).find((kept) => kept.status === 'held')
  if (!held?.heldUntil) return null
  const { kind, departmentId, name, startsAt: at, heldUntil: until } = held
  return { placeId: placeOf(held) ?? '', kind, departmentId, name, at, until }
}
