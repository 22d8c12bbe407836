import type { PlaceSource, SlotKind } from '@tongmai/api/capacity/flow'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { laterOf } from '../later-of.ts'
import { WINDOW_MS } from '../policy.ts'
import { tables } from './tables-of.ts'

/** A seat just taken, with what its reservation must know; `before` is the hold that had run out on it. */
export interface TakenSeat {
  readonly institutionId: string
  readonly slotId: string
  readonly seat: number
  readonly departmentId: string
  readonly kind: SlotKind
  readonly startsAt: Date
  readonly endsAt: Date
  readonly name: string
  readonly practitionerId: string | null
  /** The time asked for, or the slot's beginning where that is sooner. */
  readonly heldUntil: Date | null
  readonly before: string | null
}

export interface SeatWanted {
  readonly reservationId: string
  readonly residentId: string
  readonly until: Date | null
  readonly source: PlaceSource
  readonly shares: readonly PlaceSource[]
  /** One slot, or the first that fits of a department when the resident is not bound elsewhere. */
  readonly slotId?: string
  readonly department?: {
    readonly id: string
    readonly kind: SlotKind
    readonly from: Date
    readonly to: Date | null
  }
}

/**
 * Takes one free seat, or none. Whoever comes at the same moment skips a seat that is being taken, so nobody waits for
 * anybody; should that taking come to nothing, a late-comer may have been refused a seat that is free again.
 */
export async function take(ctx: Ctx, want: SeatWanted): Promise<TakenSeat | undefined> {
  const { department: d } = want
  const where = d
    ? sql`department_id = ${d.id} and kind = ${d.kind} and starts_at >= ${d.from} and (${d.to}::timestamptz is null or starts_at < ${d.to}::timestamptz) and ${notBound(want.residentId)}`
    : sql`slot_id = ${want.slotId}`
  const { rows } = await sql<TakenSeat>`
    with pick as (
      select institution_id, slot_id, number, reservation_id from capacity.seat
      where ${where} and starts_at > ${ctx.now} and (reservation_id is null or held_until <= ${ctx.now})
        and (source = any (${want.shares}::text[]) or released_at <= ${ctx.now})
      order by starts_at, (source = ${want.source}) desc, (source = 'public') desc, slot_id, number
      limit 1 for update skip locked),
    taken as (
      update capacity.seat s set reservation_id = ${want.reservationId}, held_until = least(${want.until}::timestamptz, s.starts_at) from pick
      where s.institution_id = pick.institution_id and s.slot_id = pick.slot_id and s.number = pick.number
      returning s.institution_id, s.slot_id, s.number, s.held_until, pick.reservation_id as before)
    select t.institution_id, t.slot_id, t.number as seat, t.held_until, t.before, slot.department_id, slot.kind, slot.starts_at,
      slot.ends_at, slot.name, slot.practitioner_id
    from taken t join capacity.slot slot on slot.institution_id = t.institution_id and slot.id = t.slot_id`.execute(
    tables(ctx),
  )
  return rows[0]
}

const notBound = (residentId: string) => sql`not exists (
  select 1 from capacity.slot o where o.institution_id = seat.institution_id and o.id = seat.slot_id and ${isBound(residentId, 'o')})`

/** Whether a resident has a slot already, or is bound elsewhere at its time; as `isBinding` says. */
const isBound = (residentId: string, slot: 'o' | 's') => {
  const o = sql.raw(slot)
  return sql<boolean>`exists (select 1 from capacity.reservation r
    where r.resident_id = ${residentId} and r.slot_id is not null and r.status in ('held', 'confirmed')
      and (r.slot_id = ${o}.id or (r.binds and r.starts_at < ${o}.ends_at and r.ends_at > ${o}.starts_at
        and (${o}.kind = 'clinic' or ${o}.ends_at - ${o}.starts_at <= make_interval(secs => ${WINDOW_MS / 1000})))))`
}

/** Until when its reservation is held; null once it is firm. */
export const firm = (ctx: Ctx, reservationId: string, at: { institutionId: string; slotId: string }) =>
  tables(ctx)
    .updateTable('capacity.seat')
    .set({ heldUntil: null })
    .where('institutionId', '=', at.institutionId)
    .where('slotId', '=', at.slotId)
    .where('reservationId', '=', reservationId)
    .execute()

/** Gives the seat of a reservation back, unless somebody has taken it over meanwhile. */
export const free = (ctx: Ctx, reservationId: string, at: { institutionId: string; slotId: string }) =>
  tables(ctx)
    .updateTable('capacity.seat')
    .set({ reservationId: null, heldUntil: null })
    .where('institutionId', '=', at.institutionId)
    .where('slotId', '=', at.slotId)
    .where('reservationId', '=', reservationId)
    .execute()

