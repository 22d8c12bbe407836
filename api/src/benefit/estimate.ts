import * as z from 'zod/mini'
import { type Api, day, id } from '../kernel.ts'
import { careKind, insuranceScheme, insuredCategory } from './rule.ts'

/** Which way the patient goes, as seen from the stay before. */
export const careDirection = z.enum(['up', 'down', 'sideways'])
export type CareDirection = z.output<typeof careDirection>

/** One step of the working: a code the web has words for, the amount, and the figures that went into it. */
export const workingLine = z.object({
  code: z.string(),
  amountFen: z.nullable(z.number()),
  note: z.string(),
})
export type WorkingLine = z.output<typeof workingLine>

/** What it would cost at one destination. Null is unknown, and `unknown` says by code what was missing. */
export const estimate = z.object({
  totalFen: z.nullable(z.number()),
  insuranceFen: z.nullable(z.number()),
  ownFen: z.nullable(z.number()),
  deductibleFen: z.nullable(z.number()),
  ratio: z.nullable(z.number()),
  ruleId: z.nullable(id),
  working: z.array(workingLine),
  unknown: z.array(z.string()),
})
export type Estimate = z.output<typeof estimate>

/** Why something is or is not granted, with the rule that decided. */
export const entitlement = z.object({
  code: z.string(),
  granted: z.boolean(),
  reason: z.string(),
  ruleId: z.string(),
})
export type Entitlement = z.output<typeof entitlement>

const destination = z.object({
  institutionId: id,
  name: z.string(),
  level: z.nullable(z.string()),
  /** The rule used, in its source's words. */
  source: z.nullable(z.string()),
  note: z.nullable(z.string()),
  standing: z.nullable(z.string()),
  estimate,
})
export type Destination = z.output<typeof destination>

export const costComparison = z.object({
  on: day,
  area: z.nullable(z.string()),
  scheme: z.nullable(insuranceScheme),
  category: z.nullable(insuredCategory),
  age: z.nullable(z.number()),
  contracted: z.nullable(z.boolean()),
  destinations: z.array(destination),
  entitlements: z.array(entitlement),
})
export type CostComparison = z.output<typeof costComparison>

const uuids = /^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,9}$/
const yes = z.stringbool()

export const estimateApi = {
  compareCost: {
    method: 'GET',
    path: '/cost-estimates',
    summary: 'What up to ten destinations would cost, insurance and own share, with the working',
    may: 'benefit.read',
    query: z.object({
      /** A resident whose insurance is kept; without one, the category is given. */
      residentId: z.optional(id),
      area: z.optional(z.string().check(z.maxLength(40))),
      scheme: z.optional(insuranceScheme),
      category: z.optional(insuredCategory),
      age: z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(130))),
      institutionIds: z.string().check(z.regex(uuids)),
      kind: careKind,
      on: z.optional(day),
      /** A diagnosis group's code, or an ICD-10 code. */
      diagnosis: z.optional(z.string().check(z.trim(), z.maxLength(20))),
      /** The doctor's own expectation of the total, in fen. */
      totalFen: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000_000_000))),
      contracted: z.optional(yes),
      referred: z._default(yes, false),
      critical: z._default(yes, false),
      direction: z.optional(careDirection),
      episode: z.optional(z.string().check(z.maxLength(60))),
    }),
    returns: costComparison,
  },
} as const satisfies Api
