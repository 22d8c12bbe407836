import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { referralDirection, referralStatus, urgency } from './flow.ts'
import { outcome, referralForm } from './shape.ts'

/** Where in the tiers an institution stands. */
export const level = z.enum(['primary', 'secondary', 'tertiary', 'other'])
export type Level = z.output<typeof level>

export const flowBy = z.enum(['level', 'member', 'disease', 'month'])
export type FlowBy = z.output<typeof flowBy>

/** What narrows the flows, and the cases behind them. Days are those of sending, both included. */
const flowFilter = {
  from: day,
  to: day,
  direction: z.optional(referralDirection),
  fromLevel: z.optional(level),
  toLevel: z.optional(level),
  fromId: z.optional(id),
  toId: z.optional(id),
  /** Roman number of an ICD-10 chapter: `IX`. */
  chapter: z.optional(z.string().check(z.regex(/^[IVX]{1,5}$/))),
  /** ICD-10 category: `I20`; `none` for what was sent without a diagnosis, as an emergency may be. */
  category: z.optional(z.string().check(z.regex(/^([A-Z]\d{2}|none)$/))),
  status: z.optional(referralStatus),
  month: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}$/))),
}
export const flowQuery = z.object(flowFilter)
export type FlowQuery = z.output<typeof flowQuery>

const named = z.object({ id, name: z.string() })
/** One stream of patients; only what the grouping asked for is filled in. */
export const flowRow = z.object({
  direction: referralDirection,
  fromLevel: z.nullable(level),
  toLevel: z.nullable(level),
  from: z.nullable(named),
  to: z.nullable(named),
  chapter: z.nullable(z.string()),
  category: z.nullable(z.string()),
  month: z.nullable(z.string()),
  count: z.number(),
  /** Of these, refused. */
  rejected: z.number(),
})
export type FlowRow = z.output<typeof flowRow>

/** A case without its person. Its page is open to its parties only. */
export const flowCase = z.object({
  /** Null for whom it is none of theirs. */
  id: z.nullable(id),
  number: z.nullable(z.string()),
  direction: referralDirection,
  status: referralStatus,
  urgency,
  from: z.string(),
  to: z.string(),
  category: z.nullable(z.string()),
  /** The day of sending; the month where more would tell too much. */
  on: z.string(),
})
export type FlowCase = z.output<typeof flowCase>

/** How many residents turned to which level first, in a month. */
export const firstContact = z.object({ month: z.string(), level, count: z.number() })

export const verdict = z.enum(['appropriate', 'avoidable', 'tooLate', 'wrongPlace', 'undecided'])
export type Verdict = z.output<typeof verdict>

export const review = z.object({
  id,
  direction: referralDirection,
  urgency,
  from: z.string(),
  to: z.string(),
  category: z.nullable(z.string()),
  drawnAt: moment,
  due: z.nullable(moment),
  reviewer: z.string(),
  verdict: z.nullable(verdict),
  note: z.nullable(z.string()),
  judgedAt: z.nullable(moment),
})
export type Review = z.output<typeof review>

/** What a reviewer reads: the form and the outcome, without the person. */
export const reviewCase = z.extend(review, {
  mine: z.boolean(),
  indications: z.array(z.string()),
  form: z.pick(referralForm, {
    firstImpression: true,
    reason: true,
    pastHistory: true,
    treatmentSoFar: true,
    diagnosis: true,
  }),
  outcome: z.nullable(z.pick(outcome, { result: true, diagnosis: true, summary: true })),
})
export type ReviewCase = z.output<typeof reviewCase>

/** Who draws patients from whom: for the alliance's office over its partners, for the commission over the region. */
export const referralWatchApi = {
  flows: {
    method: 'GET',
    path: '/referral-watch/flows',
    summary: 'Streams of patients up, down and sideways, by level, member, disease or month.',
    may: 'referral.watch',
    query: z.object({ ...flowFilter, by: z._default(flowBy, 'level') }),
    returns: z.array(flowRow),
  },
  flowCases: {
    method: 'GET',
    path: '/referral-watch/cases',
    summary: 'The cases behind a figure, without their persons.',
    may: 'referral.watch',
    query: z.object({ ...flowFilter, ...paging }),
    returns: page(flowCase),
  },
  firstContacts: {
    method: 'GET',
    path: '/referral-watch/first-contacts',
    summary:
      'Where residents turn first: encounters without another in the thirty days before, by level and month.',
    may: 'referral.watch',
    query: z.object({ from: day, to: day }),
    returns: z.array(firstContact),
  },
  contacts: {
    method: 'GET',
    path: '/referral-watch/contacts',
    summary: 'The first contacts behind a figure: where and when, without their persons.',
    may: 'referral.watch',
    query: z.object({ from: day, to: day, level: z.optional(level), ...paging }),
    returns: page(z.object({ institution: z.string(), level, on: z.string() })),
  },
  drawReviews: {
    method: 'POST',
    path: '/referral-reviews',
    summary: 'Draws a random sample of referrals and gives them to a physician to judge.',
    may: 'alliance.office',
    body: z.object({
      from: day,
      to: day,
      direction: z.optional(referralDirection),
      size: z.number().check(z.int(), z.minimum(1), z.maximum(50)),
      reviewerId: id,
      reviewerInstitutionId: id,
    }),
    returns: z.object({ drawn: z.number() }),
  },
  listReviews: {
    method: 'GET',
    path: '/referral-reviews',
    summary: 'The reviews I was given, or that my office gave, the open ones first.',
    may: 'referral.read',
    query: z.object({ open: z.optional(z.stringbool()), verdict: z.optional(verdict), ...paging }),
    returns: page(review),
  },
  reviewRates: {
    method: 'GET',
    path: '/referral-reviews/rates',
    summary: 'How the judged ones of my office’s samples came out, by direction.',
    may: 'referral.watch',
    returns: z.array(z.object({ direction: referralDirection, verdict, count: z.number() })),
  },
  readReview: {
    method: 'GET',
    path: '/referral-reviews/:id',
    summary: 'One of them with its form and outcome, without its person.',
    may: 'referral.read',
    params: byId,
    returns: reviewCase,
  },
  judge: {
    method: 'POST',
    path: '/referral-reviews/:id/verdict',
    summary: 'The reviewer says whether it was appropriate, and why.',
    may: 'referral.treat',
    params: byId,
    body: z.object({ verdict, note: text(1000) }),
    returns: review,
  },
} as const satisfies Api
