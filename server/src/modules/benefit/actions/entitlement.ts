import type { EntitlementRule, ruleApi } from '@tongmai/api/benefit/rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { addChange } from '../store/change.ts'
import * as store from '../store/entitlement.ts'
import { listEntitlementRules } from '../store/facts.ts'

const field = (path: string, problem: string) => ({ fields: [{ path, problem }] })

async function keep(
  ctx: Ctx,
  before: EntitlementRule | null,
  after: EntitlementRule,
): Promise<EntitlementRule> {
  const { id: ruleId, code, since } = after
  await addChange(ctx, { what: 'entitlementRule', subject: code, since, before, after })
  await tell(ctx, 'benefit.entitlement-changed', {
    thing: `entitlement:${code}`,
    data: { ruleId, code },
  })
  return after
}

type Entitling = Pick<
  Actions<typeof ruleApi>,
  'listEntitlementRules' | 'addEntitlementRule' | 'replaceEntitlementRule' | 'endEntitlementRule'
>

/** Waivers and priorities: added, given another version from a day on, ended; never rewritten. */
export const entitling: Entitling = {
  async listEntitlementRules(ctx, { query }) {
    const all = await listEntitlementRules(ctx)
    return { items: all.slice(query.offset, query.offset + query.limit), total: all.length }
  },

  async addEntitlementRule(ctx, { body }) {
    if (body.until !== null && body.until < body.since)
      refuse('unprocessable', 'benefit.ends-before-it-starts', field('until', 'ends-before-it-starts'))
    const rule = { ...body, id: ctx.id() }
    await store.addEntitlement(ctx, rule)
    return keep(ctx, null, rule)
  },

  async replaceEntitlementRule(ctx, { params, body }) {
    const before = await store.lockEntitlement(ctx, params.id)
    if (before.since !== null && body.since <= before.since)
      refuse(
        'unprocessable',
        'benefit.not-after-the-present-one',
        field('since', 'not-after-the-present-one'),
      )
    if (before.until !== null && before.until < body.since) refuse('conflict', 'benefit.rule-ended-already')
    await store.endEntitlement(ctx, before.id, dayAfter(body.since, -1))
    const after = { ...before, ...body, id: ctx.id() }
    await store.addEntitlement(ctx, after)
    return keep(ctx, before, after)
  },

  async endEntitlementRule(ctx, { params, body }) {
    const before = await store.lockEntitlement(ctx, params.id)
    if (before.since !== null && body.until < before.since)
      refuse('unprocessable', 'benefit.ends-before-it-starts', field('until', 'ends-before-it-starts'))
    if (before.until !== null && before.until < body.until) refuse('conflict', 'benefit.rule-ended-already')
    await store.endEntitlement(ctx, before.id, body.until)
    return keep(ctx, before, { ...before, until: body.until })
  },
}
