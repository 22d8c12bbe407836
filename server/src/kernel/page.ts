import type { Page } from '@tongmai/api/kernel'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Ctx } from './ctx.ts'

const COUNT_MAX = 10_000

/** Any query whose rows can be counted. */
// biome-ignore lint/suspicious/noExplicitAny: of whatever tables
type Countable = SelectQueryBuilder<any, any, any>

/**
 * One page of `query` and how many rows it has in all, counted no further than 10 000. Order before calling; where
 * `query` looks at no more than the page needs, `all` is what is counted.
 */
export async function pageOf<DB, TB extends keyof DB, O>(
  ctx: Ctx,
  query: SelectQueryBuilder<DB, TB, O>,
  { offset, limit }: { offset: number; limit: number },
  all: Countable = query as unknown as Countable,
): Promise<Page<O>> {
  const items = await query.offset(offset).limit(limit).execute()
  if (items.length < limit && (items.length > 0 || offset === 0))
    return { items, total: offset + items.length }
  const counted = all.clearSelect().clearOrderBy().select(sql<number>`1`.as('one')).limit(COUNT_MAX)
  const row = await ctx.db
    .selectFrom(counted.as('counted') as never)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow()
  return { items, total: (row as { total: number }).total }
}
