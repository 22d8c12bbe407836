import * as z from 'zod/mini'
import { type Api, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'

/** The indicators of family-doctor contracts; their definitions with sources are data. */
export const indicatorCodes = [
  'coverage',
  'registered',
  'keyGroup',
  'paid',
  'renewal',
  'fulfilment',
  'primaryVisit',
  'inCombination',
  'firstContact',
  'referred',
  'control',
  'satisfaction',
] as const
export const indicatorCode = z.enum(indicatorCodes)
export type IndicatorCode = (typeof indicatorCodes)[number]

/** Why nobody can tell: what is missing, or that the count has no meaning for this scope. */
export const unknownReason = z.enum([
  'noPopulation',
  'communityOnly',
  'noVisits',
  'noReferrals',
  'noProgrammes',
  'nobodyAsked',
])
export type UnknownReason = z.output<typeof unknownReason>

/** have ÷ should; null where it is unknown, with why. */
export const indicatorValue = z.object({
  code: indicatorCode,
  have: z.nullable(z.number()),
  should: z.nullable(z.number()),
  unknown: z.nullable(unknownReason),
  /** Whether the people behind each count can be listed; a published statistic has none. */
  opens: z.object({ have: z.boolean(), should: z.boolean() }),
})
export type IndicatorValue = z.output<typeof indicatorValue>

/** What an indicator counts, by which rule, since when, and who says so. */
export const indicatorDefinition = z.object({
  code: indicatorCode,
  have: z.string(),
  should: z.string(),
  note: z.string(),
  source: z.string(),
  since: day,
})
export type IndicatorDefinition = z.output<typeof indicatorDefinition>

/** One of those compared: a doctor, a team, a community. */
export const indicatorRow = z.object({
  id,
  name: z.string(),
  values: z.array(indicatorValue),
})
export type IndicatorRow = z.output<typeof indicatorRow>

/** One person (or one service, visit, contract of theirs) that a count counts. */
export const indicatorPerson = z.object({
  resident: residentCard,
  contractId: z.nullable(id),
  on: z.nullable(day),
  detail: z.string(),
  /** Whether it stands in the numerator too. */
  counts: z.boolean(),
})
export type IndicatorPerson = z.output<typeof indicatorPerson>

/** How many people live in an area, as somebody has read it somewhere. */
export const population = z.object({
  people: z.number(),
  asOf: day,
  source: z.string(),
  recordedAt: moment,
})
export type Population = z.output<typeof population>

const period = { from: day, to: day }
const scope = { teamId: z.optional(id), doctorId: z.optional(id) }

export const indicatorApi = {
  readIndicators: {
    method: 'GET',
    path: '/contract-indicators',
    summary: 'The indicators of my community, one of its teams or doctors, over a period, with definitions.',
    may: 'contract.count',
    query: z.object({ ...period, ...scope }),
    returns: z.object({
      values: z.array(indicatorValue),
      definitions: z.array(indicatorDefinition),
      population: z.nullable(population),
    }),
  },
  compareIndicators: {
    method: 'GET',
    path: '/contract-indicators/by',
    summary: 'The same indicators side by side, for each team or each doctor of my community.',
    may: 'contract.count',
    query: z.object({ ...period, by: z.enum(['team', 'doctor']) }),
    returns: z.array(indicatorRow),
  },
  watchIndicators: {
    method: 'GET',
    path: '/contract-indicators/communities',
    summary: 'The indicators of every community that my institution leads or oversees; counts only.',
    may: 'contract.watch',
    query: z.object(period),
    returns: z.array(indicatorRow),
  },
  listIndicatorPeople: {
    method: 'GET',
    path: '/contract-indicators/:code/people',
    summary: 'Whom a count counts: those who should, and which of them do.',
    may: 'contract.count',
    params: z.object({ code: indicatorCode }),
    query: z.object({
      ...{ ...period, ...scope, ...paging },
      /** have: only the numerator; missing: only who is not in it. */
      half: z._default(z.enum(['have', 'should', 'missing']), 'should'),
    }),
    returns: page(indicatorPerson),
  },
  setPopulation: {
    method: 'POST',
    path: '/contract-population',
    summary: 'How many people live in the area of my community, with its source.',
    may: 'contract.manage',
    body: z.object({
      people: z.number().check(z.int(), z.minimum(1), z.maximum(10_000_000)),
      asOf: day,
      source: text(200),
    }),
    returns: population,
  },
} as const satisfies Api
