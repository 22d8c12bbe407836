import type { Criterion } from '@tongmai/api/referral/book'
import type { ReferralDirection, Urgency } from '@tongmai/api/referral/flow'
import type { Rule, RuleConditions } from '@tongmai/api/referral/rule'
import type { Selectable } from 'kysely'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { ReferralTables } from '../tables.ts'
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
  // A version that nobody has signed yet stands behind the signed one that it would replace.
  const signed = new Set(rows.filter((row) => row.signedAt).map((row) => row.code))
  const shown = rows.filter((row) => row.signedAt || !signed.has(row.code))
  return shown.map((row) => ({
    code: row.code,
    direction: row.direction as Criterion['direction'],
    category: row.category,
    text: row.text,
    urgency: row.urgency as Urgency | null,
    source: row.source,
    signed: row.signedAt !== null,
  }))
}

const ruleOf = (row: Selectable<ReferralTables['referral.criterion']>): Rule => ({
  ...{ code: row.code, since: row.since, until: row.until, category: row.category, text: row.text },
  ...{ direction: row.direction, urgency: row.urgency, source: row.source, sort: row.sort },
  ...{ signedAt: row.signedAt, signedBy: row.signedBy, editedAt: row.editedAt, editedBy: row.editedBy },
  conditions: row.conditions as RuleConditions,
})

/** Every version, in the order of the list, the newest of each first. */
export async function listRules(ctx: Ctx, direction?: ReferralDirection): Promise<Rule[]> {
  const rows = await tables(ctx)
    .selectFrom('referral.criterion')
    .selectAll()
    .$if(direction !== undefined, (q) => q.where('direction', '=', direction as 'up'))
    .orderBy('sort')
    .orderBy('code')
    .orderBy('since', 'desc')
    .limit(LIMIT)
    .execute()
  return rows.map(ruleOf)
}

/** The version of a code that begins on a day, if there is one. */
export async function findRule(ctx: Ctx, code: string, since: string): Promise<Rule | undefined> {
  const row = await tables(ctx)
    .selectFrom('referral.criterion')
    .selectAll()
    .where('code', '=', code)
    .where('since', '=', since)
    .executeTakeFirst()
  return row && ruleOf(row)
}

/** The signed versions in force on a day: of each code the one that began last. */
export async function listSigned(ctx: Ctx, day: string, direction: ReferralDirection): Promise<Rule[]> {
  const rows = await tables(ctx)
    .selectFrom('referral.criterion')
    .selectAll()
    .where('direction', '=', direction === 'down' ? 'down' : 'up')
    .where('signedAt', 'is not', null)
    .where('since', '<=', day)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', day)]))
    .orderBy('sort')
    .limit(LIMIT)
    .execute()
  return rows.map(ruleOf)
}

/** Writes the version that begins on a day, unsigned. */
export async function putRule(
  ctx: Ctx,
  rule: Omit<Rule, 'until' | 'signedAt' | 'signedBy' | 'editedAt' | 'editedBy'>,
): Promise<Rule> {
  const direction = rule.direction === 'down' ? ('down' as const) : ('up' as const)
  const stamp = { editedAt: ctx.now, editedBy: ctx.actor.id }
  const values = { ...rule, direction, conditions: JSON.stringify(rule.conditions), ...stamp }
  const put = await asSystem(ctx, (all) =>
    tables(all)
      .insertInto('referral.criterion')
      .values(values)
      .onConflict((conflict) => conflict.columns(['code', 'since']).doUpdateSet(values))
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return ruleOf(put)
}

/** Puts a version in force; the version before it ends on the day before. */
export async function signRule(ctx: Ctx, { code, since }: { code: string; since: string }): Promise<Rule> {
  const by = ctx.actor.practitionerId
  return asSystem(ctx, async (all) => {
    const name = await tables(all)
      .selectFrom('workforce.name')
      .select('name')
      .where('id', '=', by ?? '')
      .executeTakeFirst()
    await tables(all)
      .updateTable('referral.criterion')
      .set({ until: dayAfter(since, -1) })
      .where('code', '=', code)
      .where('since', '<', since)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', since)]))
      .execute()
    const row = await tables(all)
      .updateTable('referral.criterion')
      .set({ signedAt: all.now, signedBy: name?.name ?? ctx.actor.id })
      .where('code', '=', code)
      .where('since', '=', since)
      .returningAll()
      .executeTakeFirstOrThrow()
    return ruleOf(row)
  })
}
