import * as z from 'zod/mini'
import { type Api, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'

/** What a rule looks at: 完整性、有效性、合理性、及时性、一致性. */
export const dimension = z.enum(['completeness', 'validity', 'plausibility', 'timeliness', 'consistency'])
export type Dimension = z.output<typeof dimension>

/** How what the expression finds is judged: it is true, every code stands in a table, it is no older than so many hours. */
export const measure = z.enum(['holds', 'listed', 'within'])
export type Measure = z.output<typeof measure>

const terms = {
  since: day,
  type: text(64),
  dimension,
  title: text(100),
  /** FHIRPath: which resources it speaks of; all of the type where nothing is said. */
  applies: z.nullable(text(1_000)),
  /** FHIRPath over the resource; `%patient` is whom it concerns. */
  expression: text(1_000),
  measure,
  /** The code table's name of `listed`, the hours of `within`. */
  parameter: z.nullable(text(60)),
  /** How much it counts in the score, 1 to 10; 0 switches it off. */
  weight: z.int().check(z.minimum(0), z.maximum(10)),
  source: text(200),
}
export const qualityTerms = z.object(terms)
export type QualityTerms = z.output<typeof qualityTerms>
export const qualityRule = z.object({ ...terms, code: z.string(), until: z.nullable(day) })
export type QualityRule = z.output<typeof qualityRule>

export const scoreBy = z.enum([
  'institution',
  'department',
  'practitioner',
  'type',
  'dimension',
  'rule',
  'month',
  'day',
])
export type ScoreBy = z.output<typeof scoreBy>

const counts = {
  /** Checks made of what came in. */
  checked: z.number(),
  failed: z.number(),
  /** Passed ÷ checked, each check by its rule's weight, in hundredths of a percent; null where nothing was checked. */
  scoreBp: z.nullable(z.number()),
}
export const scoreRow = z.object({ key: z.string(), label: z.string(), ...counts })
export type ScoreRow = z.output<typeof scoreRow>
export const scores = z.object({
  /** What is open is what is to be mended now, whenever it came in. */
  total: z.object({ ...counts, open: z.number() }),
  dimensions: z.array(scoreRow),
  rows: z.array(scoreRow),
})
export type Scores = z.output<typeof scores>

/** Whose lines are drawn over time. */
export const trendBy = z.enum(['institution', 'department', 'practitioner', 'type'])
export type TrendBy = z.output<typeof trendBy>
export const trendStep = z.enum(['day', 'week', 'month'])
export type TrendStep = z.output<typeof trendStep>
/** One group in one step of time; `at` is the first day of the step. */
export const trendPoint = z.object({ at: day, ...scoreRow.shape })
export type TrendPoint = z.output<typeof trendPoint>

const narrow = {
  institutionId: z.optional(id),
  departmentId: z.optional(id),
  practitionerId: z.optional(id),
  type: z.optional(z.string().check(z.maxLength(64))),
  dimension: z.optional(dimension),
  rule: z.optional(z.string().check(z.maxLength(64))),
}

/** The element that is wrong, with its repeat (`code.coding[1].code`), or one that is not there. */
export const findingPlace = z.object({
  path: z.string(),
  missing: z.boolean(),
  /** What stands there, with its unit, where a rule does not hold because of it; never of a registration. */
  found: z.optional(z.string()),
  /** Places of the same number are alternatives: mending one of them is enough. */
  either: z.optional(z.number()),
})
export type FindingPlace = z.output<typeof findingPlace>
/** Five at most; none where the rule looks at nothing that has a place. */
export const findingPlaces = z.array(findingPlace)
export type FindingPlaces = z.output<typeof findingPlaces>

/** One thing to mend, with the way to it. */
export const finding = z.object({
  type: z.string(),
  resourceId: z.string(),
  rule: z.string(),
  title: z.string(),
  dimension,
  /** What was found there: the code that stands in no table, the value, the hours. */
  detail: z.string(),
  /** Where in the entry. */
  places: findingPlaces,
  resident: z.nullable(residentCard),
  practitionerId: z.nullable(id),
  practitionerName: z.nullable(z.string()),
  departmentName: z.nullable(z.string()),
  foundAt: moment,
  mendedAt: z.nullable(moment),
})
export type Finding = z.output<typeof finding>

export const trial = z.object({
  /** So many of the newest resources were looked at; of those so many the rule speaks of, and so many fail. */
  looked: z.number(),
  checked: z.number(),
  failed: z.number(),
})
export type Trial = z.output<typeof trial>

/** How good what comes in is, and what is to be mended [C5]. */
export const qualityApi = {
  readQualityScores: {
    method: 'GET',
    path: '/quality-scores',
    summary:
      'The score of what came in between two days, by institution, department, doctor, type, rule or time',
    may: 'quality.read',
    query: z.object({ by: scoreBy, from: day, to: day, ...narrow }),
    returns: scores,
  },
  readQualityTrend: {
    method: 'GET',
    path: '/quality-trend',
    summary: 'The same scores step by step, for the seven groups of which most was checked',
    may: 'quality.read',
    query: z.object({ by: trendBy, step: trendStep, from: day, to: day, ...narrow }),
    returns: z.array(trendPoint),
  },
  listQualityFindings: {
    method: 'GET',
    path: '/quality-findings',
    summary: 'What is to be mended at the own institution; whoever does not oversee it sees their own',
    may: 'quality.read',
    query: z.object({
      ...{ ...paging, ...narrow, from: z.optional(day), to: z.optional(day) },
      /** Of one resource only, with `type`. */
      resourceId: z.optional(z.string().check(z.maxLength(64))),
      state: z._default(z.enum(['open', 'mended', 'all']), 'open'),
    }),
    returns: page(finding),
  },
  listQualityRules: {
    method: 'GET',
    path: '/quality-rules',
    summary: 'The rules as they stand on a day',
    may: 'quality.read',
    query: z.object({ on: z.optional(day), type: narrow.type, dimension: narrow.dimension }),
    returns: z.array(qualityRule),
  },
  setQualityRule: {
    method: 'PUT',
    path: '/quality-rules/:code',
    summary: 'Says how a rule stands from a day on; what was judged before stays as it was judged',
    may: 'quality.manage',
    params: z.object({ code: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{1,63}$/)) }),
    body: qualityTerms,
    returns: qualityRule,
  },
  tryQualityRule: {
    method: 'POST',
    path: '/quality-rules/try',
    summary: 'Judges the newest resources by a rule that is not kept',
    may: 'quality.manage',
    body: qualityTerms,
    returns: trial,
  },
} as const satisfies Api
