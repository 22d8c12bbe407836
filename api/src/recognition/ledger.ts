import * as z from 'zod/mini'
import { type Api, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { markScope } from './catalogue.ts'
import { outcome, refusalReason } from './order.ts'

/** One decision with everything that was known when it was taken. Who is no party of it does not see whom it concerned. */
export const decision = z.object({
  id,
  orderId: id,
  at: moment,
  resident: z.nullable(residentCard),
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  outcome,
  institutionId: id,
  institutionName: z.string(),
  practitionerId: z.nullable(id),
  practitionerName: z.string(),
  resultType: z.nullable(z.string()),
  resultId: z.nullable(z.string()),
  resultVersion: z.nullable(z.number()),
  resultHash: z.nullable(z.string()),
  resultInstitutionId: z.nullable(id),
  resultInstitutionName: z.nullable(z.string()),
  resultAt: z.nullable(moment),
  resultValue: z.nullable(z.string()),
  mark: z.nullable(markScope),
  reason: z.nullable(refusalReason),
  text: z.nullable(z.string()),
  told: z.nullable(z.boolean()),
  savedFen: z.nullable(z.number()),
  savedDoseUsv: z.nullable(z.number()),
  savedDays: z.nullable(z.number()),
  /** Of an ordered test: when its result came, and which it is. */
  answeredAt: z.nullable(moment),
  answerType: z.nullable(z.string()),
  answerId: z.nullable(z.string()),
})
export type Decision = z.output<typeof decision>

export const ledgerBy = z.enum(['institution', 'source', 'practitioner', 'item', 'reason', 'month'])
export type LedgerBy = z.output<typeof ledgerBy>

const counts = {
  /** Items ordered. */
  orders: z.number(),
  /** Of those, how often a usable result was shown. */
  prompts: z.number(),
  recognised: z.number(),
  reordered: z.number(),
  /** Recognised ÷ prompts, in hundredths of a percent; null where nothing was shown. */
  recognisedBp: z.nullable(z.number()),
  /** Done again within the window ÷ items ordered anew. */
  repeatedBp: z.nullable(z.number()),
  savedFen: z.number(),
  savedDoseUsv: z.number(),
  savedDays: z.number(),
  /** Recognised items whose price the catalogue does not know. */
  priceUnknown: z.number(),
}
export const ledgerRow = z.object({ key: z.string(), label: z.string(), ...counts })
export type LedgerRow = z.output<typeof ledgerRow>

export const ledger = z.object({ total: z.object(counts), rows: z.array(ledgerRow) })
export type Ledger = z.output<typeof ledger>

export const decisionOrder = z.enum(['newest', 'oldest'])
export type DecisionOrder = z.output<typeof decisionOrder>

const narrow = {
  from: day,
  to: day,
  institutionId: z.optional(id),
  /** The institution whose result was shown. */
  sourceId: z.optional(id),
  practitionerId: z.optional(id),
  itemId: z.optional(id),
  reason: z.optional(refusalReason),
  month: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}$/))),
}

/** What mutual recognition saved, and what was done again and why. */
export const ledgerApi = {
  readLedger: {
    method: 'GET',
    path: '/recognition-ledger',
    summary: 'Indicators and savings by member, doctor, item, reason or month',
    may: 'recognition.read',
    query: z.object({ by: ledgerBy, ...narrow }),
    returns: ledger,
  },
  listDecisions: {
    method: 'GET',
    path: '/recognition-decisions',
    summary: 'The cases behind a figure: searched, narrowed, the newest first',
    may: 'recognition.read',
    query: z.object({
      ...paging,
      ...narrow,
      from: z.optional(day),
      to: z.optional(day),
      /** Words in item, doctor, institutions or the reason given; an item also by pinyin, initials and code. */
      q: z.optional(text(60)),
      order: z._default(decisionOrder, 'newest'),
      outcome: z.optional(outcome),
      residentId: z.optional(id),
      orderId: z.optional(id),
    }),
    returns: page(decision),
  },
} as const satisfies Api
