import type { StepRecord } from '@tongmai/api/careplan/following-pathway'
import { type Expression, type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { maySee } from '../../../kernel/grant.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CareplanTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

export type FollowedRow = Selectable<CareplanTables['careplan.followedPathway']>

const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.followedPathway as u')
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where(
        (eb): Expression<SqlBool> =>
          eb.or([eb('u.institutionId', '=', ctx.actor.institutionId ?? nobody), maySee(ctx, 'u.residentId')]),
      ),
    )

/** One that goes on at one's own institution, held; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<FollowedRow> {
  const row = await tables(ctx)
    .selectFrom('careplan.followedPathway')
    .selectAll()
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.followed-pathway-missing')
}

/** What a resident is and was on, what goes on first. */
export const listOf = (ctx: Ctx, residentId: string) =>
  visible(ctx)
    .innerJoin('careplan.pathway as p', 'p.id', 'u.pathwayId')
    .leftJoin('network.name as owner', 'owner.id', 'p.institutionId')
    .where('u.residentId', '=', residentId)
    .selectAll('u')
    .select(['p.title', 'p.version', 'p.programme', 'p.steps', 'p.status', 'owner.shortName as owner'])
    .orderBy(sql`u.ended_on desc nulls first`)
    .orderBy('u.startedOn', 'desc')
    .limit(20)
    .execute()

/** Puts somebody on it; 409 where they are already, wherever. */
export async function add(
  ctx: Ctx,
  row: Insertable<CareplanTables['careplan.followedPathway']>,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('careplan.followedPathway')
    .values(row)
    .onConflict((c) => c.columns(['residentId', 'line']).where('endedOn', 'is', null).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) refuse('conflict', 'careplan.on-pathway-already')
}

export async function change(ctx: Ctx, row: FollowedRow, set: Partial<FollowedRow>): Promise<FollowedRow> {
  return tables(ctx)
    .updateTable('careplan.followedPathway')
    .set(set)
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Takes somebody off everything: they have died or moved. */
export const endAllOf = (ctx: Ctx, residentId: string, reason: string): Promise<FollowedRow[]> =>
  tables(ctx)
    .updateTable('careplan.followedPathway')
    .set({ endedOn: dayOf(ctx.now), endReason: reason })
    .where('residentId', '=', residentId)
    .where('endedOn', 'is', null)
    .returningAll()
    .execute()

export type RecordRow = Selectable<CareplanTables['careplan.stepRecord']>

export async function addRecord(
  ctx: Ctx,
  row: Omit<RecordRow, 'answers'> & { answers: string | null },
): Promise<void> {
  await tables(ctx).insertInto('careplan.stepRecord').values(row).execute()
}

const RECORDS = 100

/** What was recorded at the steps of one, the newest first. */
export async function listRecords(
  ctx: Ctx,
  of: { residentId: string; followedId: string },
): Promise<StepRecord[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.stepRecord as r')
    .leftJoin('workforce.name as doer', 'doer.id', 'r.byId')
    .where('r.residentId', '=', of.residentId)
    .where('r.followedId', '=', of.followedId)
    .selectAll('r')
    .select('doer.name as by')
    .orderBy('r.at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(RECORDS)
    .execute()
  return rows.map(({ id, step, outcome, at, by, reason, note, form, answers }) => ({
    ...{ id, step, outcome, at, by, reason, note, form, answers },
  }))
}

/** All in id order, for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<FollowedRow[]> =>
  tables(ctx)
    .selectFrom('careplan.followedPathway')
    .selectAll()
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()

/** Which of these go on. */
export async function listLive(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.followedPathway')
    .select('id')
    .where('id', 'in', [...ids, nobody])
    .where('endedOn', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}
