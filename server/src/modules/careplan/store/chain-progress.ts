import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

/** Which institution's residents were read last, held; null before the first. Call as the system. */
export async function lock(ctx: Ctx): Promise<string | null> {
  await tables(ctx)
    .insertInto('careplan.chainProgress')
    .values({ institutionId: null, at: ctx.now })
    .onConflict((c) => c.doNothing())
    .execute()
  const row = await tables(ctx)
    .selectFrom('careplan.chainProgress')
    .select('institutionId')
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.institutionId
}

export const change = (ctx: Ctx, institutionId: string): Promise<unknown> =>
  tables(ctx).updateTable('careplan.chainProgress').set({ institutionId, at: ctx.now }).execute()

/** The institution after this one in id order, the first after the last. */
export async function findNext(ctx: Ctx, after: string | null): Promise<string | undefined> {
  const row = await tables(ctx)
    .selectFrom('network.name')
    .select('id')
    .where('kind', '!=', 'healthAuthority')
    .orderBy(sql`id <= ${after ?? nobody}::uuid`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}
