import type { CooperationGrade, Service, ServiceRule } from '@tongmai/api/network/alliance'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

/** The rules of an alliance that hold on `today` or later, or those that a new alliance begins with (null). */
export const list = (ctx: Ctx, allianceId: string | null, today: string): Promise<ServiceRule[]> =>
  tables(ctx)
    .selectFrom('network.serviceRule')
    .select(['grade', 'service', 'since', 'until'])
    .where('allianceId', allianceId === null ? 'is' : '=', allianceId)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .orderBy('grade')
    .orderBy('since')
    .orderBy('service')
    .limit(500)
    .$castTo<ServiceRule>()
    .execute()

/** Gives a new alliance the rules that a new alliance begins with. */
export async function addDefaults(ctx: Ctx, allianceId: string, since: string): Promise<void> {
  const defaults = await list(ctx, null, since)
  const rules = defaults.map((rule) => ({ ...rule, id: ctx.id(), allianceId }))
  if (rules.length > 0) await tables(ctx).insertInto('network.serviceRule').values(rules).execute()
}

/** From `since` on agreements of this grade switch on exactly these services; earlier days keep their rule. */
export async function change(
  ctx: Ctx,
  rule: { allianceId: string; grade: CooperationGrade; services: readonly Service[]; since: string },
): Promise<void> {
  const { allianceId, grade, since } = rule
  const mine = { allianceId, grade }
  await tables(ctx)
    .deleteFrom('network.serviceRule')
    .where('allianceId', '=', mine.allianceId)
    .where('grade', '=', mine.grade)
    .where('since', '>=', since)
    .execute()
  await tables(ctx)
    .updateTable('network.serviceRule')
    .set({ until: dayAfter(since, -1) })
    .where('allianceId', '=', mine.allianceId)
    .where('grade', '=', mine.grade)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', since)]))
    .execute()
  const rows = [...new Set(rule.services)].map((service) => ({
    id: ctx.id(),
    ...mine,
    service,
    since,
    until: null,
  }))
  if (rows.length > 0) await tables(ctx).insertInto('network.serviceRule').values(rows).execute()
}
