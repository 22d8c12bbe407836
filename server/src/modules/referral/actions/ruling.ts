import type { RuleFact, referralRuleApi } from '@tongmai/api/referral/rule'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listFacts } from '../../../kernel/resource/facts.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { requireDepartment } from '../../network/index.ts'
import { cards, requireResident } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { ageOn } from '../form-content.ts'
import { diagnosesOf, type Facts, type Known, proposalsOf, readingsOf } from '../propose.ts'
import * as replies from '../store/reply.ts'
import * as rules from '../store/rule.ts'

/** Older readings say nothing about today. */
const READING_DAYS = 30
const FACTS_MAX = 500

/** What is known of a resident: the latest reading of each kind, the diagnoses, the age. */
async function factsOf(ctx: Ctx, residentId: string): Promise<Facts> {
  const from = startOf(dayAfter(dayOf(ctx.now), -READING_DAYS))
  const page = { offset: 0, limit: FACTS_MAX }
  const observed = await listFacts(ctx, residentId, { types: ['Observation'], from, ...page })
  const problems = await listFacts(ctx, residentId, { types: ['Condition'], ...page })
  const facts = new Map<RuleFact, Known[]>()
  const latest = observed.items.flatMap((one) =>
    readingsOf(JSON.parse(one.content) as Resource, one.happenedAt),
  )
  for (const [fact, known] of latest) if (!facts.has(fact)) facts.set(fact, [known])
  const found = problems.items.flatMap((one) =>
    diagnosesOf(JSON.parse(one.content) as Resource, one.happenedAt),
  )
  facts.set(
    'diagnosis',
    found.map(([, known]) => known),
  )
  const age = ageOn((await cards(ctx, [residentId])).get(residentId)?.birthDate ?? null, dayOf(ctx.now))
  if (age !== null) facts.set('age', [{ value: age, shown: `${age} 岁`, at: null }])
  return facts
}

/** The indications as the office keeps them, what they propose, and the ready sentences. */
export const ruling: Actions<typeof referralRuleApi> = {
  listRules: (ctx, { query }) => rules.listRules(ctx, query.direction),

  async writeRule(ctx, { body }) {
    const today = dayOf(ctx.now)
    if (body.since < today) {
      const fields = [{ path: 'body.since', problem: 'passed' }]
      refuse('unprocessable', 'referral.date-passed', { fields })
    }
    if (!body.code.startsWith(`${body.direction}.`)) refuse('unprocessable', 'referral.rule-code')
    const before = await rules.findRule(ctx, body.code, body.since)
    if (before?.signedAt) refuse('conflict', 'referral.rule-signed-already')
    return rules.putRule(ctx, body)
  },

  async signRule(ctx, { body }) {
    const rule = await rules.findRule(ctx, body.code, body.since)
    if (!rule) refuse('missing', 'referral.rule-missing')
    if (rule.signedAt) refuse('conflict', 'referral.rule-signed-already')
    if (rule.editedBy === ctx.actor.id) refuse('conflict', 'referral.rule-own')
    await requireLicensed(ctx, ctx.actor.practitionerId, 'treat', ownInstitution(ctx.actor))
    return rules.signRule(ctx, body)
  },

  async proposals(ctx, { query }) {
    await requireResident(ctx, query.residentId)
    ctx.opened({ residentId: query.residentId, basis: 'treatment', thing: 'record', purpose: 'indications' })
    const inForce = await rules.listSigned(ctx, dayOf(ctx.now), query.direction)
    return proposalsOf(inForce, await factsOf(ctx, query.residentId))
  },

  listReplies: (ctx, { query }) => replies.list(ctx, query),

  async writeReply(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    if (body.departmentId) await requireDepartment(ctx, institutionId, body.departmentId)
    return replies.add(ctx, { ...body, institutionId })
  },

  changeReply: (ctx, { params, body }) => replies.change(ctx, params.id, body.text),

  removeReply: async (ctx, { params }) => ({ removed: await replies.remove(ctx, params.id) }),
}
