import type { GreenKind, GreenLink } from '@tongmai/api/referral/green-channel'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import {
  hold,
  openPlaces,
  releaseReservation,
  reservationsByIds,
  useReservation as takeUp,
} from '../../capacity/index.ts'
import { examinedAt } from '../green-channel.ts'
import type { GreenRow } from '../store/green-channel.ts'
import type { ReferralRow } from '../store/row.ts'
import { thingOf } from './announce.ts'

const RESERVED_MINUTES = 120
const HOUR_MS = 3_600_000

export const greenThing = (id: string): string => `green-channel:${id}`

interface Keep {
  readonly placeId: string
  readonly residentId: string
  readonly thing: string
}

/** Keeps a place for two hours, from the referral share. */
export const keep = async (ctx: Ctx, ask: Keep): Promise<string> =>
  (await hold(ctx, { ...ask, source: 'referral', minutes: RESERVED_MINUTES })).reservationId

/** What a channel keeps at once in the receiving department: a bed, or for priority alone the next seat of the clinic. */
export async function reserveAtOnce(ctx: Ctx, row: ReferralRow, kind: GreenKind): Promise<string[]> {
  if (!row.toDepartmentId) return []
  const wanted = kind === 'priority' ? ('clinic' as const) : ('bed' as const)
  const ask = { departmentIds: [row.toDepartmentId], kind: wanted, source: 'referral' as const }
  const to = new Date(ctx.now.getTime() + 24 * HOUR_MS)
  const [place] = await openPlaces(ctx, { ...ask, from: ctx.now, to })
  if (!place) return []
  try {
    return [await keep(ctx, { placeId: place.placeId, residentId: row.residentId, thing: thingOf(row.id) })]
  } catch (error) {
    // Somebody else was quicker, or it is not free for referrals: the patient is on the way all the same.
    if (error instanceof Refusal) return []
    throw error
  }
}

/** What was kept and neither confirmed by an arrangement nor used is free again. */
export async function giveBack(ctx: Ctx, row: GreenRow): Promise<void> {
  for (const kept of await asSystem(ctx, (all) => reservationsByIds(all, row.reservationIds))) {
    const live = kept.status === 'held' && kept.heldUntil !== null && kept.heldUntil > ctx.now
    if (live) await releaseReservation(ctx, kept.id, 'referralEnded')
  }
}

/** The examination that was kept is used up when its link of the chain is reached. */
export async function takeExamination(ctx: Ctx, row: GreenRow, link: GreenLink): Promise<void> {
  if (!examinedAt.includes(link)) return
  const kept = await asSystem(ctx, (all) => reservationsByIds(all, row.reservationIds))
  const live = kept.find(
    ({ kind, status, heldUntil }) =>
      kind === 'examination' && (status === 'confirmed' || (heldUntil !== null && heldUntil > ctx.now)),
  )
  if (live) await takeUp(ctx, live.id)
}
