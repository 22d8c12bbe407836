import type { InsuranceRule, ruleApi } from '@tongmai/api/benefit/rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { listEntitlementRules } from '../store/facts.ts'
import * as store from '../store/rule.ts'

const wrong = (path: string, problem: string) =>
  refuse('unprocessable', `benefit.${problem}`, { fields: [{ path, problem }] })

/** A ratio or a range of ratios, not both and not half a range. */
function requireValues(rule: InsuranceRule): void {
  const { ratioBp, ratioMinBp, ratioMaxBp, since, until } = rule
  if ((ratioMinBp === null) !== (ratioMaxBp === null)) wrong('ratioMaxBp', 'half-a-range')
  if (ratioMinBp !== null && ratioMaxBp !== null && ratioMinBp > ratioMaxBp)
    wrong('ratioMaxBp', 'half-a-range')
  if (ratioBp !== null && ratioMinBp !== null) wrong('ratioBp', 'ratio-and-range')
  if (since !== null && until !== null && until < since) wrong('until', 'ends-before-it-starts')
}

async function enter(ctx: Ctx, rule: InsuranceRule): Promise<InsuranceRule> {
  requireValues(rule)
  if (await store.hasTouching(ctx, rule)) refuse('conflict', 'benefit.rule-overlaps')
  await store.add(ctx, [rule])
  const { id, area, since } = rule
  await tell(ctx, 'benefit.rule-added', { thing: `area:${area}`, data: { ruleId: id, area, since } })
  return rule
}

export const ruleActions: Actions<typeof ruleApi> = {
  listAreas: (ctx, { query }) => store.listAreas(ctx, query),

  async enterArea(ctx, { body }) {
    if (await store.findArea(ctx, body.area)) refuse('conflict', 'benefit.area-taken')
    await store.addArea(ctx, { ...body, standing: 'local' })
    return { area: body.area }
  },

  async setGap(ctx, { body }) {
    if (!(await store.findArea(ctx, body.area))) refuse('missing', 'benefit.area-unknown')
    await store.addChainRule(ctx, { ...body, id: ctx.id() })
    return { area: body.area }
  },

  listRules: (ctx, { query }) => store.list(ctx, query),

  async addRule(ctx, { body }) {
    const known = await store.findArea(ctx, body.area)
    const standing = known?.standing ?? 'local'
    if (!known) await store.addArea(ctx, { area: body.area, division: null, standing, note: null })
    return enter(ctx, { ...body, id: ctx.id(), standing })
  },

  async replaceRule(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    if (before.since !== null && body.since <= before.since) wrong('since', 'not-after-the-present-one')
    if (before.until !== null && before.until < body.since) refuse('conflict', 'benefit.rule-ended-already')
    await store.end(ctx, before.id, dayAfter(body.since, -1))
    return enter(ctx, { ...before, ...body, id: ctx.id(), until: before.until })
  },

  async endRule(ctx, { params, body }) {
    const rule = await store.lock(ctx, params.id)
    if (rule.since !== null && body.until < rule.since) wrong('until', 'ends-before-it-starts')
    if (rule.until !== null && rule.until < body.until) refuse('conflict', 'benefit.rule-ended-already')
    await store.end(ctx, rule.id, body.until)
    const { id, area, since } = rule
    await tell(ctx, 'benefit.rule-ended', { thing: `area:${area}`, data: { ruleId: id, area, since } })
    return { ...rule, until: body.until }
  },

  async listEntitlementRules(ctx, { query }) {
    const all = await listEntitlementRules(ctx)
    return { items: all.slice(query.offset, query.offset + query.limit), total: all.length }
  },
}
