import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables.ts'

/** The keys of this installation, the newest first. */
export const listKeys = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('identity.signingKey')
    .selectAll()
    .orderBy('since', 'desc')
    .orderBy('kid')
    .limit(5)
    .execute()

export async function addKey(ctx: Ctx, key: { kid: string; secret: string }): Promise<void> {
  await tables(ctx)
    .insertInto('identity.signingKey')
    .values({ ...key, since: ctx.now })
    .execute()
}

/** Remembers an assertion; false where it was taken before. */
export async function addAssertion(
  ctx: Ctx,
  assertion: { clientId: string; jti: string; until: Date },
): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('identity.assertion')
    .values(assertion)
    .onConflict((conflict) => conflict.columns(['clientId', 'jti']).doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}
