import type { BedKind, BedState } from '@tongmai/api/capacity/flow'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CapacityTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type BedRow = Selectable<CapacityTables['capacity.bed']>
export type WardRow = Selectable<CapacityTables['capacity.ward']>

/** A bed just taken; `before` is the hold that had run out on it. */
export interface TakenBed {
  readonly institutionId: string
  readonly wardId: string
  readonly bedId: string
  readonly departmentId: string
  readonly name: string
  readonly before: string | null
}

export interface BedWanted {
  readonly reservationId: string
  readonly until: Date | null
  readonly wardId?: string
  readonly department?: { readonly id: string; readonly bedKind: BedKind | null }
}

/** Takes one free bed of a ward or department, or none; a bed that is being taken is skipped, nobody waits. */
export async function take(ctx: Ctx, want: BedWanted): Promise<TakenBed | undefined> {
  const { department: d } = want
  const where = d
    ? sql`b.department_id = ${d.id} and (${d.bedKind}::text is null or w.bed_kind = ${d.bedKind}::text)`
    : sql`b.ward_id = ${want.wardId}`
  const { rows } = await sql<TakenBed>`
    with pick as (
      select b.institution_id, b.id, b.reservation_id, w.name || ' ' || b.label || '床' as name from capacity.bed b
      join capacity.ward w on w.institution_id = b.institution_id and w.id = b.ward_id
      where ${where} and b.state = 'free' and (b.reservation_id is null or b.held_until <= ${ctx.now})
      order by b.label, b.id limit 1 for update of b skip locked)
    update capacity.bed b set reservation_id = ${want.reservationId}, held_until = ${want.until}, changed_at = ${ctx.now},
      version = b.version + 1
    from pick where b.institution_id = pick.institution_id and b.id = pick.id
    returning b.institution_id, b.ward_id, b.id as bed_id, b.department_id, pick.name, pick.reservation_id as before`.execute(
    tables(ctx),
  )
  return rows[0]
}

/** Changes a bed as long as this reservation has it; nothing where another has taken it over. */
export const settle = (
  ctx: Ctx,
  at: { institutionId: string; bedId: string; reservationId: string },
  next: { state?: BedState; heldUntil?: null; reservationId?: null },
) =>
  tables(ctx)
    .updateTable('capacity.bed')
    .set({ ...next, changedAt: ctx.now, version: sql<number>`version + 1` })
    .where('institutionId', '=', at.institutionId)
    .where('id', '=', at.bedId)
    .where('reservationId', '=', at.reservationId)
    .execute()

export async function lock(ctx: Ctx, id: string): Promise<BedRow> {
  const row = await tables(ctx)
    .selectFrom('capacity.bed')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'capacity.missing')
}

