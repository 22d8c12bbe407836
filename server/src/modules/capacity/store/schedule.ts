import type { Quota, ScheduleException, Session } from '@tongmai/api/capacity/schedule'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CapacityTables } from '../tables.ts'
import { tables } from './tables-of.ts'

type Table = CapacityTables['capacity.schedule']
export type ScheduleRow = Omit<Selectable<Table>, 'sessions'> & { sessions: readonly Session[] }

const rowOf = (row: Selectable<Table>): ScheduleRow => ({ ...row, sessions: row.sessions as Session[] })

/** The schedules of an institution or department that have not ended by a day, with the names of who holds them. */
export async function list(
  ctx: Ctx,
  of: { institutionId: string; departmentId?: string | undefined; today: string },
) {
  const rows = await tables(ctx)
    .selectFrom('capacity.schedule as s')
    .leftJoin('network.departmentName as d', 'd.id', 's.departmentId')
    .leftJoin('workforce.name as p', 'p.id', 's.practitionerId')
    .selectAll('s')
    .select(['d.name as department', 'p.name as practitioner'])
    .where('s.institutionId', '=', of.institutionId)
    .$if(of.departmentId !== undefined, (q) => q.where('s.departmentId', '=', of.departmentId as string))
    .where((eb) => eb.or([eb('s.until', 'is', null), eb('s.until', '>=', of.today)]))
    .orderBy('d.name')
    .orderBy('s.name')
    .orderBy('s.id')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    ...rowOf(row),
    department: row.department ?? '',
    practitioner: row.practitioner,
  }))
}

/** Every schedule that is held on some day from `today` on, after the id `after`, in id order. */
export async function listRunning(
  ctx: Ctx,
  of: { today: string; after: string | null; limit: number },
): Promise<ScheduleRow[]> {
  const rows = await tables(ctx)
    .selectFrom('capacity.schedule')
    .selectAll()
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', of.today)]))
    .$if(of.after !== null, (q) => q.where('id', '>', of.after as string))
    .orderBy('id')
    .limit(of.limit)
    .execute()
  return rows.map(rowOf)
}

/** Locks a schedule of the actor's institution for a change. */
export async function lock(ctx: Ctx, id: string): Promise<ScheduleRow> {
  const row = await tables(ctx)
    .selectFrom('capacity.schedule')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? rowOf(row) : refuse('missing', 'capacity.missing')
}

export async function add(
  ctx: Ctx,
  { sessions, ...row }: Omit<Insertable<Table>, 'sessions' | 'version'> & { sessions: readonly Session[] },
): Promise<ScheduleRow> {
  const added = await tables(ctx)
    .insertInto('capacity.schedule')
    .values({ ...row, sessions: JSON.stringify(sessions) })
    .returningAll()
    .executeTakeFirstOrThrow()
  return rowOf(added)
}

/** Changes it; 409 where somebody else did first. */
export async function change(
  ctx: Ctx,
  row: ScheduleRow,
  { sessions, ...next }: Omit<Updateable<Table>, 'sessions' | 'version'> & { sessions: readonly Session[] },
): Promise<ScheduleRow> {
  const changed = await tables(ctx)
    .updateTable('capacity.schedule')
    .set({ ...next, sessions: JSON.stringify(sessions), version: row.version + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirst()
  return changed ? rowOf(changed) : refuse('conflict', 'capacity.stale')
}

/** The sets of shares of these schedules, newest first. */
export const listQuotas = (ctx: Ctx, scheduleIds: readonly string[]) =>
  tables(ctx)
    .selectFrom('capacity.quota')
    .selectAll()
    .where('scheduleId', 'in', [...scheduleIds, nobody])
    .orderBy('since', 'desc')
    .orderBy('source')
    .execute()
export type QuotaRow = Awaited<ReturnType<typeof listQuotas>>[number]

/** The shares in force on a day: the newest set not after it. */
export function quotasOn(rows: readonly QuotaRow[], day: string): Quota[] {
  const since = rows.find((row) => row.since <= day)?.since
  return rows.filter((row) => row.since === since)
}

/** Replaces the set that begins on a day. An empty set is kept as a share of nothing, so that it ends the one before. */
export async function setQuotas(
  ctx: Ctx,
  of: { institutionId: string; id: string },
  { since, quotas }: { since: string; quotas: readonly Quota[] },
): Promise<void> {
  await tables(ctx)
    .deleteFrom('capacity.quota')
    .where('institutionId', '=', of.institutionId)
    .where('scheduleId', '=', of.id)
    .where('since', '=', since)
    .execute()
  const nothing: Quota = { source: 'referral', percent: 0, releaseMinutes: 0 }
  const set: readonly Quota[] = quotas.length > 0 ? quotas : [nothing]
  await tables(ctx)
    .insertInto('capacity.quota')
    .values(set.map((one) => ({ ...one, since, institutionId: of.institutionId, scheduleId: of.id })))
    .execute()
}

/** What the calendar of these schedules says of single days, from a day on. */
export const listExceptions = (
  ctx: Ctx,
  scheduleIds: readonly string[],
  from: string,
): Promise<(ScheduleException & { scheduleId: string })[]> =>
  tables(ctx)
    .selectFrom('capacity.exception')
    .select(['scheduleId', 'day', 'kind', 'reason'])
    .where('scheduleId', 'in', [...scheduleIds, nobody])
    .where('day', '>=', from)
    .orderBy('day')
    .limit(2000)
    .execute()

export const setException = (ctx: Ctx, of: ScheduleRow, exception: ScheduleException) =>
  tables(ctx)
    .insertInto('capacity.exception')
    .values({ ...exception, institutionId: of.institutionId, scheduleId: of.id })
    .onConflict((c) =>
      c.columns(['institutionId', 'scheduleId', 'day']).doUpdateSet({
        kind: exception.kind,
        reason: exception.reason,
      }),
    )
    .execute()

export const removeException = (ctx: Ctx, of: ScheduleRow, day: string) =>
  tables(ctx)
    .deleteFrom('capacity.exception')
    .where('institutionId', '=', of.institutionId)
    .where('scheduleId', '=', of.id)
    .where('day', '=', day)
    .execute()

const nobody = '00000000-0000-0000-0000-000000000000'
