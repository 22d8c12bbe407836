import type { Criterion } from '@tongmai/api/referral/book'
import type { Urgency } from '@tongmai/api/referral/flow'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './referral.ts'

const LIMIT = 500

/** The indications in force on a day, in their order. */
export async function listCriteria(ctx: Ctx, day: string): Promise<Criterion[]> {
  const rows = await tables(ctx)
    .selectFrom('referral.criterion')
    .selectAll()
    .where('since', '<=', day)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', day)]))
    .orderBy('sort')
    .limit(LIMIT)
    .execute()
  return rows.map((row) => ({
    code: row.code,
    direction: row.direction as Criterion['direction'],
    category: row.category,
    text: row.text,
    urgency: row.urgency as Urgency | null,
    source: row.source,
    signed: row.signedAt !== null,
  }))
}
