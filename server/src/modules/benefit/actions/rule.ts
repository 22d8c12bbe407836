import type { InsuranceRule, ruleApi } from '@tongmai/api/benefit/rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { estimateCost } from '../estimate-cost.ts'
import { tell } from '../events.ts'
import { addChange, listChanges } from '../store/change.ts'
import * as store from '../store/rule.ts'
import { entitling } from './entitlement.ts'

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

async function enter(ctx: Ctx, rule: InsuranceRule, before: InsuranceRule | null): Promise<InsuranceRule> {
  requireValues(rule)
  if (await store.hasTouching(ctx, rule)) refuse('conflict', 'benefit.rule-overlaps')
  await store.add(ctx, [rule])
  const { id, area, since } = rule
  await addChange(ctx, { what: 'insuranceRule', subject: area, since, before, after: rule })
  await tell(ctx, 'benefit.rule-added', { thing: `area:${area}`, data: { ruleId: id, area, since } })
  return rule
}

/** How one bill is shared by a rule, for somebody insured under it who has paid no deductible before. */
function sharesOf(rule: InsuranceRule, totalFen: number) {
  const expected = { totalFen, coveredFen: null, from: 'given', note: '', unknown: [] } as const
  const whole = { fen: rule.deductibleFen, code: 'deductible.full', note: '', unknown: [] } as const
  const { insuranceFen, ownFen } = estimateCost(expected, rule, whole)
  return { insuranceFen, ownFen }
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
    const { area, since } = body
    const before = (await store.findGap(ctx, area, since)) ?? null
    await store.setGap(ctx, { ...body, id: ctx.id() })
    await addChange(ctx, { what: 'gap', subject: area, since, before, after: body })
    await tell(ctx, 'benefit.gap-set', { thing: `area:${area}`, data: { area, since } })
    return { area }
  },

  listRules: (ctx, { query }) => store.list(ctx, query),

  async addRule(ctx, { body }) {
    const known = await store.findArea(ctx, body.area)
    const standing = known?.standing ?? 'local'
    if (!known) await store.addArea(ctx, { area: body.area, division: null, standing, note: null })
    return enter(ctx, { ...body, id: ctx.id(), standing }, null)
  },

  async replaceRule(ctx, { params, body }) {
    const before = await store.lock(ctx, params.id)
    if (before.since !== null && body.since <= before.since) wrong('since', 'not-after-the-present-one')
    if (before.until !== null && before.until < body.since) refuse('conflict', 'benefit.rule-ended-already')
    await store.end(ctx, before.id, dayAfter(body.since, -1))
    return enter(ctx, { ...before, ...body, id: ctx.id(), until: before.until }, before)
  },

  async endRule(ctx, { params, body }) {
    const rule = await store.lock(ctx, params.id)
    if (rule.since !== null && body.until < rule.since) wrong('until', 'ends-before-it-starts')
    if (rule.until !== null && rule.until < body.until) refuse('conflict', 'benefit.rule-ended-already')
    await store.end(ctx, rule.id, body.until)
    const { id, area, since } = rule
    const after = { ...rule, until: body.until }
    await addChange(ctx, { what: 'insuranceRule', subject: area, since, before: rule, after })
    await tell(ctx, 'benefit.rule-ended', { thing: `area:${area}`, data: { ruleId: id, area, since } })
    return after
  },

  async tryRule(ctx, { params, query }) {
    const { totalFen, deductibleFen, ratioBp, capFen } = query
    const now = await store.find(ctx, params.id)
    const typed = { deductibleFen: deductibleFen ?? null, ratioBp: ratioBp ?? null, capFen: capFen ?? null }
    return { before: sharesOf(now, totalFen), after: sharesOf({ ...now, ...typed }, totalFen) }
  },

  listBenefitChanges: (ctx, { query }) => listChanges(ctx, query),

  ...entitling,
}
