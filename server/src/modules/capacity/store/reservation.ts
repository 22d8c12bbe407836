import type { PlaceKind, ReservationStatus } from '@tongmai/api/capacity/flow'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { isBinding } from '../policy.ts'
import type { CapacityTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type ReservationRow = Selectable<CapacityTables['capacity.reservation']>
export type NewReservation = Omit<
  Insertable<CapacityTables['capacity.reservation']>,
  'madeAt' | 'version' | 'usedAt' | 'endedAt' | 'endReason' | 'byInstitutionId' | 'byId' | 'binds'
>

/** The reservations the actor is a party of: at their institution, made by it, or their own. */
export const visible = (ctx: Ctx) => tables(ctx).selectFrom('capacity.reservation as r')

/** Adds it, or nothing where the place is taken, or the resident is bound elsewhere in that time. */
export const add = (
  ctx: Ctx,
  row: NewReservation,
  by: { institutionId: string | null; id: string },
): Promise<ReservationRow | undefined> =>
  tables(ctx)
    .insertInto('capacity.reservation')
    .values({
      ...row,
      byInstitutionId: by.institutionId,
      byId: by.id,
      madeAt: ctx.now,
      binds: isBinding(row),
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst()

export async function lock(ctx: Ctx, id: string): Promise<ReservationRow> {
  const row = await tables(ctx)
    .selectFrom('capacity.reservation')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'capacity.missing')
}

/** The one writer of a reservation's status, under its lock. */
export const move = (
  ctx: Ctx,
  row: ReservationRow,
  next: Partial<ReservationRow> & { status: ReservationStatus },
): Promise<ReservationRow> =>
  tables(ctx)
    .updateTable('capacity.reservation')
    .set({ ...next, version: row.version + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Holds that have run out, oldest first; of everybody or of one resident. */
export const listOverdue = (ctx: Ctx, limit: number, residentId?: string): Promise<ReservationRow[]> =>
  tables(ctx)
    .selectFrom('capacity.reservation')
    .selectAll()
    .where('status', '=', 'held')
    .where('heldUntil', '<=', ctx.now)
    .$if(residentId !== undefined, (q) => q.where('residentId', '=', residentId as string))
    .orderBy('heldUntil')
    .limit(limit)
    .execute()

/** The live reservations of a schedule on a day. */
export const lockOfSession = (
  ctx: Ctx,
  of: { institutionId: string; scheduleId: string; from: Date; to: Date },
): Promise<ReservationRow[]> =>
  tables(ctx)
    .selectFrom('capacity.reservation as r')
    .innerJoin('capacity.slot as s', (join) =>
      join.onRef('s.institutionId', '=', 'r.institutionId').onRef('s.id', '=', 'r.slotId'),
    )
    .selectAll('r')
    .where('s.institutionId', '=', of.institutionId)
    .where('s.scheduleId', '=', of.scheduleId)
    .where('r.startsAt', '>=', of.from)
    .where('r.startsAt', '<', of.to)
    .where('r.status', 'in', ['held', 'confirmed'])
    .orderBy('r.id')
    .limit(2000)
    .forUpdate('r')
    .execute()

/** The reservations of a thing (`referral:<id>`), newest first. */
export const listOfThing = (ctx: Ctx, thing: string): Promise<ReservationRow[]> =>
  visible(ctx).selectAll().where('thing', '=', thing).orderBy('madeAt', 'desc').limit(50).execute()

/** What a resident has in a slot already, or overlapping it where both bind. */
export async function findMeanwhile(
  ctx: Ctx,
  of: { residentId: string; slotId: string },
): Promise<string | undefined> {
  const rows = await tables(ctx)
    .selectFrom('capacity.slot as s')
    .innerJoin('capacity.reservation as r', (join) =>
      join.onRef('r.startsAt', '<', 's.endsAt').onRef('r.endsAt', '>', 's.startsAt'),
    )
    .select(['r.id', 'r.slotId', 'r.status', 'r.binds', 's.kind', 's.startsAt', 's.endsAt'])
    .where('s.id', '=', of.slotId)
    .where('r.residentId', '=', of.residentId)
    .where('r.status', 'in', ['held', 'confirmed', 'used'])
    .orderBy('r.madeAt')
    .limit(20)
    .execute()
  return rows.find(
    (row) => row.slotId === of.slotId || (row.status !== 'used' && row.binds && isBinding(row)),
  )?.id
}

export interface Binding {
  readonly id: string
  readonly slotId: string | null
  readonly binds: boolean
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** What a resident has reserved of slots that lie in this time. */
export const listBinding = (ctx: Ctx, of: { residentId: string; from: Date; to: Date }): Promise<Binding[]> =>
  tables(ctx)
    .selectFrom('capacity.reservation')
    .select(['id', 'slotId', 'binds', 'startsAt', 'endsAt'])
    .where('residentId', '=', of.residentId)
    .where('slotId', 'is not', null)
    .where('status', 'in', ['held', 'confirmed'])
    .where((is) => is.or([is('heldUntil', 'is', null), is('heldUntil', '>', ctx.now)]))
    .where('startsAt', '<', of.to)
    .where('endsAt', '>', of.from)
    .orderBy('startsAt')
    .limit(100)
    .execute()

/** When and where a reservation is, to who is a party of it. */
export const findNamed = (ctx: Ctx, id: string) =>
  visible(ctx)
    .leftJoin('network.name as i', 'i.id', 'r.institutionId')
    .leftJoin('network.departmentName as d', 'd.id', 'r.departmentId')
    .select(['r.startsAt as at', 'r.name', 'i.shortName as institution', 'd.name as department'])
    .where('r.id', '=', id)
    .executeTakeFirst()

/** These reservations, as far as the actor is a party. */
export const listByIds = (ctx: Ctx, ids: readonly string[]): Promise<ReservationRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : visible(ctx)
        .selectAll()
        .where('id', 'in', [...ids])
        .orderBy('madeAt')
        .limit(1000)
        .execute()

/** Who has a seat of these slots now. */
export const listOfSlots = (ctx: Ctx, slotIds: readonly string[]) =>
  visible(ctx)
    .innerJoin('resident.card as c', 'c.id', 'r.residentId')
    .leftJoin('network.name as by', 'by.id', 'r.byInstitutionId')
    .selectAll('r')
    .select(['c.nameMasked', 'by.shortName as by'])
    .where('r.slotId', 'in', [...slotIds, '00000000-0000-0000-0000-000000000000'])
    .where('r.status', 'in', ['held', 'confirmed', 'used', 'noShow'])
    .orderBy('r.seat')
    .execute()

/** How many bookings residents hold that are still to come. */
export async function countOwn(ctx: Ctx, residentId: string): Promise<number> {
  const row = await visible(ctx)
    .select(sql<number>`count(*)::int`.as('count'))
    .where('residentId', '=', residentId)
    .where('kind', '!=', 'bed')
    .where('startsAt', '>', ctx.now)
    .where((eb) =>
      eb.or([
        eb('status', '=', 'confirmed'),
        eb.and([eb('status', '=', 'held'), eb('heldUntil', '>', ctx.now)]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return row.count
}

export interface ReservationFilter {
  readonly kind?: PlaceKind | undefined
  readonly status?: ReservationStatus | undefined
  readonly residentId?: string | undefined
  readonly thing?: string | undefined
  readonly from?: Date | undefined
  readonly offset: number
  readonly limit: number
}

/** One page of the reservations the actor's institution is a party of. */
export function list(ctx: Ctx, of: ReservationFilter) {
  const { kind, status, residentId, thing, from } = of
  let query = visible(ctx)
    .innerJoin('resident.card as c', 'c.id', 'r.residentId')
    .leftJoin('network.name as i', 'i.id', 'r.institutionId')
    .leftJoin('network.departmentName as d', 'd.id', 'r.departmentId')
    .leftJoin('workforce.name as p', 'p.id', 'r.practitionerId')
    .selectAll('r')
    .select(['c.nameMasked', 'i.shortName as institution', 'd.name as department', 'p.name as practitioner'])
  if (kind) query = query.where('r.kind', '=', kind)
  if (status) query = query.where('r.status', '=', status)
  if (residentId) query = query.where('r.residentId', '=', residentId)
  if (thing) query = query.where('r.thing', '=', thing)
  if (from) query = query.where('r.startsAt', '>=', from)
  return pageOf(ctx, query.orderBy('r.startsAt').orderBy('r.id'), of)
}

/** A resident's own bookings: those to come first, soonest first, then past ones. */
export const listOwn = (ctx: Ctx, of: { offset: number; limit: number }) =>
  pageOf(
    ctx,
    visible(ctx)
      .leftJoin('network.name as i', 'i.id', 'r.institutionId')
      .leftJoin('network.departmentName as d', 'd.id', 'r.departmentId')
      .leftJoin('workforce.name as p', 'p.id', 'r.practitionerId')
      .leftJoin('capacity.slot as s', (join) =>
        join.onRef('s.institutionId', '=', 'r.institutionId').onRef('s.id', '=', 'r.slotId'),
      )
      .selectAll('r')
      .select(['i.name as institution', 'd.name as department', 'p.name as doctor', 's.room'])
      .where('r.residentId', 'in', [...ctx.actor.residentIds, '00000000-0000-0000-0000-000000000000'])
      .orderBy(sql`r.status in ('held', 'confirmed')`, 'desc')
      .orderBy(sql`abs(extract(epoch from r.starts_at - ${ctx.now}::timestamptz))`)
      .orderBy('r.id'),
    of,
  )

/** For a rebuild of what FHIR shows: reservations that have been firm, in id order. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<ReservationRow[]> =>
  visible(ctx)
    .selectAll()
    .where('status', 'not in', ['held', 'expired'])
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()
