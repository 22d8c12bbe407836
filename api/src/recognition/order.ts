import * as z from 'zod/mini'
import { type Api, id, moment, text } from '../kernel.ts'
import { itemCategory, markScope, window } from './catalogue.ts'

/** Why a result cannot stand for a new one. */
export const unusableWhy = z.enum([
  'out-of-window',
  'no-quality',
  'failed-quality',
  'out-of-scope',
  'other-method',
  'method-unknown',
  'not-final',
  'no-date',
  'in-the-future',
  'no-value',
  'no-unit',
])
export type UnusableWhy = z.output<typeof unusableWhy>

/** By which assessment a result carries its mark. */
export const quality = z.object({
  gateId: id,
  scope: markScope,
  body: z.string(),
  year: z.number(),
  until: z.string(),
})
export type Quality = z.output<typeof quality>

/** One result of the record that speaks of an item. */
export const foundResult = z.object({
  type: z.enum(['Observation', 'DiagnosticReport']),
  id: z.string(),
  version: z.number(),
  /** SHA-256 of the resource as it was read. */
  hash: z.string(),
  name: z.string(),
  /** Value or conclusion, as it is read. */
  value: z.string(),
  flag: z.nullable(z.enum(['low', 'normal', 'high', 'critical', 'abnormal'])),
  method: z.nullable(z.string()),
  at: z.nullable(moment),
  ageDays: z.nullable(z.number()),
  institutionId: z.nullable(id),
  institutionName: z.string(),
  /** Of the institution that asks. */
  own: z.boolean(),
  /** How far the result is recognised: the narrower of item and assessment; null without one. */
  mark: z.nullable(markScope),
  quality: z.nullable(quality),
  why: z.nullable(unusableWhy),
})
export type FoundResult = z.output<typeof foundResult>

/** One item with what of it lies in the record: first what can be used, then what cannot, and why. */
export const itemResults = z.object({
  itemId: id,
  code: z.string(),
  name: z.string(),
  category: itemCategory,
  window: z.nullable(window),
  usable: z.array(foundResult),
  unusable: z.array(foundResult),
})
export type ItemResults = z.output<typeof itemResults>

/** The six cases in which a recognised result may be done again, in the order of the regulation. */
export const refusalReason = z.enum([
  'conditionChanged',
  'changesFast',
  'majorDecision',
  'emergency',
  'appraisal',
  'other',
])
export type RefusalReason = z.output<typeof refusalReason>

/** The six cases of the regulation in its words. */
export const reorderReasons: Readonly<Record<RefusalReason, string>> = {
  conditionChanged: '病情变化，结果与临床表现不符',
  changesFast: '该项指标变化较快',
  majorDecision: '手术、输血等重大医疗措施前',
  emergency: '急诊、急救',
  appraisal: '司法、伤残、病退等鉴定',
  other: '其他确需复查的情形',
}

const itemId = id
export const line = z.discriminatedUnion('outcome', [
  /** Uses the result: reference, version and hash are kept. */
  z.object({
    itemId,
    outcome: z.literal('recognised'),
    result: z.object({ type: z.enum(['Observation', 'DiagnosticReport']), id: z.string(), hash: z.string() }),
  }),
  /** Does it again although a usable result was shown. */
  z.object({
    itemId,
    outcome: z.literal('reordered'),
    reason: refusalReason,
    text: z.nullable(text(300)),
    told: z.boolean(),
  }),
  /** There was nothing usable: an order like any other. */
  z.object({ itemId, outcome: z.literal('ordered') }),
])
export type Line = z.output<typeof line>

export const outcome = z.enum(['recognised', 'reordered', 'ordered'])
export type Outcome = z.output<typeof outcome>

export const decided = z.object({
  id,
  itemId: id,
  itemName: z.string(),
  outcome,
  savedFen: z.nullable(z.number()),
  savedDoseUsv: z.nullable(z.number()),
  savedDays: z.nullable(z.number()),
})

/** What was decided for me, as a resident reads it. */
export const mine = z.object({
  id,
  residentId: id,
  at: moment,
  itemName: z.string(),
  outcome,
  institution: z.string(),
  resultInstitution: z.nullable(z.string()),
  resultAt: z.nullable(moment),
  reason: z.nullable(refusalReason),
  savedFen: z.nullable(z.number()),
  savedDays: z.nullable(z.number()),
  radiation: z.boolean(),
})
export type MyDecision = z.output<typeof mine>

const hex = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const idList = new RegExp(`^(${hex}(,${hex}){0,39})?$`)

/** Ordering tests and examinations, with what others have already found shown first. */
export const orderApi = {
  listUsable: {
    method: 'GET',
    path: '/residents/:id/usable-results',
    summary: 'Results of any member for these items: usable ones first, the others with why not',
    may: 'recognition.order',
    params: z.object({ id }),
    query: z.object({
      /** Ids of items, separated by commas, at most 40. */
      items: z._default(z.string().check(z.regex(idList)), ''),
    }),
    returns: z.array(itemResults),
  },
  orderTests: {
    method: 'POST',
    path: '/residents/:id/test-orders',
    summary: 'Decides item by item: uses a result, or orders anew with the reason; the whole is one order',
    may: 'recognition.order',
    params: z.object({ id }),
    body: z.object({
      lines: z.array(line).check(z.minLength(1), z.maxLength(40)),
      note: z.nullable(text(300)),
    }),
    returns: z.object({ id, lines: z.array(decided) }),
  },
  listMyTests: {
    method: 'GET',
    path: '/me/tests',
    summary: 'Which of my results were used again and what was done again, the newest first',
    may: 'signed-in',
    for: ['resident'],
    returns: z.array(mine),
  },
} as const satisfies Api
