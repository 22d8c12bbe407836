import type { PlaceKind } from '@tongmai/api/capacity/flow'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CapacityTables } from '../tables.ts'
import { tables } from './tables-of.ts'

type Table = CapacityTables['capacity.waiting']
export type WaitingRow = Selectable<Table>

/** Emergencies first; who was offered a place and let it go stands behind; then by time. */
const turn = sql`array_position(array['emergency', 'urgent', 'routine'], w.urgency), w.offered, w.since, w.id`

/** Joins the line; the entry that is there already where the same need waits for the same department. */
export async function add(ctx: Ctx, row: Omit<Insertable<Table>, 'status' | 'offered'>): Promise<WaitingRow> {
  const added = await tables(ctx)
    .insertInto('capacity.waiting')
    .values({ ...row, status: 'waiting' })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (added) return added
  return tables(ctx)
    .selectFrom('capacity.waiting')
    .selectAll()
    .where('departmentId', '=', row.departmentId)
    .where('kind', '=', row.kind)
    .where('residentId', '=', row.residentId)
    .where('thing', '=', row.thing)
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow()
}

/** The next in line of a department, skipping whom somebody is serving; after those tried already. */
export const lockNext = (
  ctx: Ctx,
  of: { departmentId: string; kind: PlaceKind; not: readonly string[] },
): Promise<WaitingRow | undefined> =>
  tables(ctx)
    .selectFrom('capacity.waiting as w')
    .selectAll('w')
    .where('w.departmentId', '=', of.departmentId)
    .where('w.kind', '=', of.kind)
    .where('w.status', '=', 'waiting')
    .where((eb) => eb.or([eb('w.wantedUntil', 'is', null), eb('w.wantedUntil', '>', ctx.now)]))
    .$if(of.not.length > 0, (q) => q.where('w.id', 'not in', [...of.not]))
    .orderBy(turn)
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export async function lock(ctx: Ctx, id: string): Promise<WaitingRow> {
  const row = await tables(ctx)
    .selectFrom('capacity.waiting')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'capacity.missing')
}

/** The entry that a reservation was made for. */
export const lockByReservation = (ctx: Ctx, reservationId: string): Promise<WaitingRow | undefined> =>
  tables(ctx)
    .selectFrom('capacity.waiting')
    .selectAll()
    .where('reservationId', '=', reservationId)
    .forUpdate()
    .executeTakeFirst()

export const move = (
  ctx: Ctx,
  row: WaitingRow,
  next: Partial<Pick<WaitingRow, 'reservationId' | 'offered' | 'endedAt' | 'lostAt'>> & {
    status: WaitingRow['status']
  },
) =>
  tables(ctx)
    .updateTable('capacity.waiting')
    .set(next)
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .execute()

export const listOfThing = (ctx: Ctx, thing: string): Promise<WaitingRow[]> =>
  tables(ctx)
    .selectFrom('capacity.waiting')
    .selectAll()
    .where('thing', '=', thing)
    .where('status', '=', 'waiting')
    .forUpdate()
    .execute()

/** Who waits at or through the actor's institution, in their turn; those with an offer that runs come first. */
export function list(
  ctx: Ctx,
  of: {
    id?: string | undefined
    kind?: PlaceKind | undefined
    departmentId?: string | undefined
    offset: number
    limit: number
  },
) {
  const { id, kind, departmentId } = of
  let query = tables(ctx)
    .selectFrom('capacity.waiting as w')
    .innerJoin('resident.card as c', 'c.id', 'w.residentId')
    .leftJoin('network.name as i', 'i.id', 'w.institutionId')
    .leftJoin('network.departmentName as d', 'd.id', 'w.departmentId')
    .leftJoin('capacity.reservation as r', 'r.id', 'w.reservationId')
    .selectAll('w')
    .select(['c.nameMasked', 'i.shortName as institution', 'd.name as department', 'r.heldUntil'])
    .where((eb) =>
      eb.or([
        ...(id ? [eb('w.id', '=', id)] : []),
        eb('w.status', '=', 'waiting'),
        eb('w.lostAt', 'is not', null),
        eb.and([eb('w.status', '=', 'filled'), eb('r.status', '=', 'held'), eb('r.heldUntil', '>', ctx.now)]),
      ]),
    )
  if (id) query = query.where('w.id', '=', id)
  if (kind) query = query.where('w.kind', '=', kind)
  if (departmentId) query = query.where('w.departmentId', '=', departmentId)
  return pageOf(ctx, query.orderBy(sql`w.status = 'filled'`, 'desc').orderBy(turn), of)
}

/**
 * Counts anew how long patients waited: over reservations used since `since`, from the later of being asked for and
 * the time from which the patient could come, to the appointed time (a bed: to its use).
 */
export async function countTimes(ctx: Ctx, since: Date): Promise<number> {
  await tables(ctx).deleteFrom('capacity.waitingTime').execute()
  const { numAffectedRows } = await sql`
    insert into capacity.waiting_time (institution_id, department_id, kind, visits, median_days, ninetieth_days, waiting_now, counted_at)
    select institution_id, department_id, kind, count(days)::int,
      coalesce(percentile_cont(0.5) within group (order by days), 0), coalesce(percentile_cont(0.9) within group (order by days), 0),
      sum(waits)::int, ${ctx.now}
    from (
      select institution_id, department_id, kind, 0 as waits, greatest(0, extract(epoch from
        (case when kind = 'bed' then used_at else starts_at end) - greatest(asked_at, wanted_from)) / 86400) as days
      from capacity.reservation where used_at >= ${since}
      union all
      select institution_id, department_id, kind, 1, null from capacity.waiting where status = 'waiting') x
    group by 1, 2, 3`.execute(tables(ctx))
  return Number(numAffectedRows ?? 0)
}

/** Publishes times that were counted elsewhere: those of the demonstration region. */
export const addTimes = (ctx: Ctx, rows: readonly Insertable<CapacityTables['capacity.waitingTime']>[]) =>
  tables(ctx)
    .insertInto('capacity.waitingTime')
    .values([...rows])
    .execute()

/** The published times, longest first. */
export function listTimes(
  ctx: Ctx,
  of: { kind?: PlaceKind | undefined; institutionId?: string | undefined; offset: number; limit: number },
) {
  const { kind, institutionId } = of
  let query = tables(ctx)
    .selectFrom('capacity.waitingTime as t')
    .innerJoin('network.name as i', 'i.id', 't.institutionId')
    .innerJoin('network.departmentName as d', 'd.id', 't.departmentId')
    .selectAll('t')
    .select(['i.name as institution', 'd.name as department'])
  if (kind) query = query.where('t.kind', '=', kind)
  if (institutionId) query = query.where('t.institutionId', '=', institutionId)
  return pageOf(ctx, query.orderBy('t.medianDays', 'desc').orderBy('t.departmentId').orderBy('t.kind'), of)
}
