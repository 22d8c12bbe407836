import type { GroupRuleShown } from '@tongmai/api/contract/panel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { GroupRule } from '../priority-group.ts'
import { tables } from './tables-of.ts'

/** The rules by which people belong to priority groups today. */
export const listGroupRules = (ctx: Ctx): Promise<GroupRule[]> =>
  tables(ctx)
    .selectFrom('contract.groupRule')
    .select(['priorityGroup', 'kind', 'value', 'withinDays', 'source'])
    .where('since', '<=', dayOf(ctx.now))
    .where('state', '=', 'inForce')
    .orderBy('priorityGroup')
    .orderBy('value')
    .execute()

/** All of them, also those that wait for confirmation. */
export async function listAllGroupRules(ctx: Ctx): Promise<GroupRuleShown[]> {
  return await tables(ctx)
    .selectFrom('contract.groupRule')
    .select(['priorityGroup as group', 'kind', 'value', 'withinDays', 'since', 'source', 'state'])
    .orderBy(sql`state = 'toConfirm'`)
    .orderBy('priorityGroup')
    .orderBy('value')
    .execute()
}

/** Puts one rule into force or out of it; false where there is none. Call as the system. */
export async function confirmGroupRule(
  ctx: Ctx,
  { group, kind, value, since, ...said }: Omit<GroupRuleShown, 'withinDays'>,
): Promise<boolean> {
  const changed = await tables(ctx)
    .updateTable('contract.groupRule')
    .set({ ...said, confirmedBy: ctx.actor.id, confirmedAt: ctx.now })
    .where('priorityGroup', '=', group)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .where('since', '=', since)
    .returning('value')
    .executeTakeFirst()
  return changed !== undefined
}
