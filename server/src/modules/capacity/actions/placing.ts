import type { PlaceKind, PlaceSource } from '@tongmai/api/capacity/flow'
import type { OpenPlace, placeApi, Reservation } from '@tongmai/api/capacity/place'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import { confidenceOf } from '../confidence.ts'
import { isHost, sharesOf } from '../policy.ts'
import { listWards } from '../store/bed.ts'
import * as store from '../store/reservation.ts'
import { ruleOf } from '../store/rule.ts'
import { listOpen } from '../store/seat.ts'
import { withBound } from './bound.ts'
import {
  confirmHold,
  hold,
  leaveBed,
  missReservation,
  releaseReservation,
  useReservation,
} from './reserve.ts'
import { isContracted } from './source.ts'

const DAY = 24 * 3_600_000
const MOST = 500

/** What is asked of free places. */
export interface Asked {
  readonly departmentIds?: readonly string[]
  readonly institutionIds?: readonly string[]
  readonly kind: PlaceKind
  readonly from: Date
  readonly to: Date
  readonly source: PlaceSource
  /** Whether the resident has a contract: their share is then open too. */
  readonly contracted?: boolean
  /** For whom, where the caller may know what else they have: times at which they are bound are left out. */
  readonly residentId?: string | undefined
}

/** A free place, and until when it lasts; a bed has no end. */
type FreePlace = OpenPlace & { readonly endsAt: Date | null }

/** The places that are free for a source, soonest first; a bed's place is its ward. At most 500. */
export async function openPlaces(ctx: Ctx, ask: Asked): Promise<FreePlace[]> {
  const { departmentIds, institutionIds, kind, from, to, residentId } = ask
  const shares = sharesOf(ask.source, ask.contracted ?? ask.source === 'contracted')
  if (kind !== 'bed') {
    const where = { departmentIds, institutionIds, kind, from, to, residentId }
    const rows = await listOpen(ctx, { ...where, shares, limit: MOST })
    return rows.map((row) => ({ ...row, confirmedAt: ctx.now, confidence: 1, bound: null }))
  }
  const half = await ruleOf(ctx, 'confidenceHalfMinutes')
  const wards = await listWards(ctx, { departmentIds, institutionIds, free: true, limit: MOST })
  return wards.map((w) => ({
    ...{ placeId: w.id, institutionId: w.institutionId, departmentId: w.departmentId, kind, at: null },
    ...{ endsAt: null, bound: null, practitionerId: null, practitioner: null },
    ...{ free: w.free, name: w.name, room: w.bedKind },
    confirmedAt: w.confirmedAt,
    confidence: confidenceOf(w.confirmedAt, ctx.now, half),
  }))
}

/** What the caller is told after a move. */
export const brief = ({ id, status, heldUntil, startsAt }: store.ReservationRow) => ({
  ...{ id, status, heldUntil },
  at: startsAt,
})

/** 404 where the caller is no party; 403 where it is the hosts' part and they are not. */
async function asHost(ctx: Ctx, id: string): Promise<void> {
  allow(isHost(ctx.actor, await store.lock(ctx, id)), 'capacity.hosts-part')
}

export const placing: Actions<typeof placeApi> = {
  async listPlaces(ctx, { query }) {
    const { departmentId, kind, source, residentId, from = ctx.now } = query
    const to = query.to ?? new Date(from.getTime() + 14 * DAY)
    const contracted = residentId ? await isContracted(ctx, residentId) : false
    const asked = { departmentIds: [departmentId], kind, source, from, to, contracted }
    const places = await openPlaces(ctx, asked)
    return residentId ? withBound(ctx, residentId, places) : places
  },

  async book(ctx, { body }) {
    const { placeId, residentId, source, confirm, wantedFrom } = body
    await requireResident(ctx, residentId)
    const thing = `booking:${residentId}`
    const { reservationId } = await hold(ctx, { placeId, residentId, source, thing, wantedFrom })
    return brief(confirm ? await confirmHold(ctx, reservationId) : await store.lock(ctx, reservationId))
  },

  async listReservations(ctx, { query }) {
    const { items, total } = await store.list(ctx, query)
    const shown = items.map(
      ({ startsAt, slotId, wardId, institution, department, ...row }): Reservation => ({
        ...row,
        institution: institution ?? '',
        department: department ?? '',
        placeId: slotId ?? wardId ?? '',
        at: startsAt,
      }),
    )
    return { items: shown, total }
  },

  async confirmReservation(ctx, { params }) {
    await store.lock(ctx, params.id)
    return brief(await confirmHold(ctx, params.id))
  },

  async useReservation(ctx, { params }) {
    await asHost(ctx, params.id)
    return brief(await useReservation(ctx, params.id))
  },

  async releaseReservation(ctx, { params, body }) {
    await store.lock(ctx, params.id)
    return brief(await releaseReservation(ctx, params.id, body.reason))
  },

  async missReservation(ctx, { params }) {
    await asHost(ctx, params.id)
    return brief(await missReservation(ctx, params.id))
  },

  async leaveBed(ctx, { params }) {
    await asHost(ctx, params.id)
    return brief(await leaveBed(ctx, params.id))
  },
}