/** The one writer of what a ward says of a bed, under its lock. */
export const move = (ctx: Ctx, row: BedRow, state: BedState) =>
  tables(ctx)
    .updateTable('capacity.bed')
    .set({ state, reservationId: null, heldUntil: null, changedAt: ctx.now, version: row.version + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .execute()

export const addWards = (ctx: Ctx, rows: readonly Insertable<CapacityTables['capacity.ward']>[]) =>
  tables(ctx)
    .insertInto('capacity.ward')
    .values([...rows])
    .execute()

export const addBeds = (ctx: Ctx, rows: readonly Insertable<CapacityTables['capacity.bed']>[]) =>
  tables(ctx)
    .insertInto('capacity.bed')
    .values([...rows])
    .execute()

export async function findWard(ctx: Ctx, id: string): Promise<WardRow | undefined> {
  return tables(ctx).selectFrom('capacity.ward').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Says that a ward's figures are true now; refused 404 where it is no ward of the actor's institution. */
export async function confirm(
  ctx: Ctx,
  of: { id: string; institutionId: string },
  by: string,
): Promise<WardRow> {
  const row = await tables(ctx)
    .updateTable('capacity.ward')
    .set({ confirmedAt: ctx.now, confirmedBy: by })
    .where('id', '=', of.id)
    .where('institutionId', '=', of.institutionId)
    .returningAll()
    .executeTakeFirst()
  return row ?? refuse('missing', 'capacity.missing')
}

/** What wards say of their beds, and how many of the free ones somebody holds: a hold that has run out holds nothing. */
const withFigures = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('capacity.ward as w')
    .leftJoin(
      (db) =>
        db
          .selectFrom('capacity.bed as b')
          .select(['b.wardId', sql<number>`count(*)::int`.as('held')])
          .where('b.state', '=', 'free')
          .where('b.reservationId', 'is not', null)
          .where((eb) => eb.or([eb('b.heldUntil', 'is', null), eb('b.heldUntil', '>', ctx.now)]))
          .groupBy('b.wardId')
          .as('h'),
      (join) => join.onRef('h.wardId', '=', 'w.id'),
    )

const held = sql<number>`coalesce(h.held, 0)`
const free = sql<number>`w.free - coalesce(h.held, 0)`

export interface BoardFilter {
  readonly bedKind?: BedKind | undefined
  readonly free?: boolean | undefined
  readonly institutionId?: string | undefined
  readonly sort: 'institution' | 'free' | 'age'
  readonly offset: number
  readonly limit: number
}

const sum = (of: ReturnType<typeof sql>) => sql<number>`sum(${of})::int`
const summed = [
  sum(free).as('free'),
  sum(held).as('held'),
  sum(sql`w.occupied`).as('occupied'),
  sum(sql`w.cleaning`).as('cleaning'),
  sum(sql`w.closed`).as('closed'),
] as const

/** The beds of all members by institution and kind. */
export function listBoard(ctx: Ctx, of: BoardFilter) {
  const { bedKind, institutionId } = of
  let query = withFigures(ctx)
    .innerJoin('network.name as i', 'i.id', 'w.institutionId')
    .select(['w.institutionId', 'i.shortName as institution', 'i.tier', 'w.bedKind'])
    .select([
      sql<number>`count(*)::int`.as('wards'),
      sql<Date>`min(w.confirmed_at)`.as('confirmedAt'),
      ...summed,
    ])
    .groupBy(['w.institutionId', 'i.shortName', 'i.tier', 'w.bedKind'])
  if (bedKind) query = query.where('w.bedKind', '=', bedKind)
  if (institutionId) query = query.where('w.institutionId', '=', institutionId)
  if (of.free) query = query.having(sum(free), '>', 0)
  if (of.sort === 'free') query = query.orderBy('free', 'desc')
  if (of.sort === 'age') query = query.orderBy('confirmedAt')
  return pageOf(ctx, query.orderBy('i.shortName').orderBy('w.bedKind'), of)
}

/** All beds of the region by kind. */
export const sumBoard = (ctx: Ctx) =>
  withFigures(ctx)
    .select(['w.bedKind', ...summed])
    .select([
      sql<number>`count(distinct w.institution_id) filter (where ${free} > 0)::int`.as('institutions'),
      sql<Date>`min(w.confirmed_at)`.as('oldestAt'),
    ])
    .groupBy('w.bedKind')
    .orderBy('w.bedKind')
    .execute()

export interface WardFilter {
  readonly institutionIds?: readonly string[] | undefined
  readonly departmentIds?: readonly string[] | undefined
  readonly wardId?: string | undefined
  readonly free?: boolean
  readonly limit: number
}

/** Wards with their figures. */
export function listWards(ctx: Ctx, of: WardFilter) {
  let query = withFigures(ctx)
    .leftJoin('network.departmentName as d', 'd.id', 'w.departmentId')
    .selectAll('w')
    .select(['d.name as department', free.as('free'), held.as('held')])
  if (of.institutionIds) query = query.where('w.institutionId', 'in', [...of.institutionIds, NOBODY])
  if (of.departmentIds) query = query.where('w.departmentId', 'in', [...of.departmentIds, NOBODY])
  if (of.wardId) query = query.where('w.id', '=', of.wardId)
  if (of.free) query = query.where(free, '>', 0)
  return query.orderBy('w.name').orderBy('w.id').limit(of.limit).execute()
}

/** The beds of a ward, and who has each; names masked. */
export const listBeds = (ctx: Ctx, wardId: string) =>
  tables(ctx)
    .selectFrom('capacity.bed as b')
    .leftJoin('capacity.reservation as r', (join) =>
      join.onRef('r.institutionId', '=', 'b.institutionId').onRef('r.id', '=', 'b.reservationId'),
    )
    .leftJoin('resident.card as c', 'c.id', 'r.residentId')
    .selectAll('b')
    .select('c.nameMasked')
    .where('b.wardId', '=', wardId)
    .orderBy('b.label')
    .limit(300)
    .execute()

const NOBODY = '00000000-0000-0000-0000-000000000000'