/** Locks the seat of a reservation: places are locked before reservations wherever both are. */
export const lock = (ctx: Ctx, reservationId: string, at: { institutionId: string; slotId: string }) =>
  tables(ctx)
    .selectFrom('capacity.seat')
    .select('number')
    .where('institutionId', '=', at.institutionId)
    .where('slotId', '=', at.slotId)
    .where('reservationId', '=', reservationId)
    .forUpdate()
    .execute()

/** Whether a slot has a seat that nobody has. */
export async function hasFree(ctx: Ctx, at: { institutionId: string; slotId: string }): Promise<boolean> {
  const row = await tables(ctx)
    .selectFrom('capacity.seat')
    .select('number')
    .where('institutionId', '=', at.institutionId)
    .where('slotId', '=', at.slotId)
    .where((eb) => eb.or([eb('reservationId', 'is', null), eb('heldUntil', '<=', ctx.now)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface OpenSlots {
  readonly departmentIds?: readonly string[] | undefined
  readonly institutionIds?: readonly string[] | undefined
  /** Times at which this resident is bound, as far as the caller may know, are left out. */
  readonly residentId?: string | undefined
  readonly kind: SlotKind
  readonly from: Date
  readonly to: Date
  readonly shares: readonly PlaceSource[]
  readonly limit: number
}

/** The slots with seats free for these shares, by time. */
export const listOpen = (ctx: Ctx, of: OpenSlots) =>
  tables(ctx)
    .selectFrom('capacity.seat as t')
    .innerJoin('capacity.slot as s', (join) =>
      join.onRef('s.institutionId', '=', 't.institutionId').onRef('s.id', '=', 't.slotId'),
    )
    .leftJoin('workforce.name as p', 'p.id', 's.practitionerId')
    .select([
      's.id as placeId',
      's.institutionId',
      's.departmentId',
      's.kind',
      's.startsAt as at',
      's.endsAt',
      's.practitionerId',
    ])
    .select(['s.name', 's.room', 'p.name as practitioner', sql<number>`count(*)::int`.as('free')])
    .where('t.kind', '=', of.kind)
    .where('t.startsAt', '>', laterOf(of.from, ctx.now))
    .where('t.startsAt', '<', of.to)
    .where((eb) => eb.or([eb('t.reservationId', 'is', null), eb('t.heldUntil', '<=', ctx.now)]))
    .where((eb) => eb.or([eb('t.source', 'in', [...of.shares]), eb('t.releasedAt', '<=', ctx.now)]))
    .where('s.besidePlan', '=', false)
    .$if(of.residentId !== undefined, (q) => q.where((eb) => eb.not(isBound(of.residentId ?? NOBODY, 's'))))
    .$if(of.departmentIds !== undefined, (q) =>
      q.where('t.departmentId', 'in', [...(of.departmentIds ?? []), NOBODY]),
    )
    .$if(of.institutionIds !== undefined, (q) =>
      q.where('t.institutionId', 'in', [...(of.institutionIds ?? []), NOBODY]),
    )
    .groupBy([
      's.id',
      's.institutionId',
      's.departmentId',
      's.kind',
      's.startsAt',
      's.endsAt',
      's.practitionerId',
      's.name',
      's.room',
      'p.name',
    ])
    .orderBy('s.startsAt')
    .orderBy('s.id')
    .limit(of.limit)
    .execute()

/** The departments with seats free for these shares until a moment, and when next. */
export const listOpenDepartments = (ctx: Ctx, of: { to: Date; shares: readonly PlaceSource[] }) =>
  tables(ctx)
    .selectFrom('capacity.seat as t')
    .innerJoin('network.name as i', 'i.id', 't.institutionId')
    .innerJoin('network.departmentName as d', 'd.id', 't.departmentId')
    .select(['t.institutionId', 'i.name as institution', 't.departmentId', 'd.name as department', 't.kind'])
    .select([
      sql<number>`count(*)::int`.as('free'),
      sql<Date>`min(t.starts_at)`.as('nextAt'),
      sql<boolean>`bool_or(t.source = 'contracted' and t.released_at > ${ctx.now})`.as('contracted'),
    ])
    .where('t.startsAt', '>', ctx.now)
    .where('t.startsAt', '<', of.to)
    .where((eb) => eb.or([eb('t.reservationId', 'is', null), eb('t.heldUntil', '<=', ctx.now)]))
    .where((eb) => eb.or([eb('t.source', 'in', [...of.shares]), eb('t.releasedAt', '<=', ctx.now)]))
    .groupBy(['t.institutionId', 'i.name', 't.departmentId', 'd.name', 't.kind'])
    .orderBy('i.name')
    .orderBy('d.name')
    .limit(500)
    .execute()

const NOBODY = '00000000-0000-0000-0000-000000000000'
