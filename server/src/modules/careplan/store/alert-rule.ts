import type { AlertRule } from '@tongmai/api/careplan/alert-rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { tables } from './tables-of.ts'

/** Every rule as it stands today, the stopped ones too. */
export const listAllRules = (ctx: Ctx): Promise<AlertRule[]> =>
  tables(ctx)
    .selectFrom('careplan.alertRule')
    .select(['code', 'kind', 'way', 'part', 'level', 'least', 'most', 'spanHours', 'amount', 'minutes'])
    .select(['name', 'source', 'since', 'stopped'])
    .distinctOn('code')
    .where('since', '<=', dayOf(ctx.now))
    .orderBy('code')
    .orderBy('since', 'desc')
    .execute()

/** The rules in force today. */
export const listRules = async (ctx: Ctx): Promise<AlertRule[]> =>
  (await listAllRules(ctx)).filter((rule) => !rule.stopped)

/** Says how a rule holds from a day on. Call as the system. */
export async function setRule(ctx: Ctx, rule: AlertRule): Promise<void> {
  const by = { changedBy: ctx.actor.id, changedAt: ctx.now }
  const { code: _, since: __, ...set } = rule
  await tables(ctx)
    .insertInto('careplan.alertRule')
    .values({ ...rule, ...by })
    .onConflict((c) => c.columns(['code', 'since']).doUpdateSet({ ...set, ...by }))
    .execute()
}
