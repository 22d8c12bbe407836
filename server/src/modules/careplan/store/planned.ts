import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { FollowUpRow } from './follow-up.ts'
import { tables } from './tables-of.ts'

/** A follow-up, whoever owes it; 404 where there is none. */
export async function read(ctx: Ctx, id: string): Promise<FollowUpRow> {
  const row = await tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.follow-up-missing')
}

const due = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('status', '=', 'due')
    .orderBy('dueOn')
    .orderBy('id')

/** What is due from one source, the first in front, held. */
export const listDueOf = (ctx: Ctx, source: string): Promise<FollowUpRow[]> =>
  due(ctx).where('source', '=', source).forUpdate().execute()

/** What is due of one resident, the first in front. */
export const listDueOfResident = (ctx: Ctx, residentId: string): Promise<FollowUpRow[]> =>
  due(ctx).where('residentId', '=', residentId).execute()

/** Of the sources given those from which something is due. */
export async function listLive(ctx: Ctx, sources: readonly string[]): Promise<Set<string>> {
  const rows = await due(ctx)
    .where('source', 'in', [...sources, ''])
    .execute()
  return new Set(rows.map((row) => row.source))
}

/** What was due of one resident since a day, whatever came of it. */
export const listSince = (ctx: Ctx, residentId: string, day: string): Promise<FollowUpRow[]> =>
  tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('dueOn', '>=', day)
    .execute()

/** Ends all that is due from one source; answers whose they were. */
export async function endAll(ctx: Ctx, source: string) {
  return tables(ctx)
    .updateTable('careplan.followUp')
    .set({ status: 'ended', recordedAt: ctx.now })
    .where('source', '=', source)
    .where('status', '=', 'due')
    .returning(['id', 'residentId', 'institutionId', 'source'])
    .execute()
}

/** What is due of one resident, ended: they have died or moved away. */
export const endAllOf = (ctx: Ctx, residentId: string) =>
  tables(ctx)
    .updateTable('careplan.followUp')
    .set({ status: 'ended', recordedAt: ctx.now })
    .where('residentId', '=', residentId)
    .where('status', '=', 'due')
    .returning(['id', 'residentId', 'institutionId', 'source'])
    .execute()

/** Whose enrolment it is, as far as the actor may see it; 404 where there is none. */
export async function readEnrolment(ctx: Ctx, id: string): Promise<{ residentId: string }> {
  const row = await tables(ctx)
    .selectFrom('careplan.enrolment')
    .select('residentId')
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.enrolment-missing')
}

/** The last follow-ups of an enrolment that were done, the newest in front. */
export const listLastDone = (
  ctx: Ctx,
  of: { residentId: string; enrolmentId: string },
  limit: number,
): Promise<FollowUpRow[]> =>
  tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('residentId', '=', of.residentId)
    .where('enrolmentId', '=', of.enrolmentId)
    .where('status', '=', 'done')
    .orderBy('doneAt', 'desc')
    .limit(limit)
    .execute()

/** How many are due on a day, by who owes them. */
export const countDueOn = (ctx: Ctx, day: string) =>
  tables(ctx)
    .selectFrom('careplan.followUp')
    .where('status', '=', 'due')
    .where('dueOn', '=', day)
    .groupBy(['institutionId', 'practitionerId'])
    .select(['institutionId', 'practitionerId', sql<number>`count(*)::int`.as('count')])
    .execute()
