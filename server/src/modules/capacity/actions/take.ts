import type { BedKind, PlaceKind, PlaceSource } from '@tongmai/api/capacity/flow'
import type { Ctx } from '../../../kernel/ctx.ts'
import * as beds from '../store/bed.ts'
import * as store from '../store/reservation.ts'
import * as seats from '../store/seat.ts'
import { lapse } from './lapse.ts'

/** What somebody wants to have kept for them. */
export interface Wanted {
  readonly place:
    | { readonly slotId: string }
    | { readonly wardId: string }
    | {
        readonly departmentId: string
        readonly kind: PlaceKind
        readonly bedKind: BedKind | null
        readonly from: Date
        readonly to: Date | null
      }
  readonly residentId: string
  readonly source: PlaceSource
  readonly shares: readonly PlaceSource[]
  readonly thing: string
  readonly until: Date
  readonly askedAt: Date
  readonly wantedFrom: Date
  readonly by: { readonly institutionId: string | null; readonly id: string }
}

type Place = Pick<
  store.NewReservation,
  | 'institutionId'
  | 'departmentId'
  | 'kind'
  | 'slotId'
  | 'seat'
  | 'wardId'
  | 'bedId'
  | 'name'
  | 'practitionerId'
  | 'startsAt'
  | 'endsAt'
  | 'heldUntil'
> & { readonly before: string | null }

/** Holds what fits, as the system: a seat, a bed, or undefined where nothing is free. */
export async function take(all: Ctx, want: Wanted): Promise<store.ReservationRow | undefined> {
  const id = all.id()
  const taken = await pick(all, want, id)
  if (!taken) return undefined
  const { before, ...place } = taken
  if (before) await lapse(all, before)
  const { residentId, source, thing, askedAt, wantedFrom } = want
  const about = { id, residentId, source, thing, askedAt, wantedFrom }
  const row = await store.add(all, { ...place, ...about, status: 'held' }, want.by)
  if (!row) await letGo(all, id, place)
  return row
}

async function pick(all: Ctx, want: Wanted, reservationId: string): Promise<Place | undefined> {
  const { place, source, shares, until } = want
  const forSeat = { reservationId, residentId: want.residentId, until, source, shares }
  if ('slotId' in place) return ofSeat(await seats.take(all, { ...forSeat, slotId: place.slotId }))
  if ('wardId' in place)
    return ofBed(all, until, await beds.take(all, { reservationId, until, wardId: place.wardId }))
  const { departmentId: id, kind, bedKind, from, to } = place
  if (kind === 'bed')
    return ofBed(all, until, await beds.take(all, { reservationId, until, department: { id, bedKind } }))
  return ofSeat(await seats.take(all, { ...forSeat, department: { id, kind, from, to } }))
}

const ofSeat = (taken: seats.TakenSeat | undefined): Place | undefined =>
  taken && { ...taken, wardId: null, bedId: null }

/** From now on and without an end that anybody knows: a stay ends when the patient leaves. */
const ofBed = (all: Ctx, heldUntil: Date, taken: beds.TakenBed | undefined): Place | undefined =>
  taken && {
    ...taken,
    kind: 'bed',
    slotId: null,
    seat: null,
    practitionerId: null,
    startsAt: all.now,
    endsAt: null,
    heldUntil,
  }

/** Gives back what was taken for a reservation that then could not be written: the resident is bound elsewhere then. */
async function letGo(
  all: Ctx,
  reservationId: string,
  { institutionId, slotId, bedId }: Omit<Place, 'before'>,
): Promise<void> {
  if (slotId) await seats.free(all, reservationId, { institutionId, slotId })
  if (bedId) await beds.settle(all, { institutionId, bedId, reservationId }, FREED)
}

const FREED = { reservationId: null, heldUntil: null }
