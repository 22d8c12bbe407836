import type { hospitalChoice } from '@tongmai/api/contract/book'
import type * as z from 'zod/mini'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

/** The secondary and tertiary hospitals that an agreement in force lets a community refer to. */
export async function listHospitals(
  ctx: Ctx,
  communityId: string | null,
): Promise<z.output<typeof hospitalChoice>[]> {
  const rows = await tables(ctx)
    .selectFrom('network.serviceBetween as s')
    .innerJoin('network.name as n', 'n.id', 's.partnerId')
    .select(['n.id', 'n.name', 'n.tier'])
    .distinct()
    .where('s.service', '=', 'referral')
    .where('s.since', '<=', ctx.now)
    .where('s.until', '>', ctx.now)
    .where('n.tier', 'in', ['secondary', 'tertiary'])
    .$if(communityId !== null, (q) => q.where('s.institutionId', '=', communityId as string))
    .orderBy('n.tier')
    .orderBy('n.name')
    .limit(200)
    .execute()
  return rows.map(({ id, name, tier }) => ({ id, name, tier: tier === 'tertiary' ? tier : 'secondary' }))
}

/** The short names of institutions. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tables(ctx)
    .selectFrom('network.name')
    .select(['id', 'shortName'])
    .where('id', 'in', [...ids, nobody])
    .execute()
  return new Map(rows.map((row) => [row.id, row.shortName]))
}
