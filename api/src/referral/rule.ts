import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, text } from '../kernel.ts'
import { referralDirection, urgency } from './flow.ts'

/** What a rule may look at: the latest readings, age, and the diagnoses of the record. */
export const ruleFact = z.enum([
  'systolic',
  'diastolic',
  'heartRate',
  'respiratoryRate',
  'oxygenSaturation',
  'temperature',
  'fastingGlucose',
  'comaScale',
  'age',
  'diagnosis',
])
export type RuleFact = z.output<typeof ruleFact>
export const ruleOperator = z.enum(['atLeast', 'above', 'atMost', 'below', 'startsWith'])

/** One comparison; a diagnosis is compared by the beginning of its ICD-10 code. */
export const ruleCondition = z.object({
  fact: ruleFact,
  is: ruleOperator,
  value: z.union([z.number(), text(16)]),
})
export type RuleCondition = z.output<typeof ruleCondition>
/** Any of these groups, all of the conditions in it; none at all: it is only chosen by hand. */
export const ruleConditions = z
  .array(z.array(ruleCondition).check(z.minLength(1), z.maxLength(6)))
  .check(z.maxLength(6))
export type RuleConditions = z.output<typeof ruleConditions>

const ruleFields = {
  code: z.string().check(z.regex(/^(up|down)\.[a-zA-Z]{2,60}$/)),
  direction: referralDirection,
  category: text(20),
  text: text(300),
  urgency: z.nullable(urgency),
  source: text(200),
  conditions: ruleConditions,
  sort: z._default(z.number().check(z.int(), z.minimum(0), z.maximum(9999)), 500),
}

/** One version of an indication. Without a clinician's signature it is off: chosen by hand, never proposed. */
export const rule = z.object({
  ...ruleFields,
  since: z.string(),
  until: z.nullable(z.string()),
  signedAt: z.nullable(moment),
  signedBy: z.nullable(z.string()),
  editedAt: z.nullable(moment),
  editedBy: z.nullable(z.string()),
})
export type Rule = z.output<typeof rule>

/** An indication that the resident's facts speak for, with what it would put into the form. */
export const proposal = z.object({
  code: z.string(),
  since: z.string(),
  text: z.string(),
  category: z.string(),
  source: z.string(),
  signedBy: z.string(),
  urgency: z.nullable(urgency),
  because: z.array(z.object({ fact: ruleFact, value: z.string(), at: z.nullable(moment) })),
  /** The words for the form's reason; proposed, never forced. */
  reason: z.string(),
})
export type Proposal = z.output<typeof proposal>

/** Where a reply is offered: refusing, asking for a supplement, telling the patient, answering a question. */
export const replyUse = z.enum(['reject', 'askSupplement', 'instructions', 'awaitSlot', 'answer'])
export type ReplyUse = z.output<typeof replyUse>
export const cannedReply = z.object({
  id,
  use: replyUse,
  departmentId: z.nullable(id),
  department: z.nullable(z.string()),
  text: z.string(),
})
export type CannedReply = z.output<typeof cannedReply>

/** The indications and the ready sentences: data that offices keep. */
export const referralRuleApi = {
  listRules: {
    method: 'GET',
    path: '/referral-rules',
    summary: 'Every version of every indication, with its source, its signature and its days.',
    may: 'referral.read',
    query: z.object({ direction: z.optional(referralDirection) }),
    returns: z.array(rule),
  },
  writeRule: {
    method: 'POST',
    path: '/referral-rules',
    summary: 'Writes a new version of an indication from a day on; off until a clinician has signed it.',
    may: 'referral.rule',
    body: z.object({ ...ruleFields, since: day }),
    returns: rule,
  },
  signRule: {
    method: 'POST',
    path: '/referral-rules/sign',
    summary: 'A licensed physician who has not written it puts a version in force; the one before it ends.',
    may: 'referral.treat',
    body: z.object({ code: text(64), since: day }),
    returns: rule,
  },
  proposals: {
    method: 'GET',
    path: '/referrals/proposals',
    summary: 'The signed indications that a resident’s latest facts speak for, filled in and never forced.',
    may: 'referral.write',
    query: z.object({ residentId: id, direction: z._default(referralDirection, 'up') }),
    returns: z.array(proposal),
  },
  listReplies: {
    method: 'GET',
    path: '/canned-replies',
    summary: 'The ready sentences of my institution, of one department or of all.',
    may: 'referral.read',
    query: z.object({ use: z.optional(replyUse), departmentId: z.optional(id) }),
    returns: z.array(cannedReply),
  },
  writeReply: {
    method: 'POST',
    path: '/canned-replies',
    summary: 'Keeps a sentence for one department, or for the whole institution.',
    may: 'referral.answer',
    body: z.object({ use: replyUse, departmentId: z._default(z.nullable(id), null), text: text(500) }),
    returns: cannedReply,
  },
  changeReply: {
    method: 'POST',
    path: '/canned-replies/:id',
    summary: 'Words a ready sentence anew.',
    may: 'referral.answer',
    params: byId,
    body: z.object({ text: text(500) }),
    returns: cannedReply,
  },
  removeReply: {
    method: 'DELETE',
    path: '/canned-replies/:id',
    summary: 'Takes a ready sentence away.',
    may: 'referral.answer',
    params: byId,
    returns: z.object({ removed: z.boolean() }),
  },
} as const satisfies Api
