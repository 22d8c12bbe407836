import type { EntitlementRule } from '@tongmai/api/benefit/rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { BenefitTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<BenefitTables>()

/** The waiver or priority, held until the transaction ends; or 404. */
export const lockEntitlement = async (ctx: Ctx, id: string): Promise<EntitlementRule> =>
  (await tables(ctx)
    .selectFrom('benefit.entitlementRule')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .$castTo<EntitlementRule>()
    .executeTakeFirst()) ?? refuse('missing', 'benefit.rule-missing')

/** Adds a waiver or priority. */
export async function addEntitlement(ctx: Ctx, rule: EntitlementRule): Promise<void> {
  await tables(ctx).insertInto('benefit.entitlementRule').values(rule).execute()
}

/** Sets its last day. */
export async function endEntitlement(ctx: Ctx, id: string, until: string): Promise<void> {
  await tables(ctx).updateTable('benefit.entitlementRule').set({ until }).where('id', '=', id).execute()
}
