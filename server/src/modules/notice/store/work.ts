import type { Page } from '@tongmai/api/kernel'
import type { WorkCount } from '@tongmai/api/notice'
import { sql } from 'kysely'
import { type CaseFilter, listCases } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { NoticeTables } from '../tables.ts'

/** An open case, as the kernel keeps it. */
export type OpenCase = Awaited<ReturnType<ReturnType<typeof listCases>['execute']>>[number]

/** One page of open cases, the most urgent first. */
export const list = (
  ctx: Ctx,
  filter: CaseFilter,
  paging: { offset: number; limit: number },
): Promise<Page<OpenCase>> => pageOf(ctx, listCases(ctx, filter), paging)

/** What these practitioners are called. */
export async function namesOf(ctx: Ctx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await ctx.db
    .withTables<NoticeTables>()
    .selectFrom('workforce.name')
    .select(['id', 'name'])
    .where('id', 'in', wanted)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** How many open cases stand at each step. */
export async function countBySteps(ctx: Ctx, filter: CaseFilter): Promise<WorkCount[]> {
  const rows = await listCases(ctx, filter)
    .clearSelect()
    .clearOrderBy()
    .select([
      'kind',
      'step',
      sql<string>`count(*)`.as('count'),
      sql<string>`count(*) filter (where due < ${ctx.now})`.as('overdue'),
      sql<string>`count(*) filter (where escalated > 0)`.as('escalated'),
    ])
    .groupBy(['kind', 'step'])
    .execute()
  return rows.map((row) => ({
    kind: row.kind,
    step: row.step,
    count: Number(row.count),
    overdue: Number(row.overdue),
    escalated: Number(row.escalated),
  }))
}
