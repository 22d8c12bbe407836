import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, text } from '../kernel.ts'
import { careKind, insuranceScheme, insuredCategory } from './rule.ts'

/** What a resident is insured by, from when to when. */
export const insured = z.object({
  id,
  area: z.string(),
  scheme: insuranceScheme,
  category: insuredCategory,
  since: day,
  until: z.nullable(day),
  recordedAt: moment,
})
export type Insured = z.output<typeof insured>

/** One stay in hospital as far as the deductible goes; stays of one episode share it. */
export const stay = z.object({
  id,
  episode: z.string(),
  institutionId: id,
  institutionName: z.string(),
  admittedOn: day,
  dischargedOn: z.nullable(day),
  /** What was paid as deductible; null where nobody knows. */
  deductiblePaidFen: z.nullable(z.number()),
  /** What insurance paid; null where nobody knows. It counts against the yearly cap. */
  insurancePaidFen: z.nullable(z.number()),
  referralId: z.nullable(id),
})
export type Stay = z.output<typeof stay>

/** How much of a yearly cap was used by a day, as the insurer's statement says. */
export const capUse = z.object({
  id,
  kind: careKind,
  asOf: day,
  usedFen: z.number(),
  source: z.string(),
})
export type CapUse = z.output<typeof capUse>

export const residentInsurance = z.object({
  /** The one in force today; null is unknown. */
  current: z.nullable(insured),
  history: z.array(insured),
  stays: z.array(stay),
  /** The latest statement of this year for each kind of care, and what stays have added since; null is unknown. */
  capUses: z.array(capUse),
  mayRecord: z.boolean(),
})
export type ResidentInsurance = z.output<typeof residentInsurance>

const fen = z.nullable(z.number().check(z.int(), z.minimum(0), z.maximum(100_000_000)))
const scheme = z.enum(['resident', 'employee'])
const category = z.enum(['general', 'retired', 'minor', 'assisted'])

export const insuredApi = {
  readInsurance: {
    method: 'GET',
    path: '/residents/:id/insurance',
    summary: 'What a resident is insured by, and the stays that count for the deductible',
    may: 'benefit.read',
    params: byId,
    returns: residentInsurance,
  },
  recordInsurance: {
    method: 'POST',
    path: '/residents/:id/insurance',
    summary: 'Records area, scheme and category as shown at the desk; the one before ends the day before',
    may: 'benefit.insure',
    params: byId,
    body: z.object({ area: text(40), scheme, category, since: day }),
    returns: insured,
  },
  recordStay: {
    method: 'POST',
    path: '/residents/:id/stays',
    summary: 'Records a stay and the deductible paid; without an episode it begins one',
    may: 'benefit.insure',
    params: byId,
    body: z.object({
      episode: z.optional(text(60)),
      institutionId: id,
      admittedOn: day,
      dischargedOn: z.nullable(day),
      deductiblePaidFen: fen,
      insurancePaidFen: z._default(fen, null),
      referralId: z.nullable(id),
    }),
    returns: stay,
  },
  recordCapUse: {
    method: 'POST',
    path: '/residents/:id/cap-use',
    summary: 'Records how much of the yearly cap was used by a day, from the insurer’s statement',
    may: 'benefit.insure',
    params: byId,
    body: z.object({
      kind: careKind,
      asOf: day,
      usedFen: z.number().check(z.int(), z.minimum(0), z.maximum(100_000_000)),
      source: text(200),
    }),
    returns: capUse,
  },
} as const satisfies Api
