import * as z from 'zod/mini'
import { type Api, day, id, moment, page, paging } from './kernel.ts'
import { documentApi } from './record/document.ts'
import { qualityApi } from './record/quality.ts'

/** What a fact of the record is, as people sort it. */
export const kinds = [
  'encounter',
  'problem',
  'allergy',
  'medicine',
  'observation',
  'report',
  'procedure',
  'immunisation',
  'document',
  'plan',
  'referral',
  'order',
] as const
export const kind = z.enum(kinds)
export type Kind = z.output<typeof kind>

/** A code as it is read: the Chinese name where the tables have one, and the words of the source. */
export const label = z.object({
  text: z.string(),
  /** The source's own words, where they differ from `text`. */
  original: z.nullable(z.string()),
  system: z.nullable(z.string()),
  code: z.nullable(z.string()),
})
export type Label = z.output<typeof label>

/** How a measured value lies in its reference range, where the source says so. */
export const flag = z.enum(['low', 'normal', 'high', 'critical', 'abnormal'])

/** A measured value: the number where it is one, and as it is read. */
export const measured = z.object({
  label,
  text: z.string(),
  number: z.nullable(z.number()),
  unit: z.nullable(z.string()),
  flag: z.nullable(flag),
})
export type Measured = z.output<typeof measured>

export const institutionName = z.object({ id: z.string(), name: z.string() })

/** One fact of a record, with where it comes from: who recorded it, when, in which version. */
export const fact = z.object({
  type: z.string(),
  id: z.string(),
  kind,
  label,
  /** FHIR's own word for its state: active, resolved, finished, final … */
  status: z.nullable(z.string()),
  at: z.nullable(moment),
  until: z.nullable(moment),
  /** What was measured; several for a blood pressure, none for most kinds. */
  values: z.array(measured),
  /** Vital signs, laboratory, imaging, survey: the category of an observation or report. */
  category: z.nullable(z.string()),
  /** Dosage, reason, conclusion: one line that matters. */
  note: z.nullable(z.string()),
  /** Where it happened, if the source names it. */
  provider: z.nullable(z.string()),
  /** Whether there is a file to read: a document, the original of a report, a picture. */
  hasFile: z.boolean(),
  /** Which institution brought it into the record. */
  institution: z.nullable(institutionName),
  recordedAt: moment,
  version: z.number(),
})
export type Fact = z.output<typeof fact>

/** How one measurement went over time. */
export const trend = z.object({
  label,
  unit: z.nullable(z.string()),
  latest: fact,
  range: z.nullable(z.object({ low: z.nullable(z.number()), high: z.nullable(z.number()) })),
  series: z.array(
    z.object({
      label,
      /** `where`: who measured it, or has written it down. */
      points: z.array(
        z.object({ at: moment, value: z.number(), id: z.string(), where: z.nullable(z.string()) }),
      ),
    }),
  ),
})
export type Trend = z.output<typeof trend>

/** The record on one page. */
export const summary = z.object({
  residentId: id,
  problems: z.array(fact),
  pastProblems: z.array(fact),
  allergies: z.array(fact),
  medicines: z.array(fact),
  pastMedicines: z.array(fact),
  vitals: z.array(trend),
  labs: z.array(trend),
  encounters: z.array(fact),
  reports: z.array(fact),
  procedures: z.array(fact),
  immunisations: z.array(fact),
  documents: z.array(fact),
  plans: z.array(fact),
  /** How many facts there are of each kind, over all time. */
  counts: z.record(z.string(), z.number()),
})
export type Summary = z.output<typeof summary>

/** One version of a fact. */
export const version = z.object({
  version: z.number(),
  at: moment,
  institution: z.nullable(institutionName),
  change: z.enum(['created', 'changed', 'removed']),
})

/** One fact with everything the source says about it. */
export const opened = z.object({
  fact,
  lines: z.array(z.object({ name: z.string(), text: z.string() })),
  /** Of a report, what was found, each with the range that its source gives. */
  results: z.array(z.object({ fact, reference: z.nullable(z.string()) })),
  versions: z.array(version),
  /** Who answers for it, where it is one of our practitioners. */
  recorder: z.nullable(z.string()),
  /** The FHIR resource as it lies in the store. */
  source: z.string(),
})
export type Opened = z.output<typeof opened>

const resident = z.object({ id })
const timelineQuery = z.object({
  /** Kinds, separated by commas; all where nothing is said. */
  kinds: z.optional(z.string().check(z.regex(/^[a-z]+(,[a-z]+)*$/))),
  institutionId: z.optional(id),
  /** A part of what it is called, of its note, of who recorded it; names also in pinyin and by initials. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(60))),
  from: z.optional(day),
  to: z.optional(day),
  ...paging,
})
/** Tables that pages choose codes from: diagnoses, procedures, divisions. */
export const codeTable = z.enum(['icd10', 'icd9cm3', 'division'])
export type CodeTableName = z.output<typeof codeTable>
export const code = z.object({ code: z.string(), display: z.string() })

const own = ['resident'] as const

export const recordApi = {
  ...documentApi,
  ...qualityApi,
  readRecord: {
    method: 'GET',
    path: '/residents/:id/record',
    summary: 'The record on one page: problems, allergies, medicines, trends, encounters.',
    may: 'record.read',
    params: resident,
    returns: summary,
  },
  listAllergies: {
    method: 'GET',
    path: '/residents/:id/allergies',
    summary: 'What somebody is allergic to, each once: for the banner above every page about them.',
    may: 'record.read',
    params: resident,
    returns: z.array(fact),
  },
  listTimeline: {
    method: 'GET',
    path: '/residents/:id/timeline',
    summary: 'Everything that happened, newest first, by kind, institution and dates.',
    may: 'record.read',
    params: resident,
    query: timelineQuery,
    returns: page(fact),
  },
  readFact: {
    method: 'GET',
    path: '/residents/:id/record/:type/:rid',
    summary: 'One fact with its provenance and versions.',
    may: 'record.read',
    params: z.object({ id, type: z.string(), rid: z.string() }),
    returns: opened,
  },
  listCodes: {
    method: 'GET',
    path: '/codes',
    summary: 'Codes of a table as one types: by code, Chinese, pinyin or initials.',
    may: 'network.read',
    query: z.object({
      ...paging,
      table: codeTable,
      q: z._default(z.string().check(z.trim(), z.maxLength(60)), ''),
    }),
    returns: page(code),
  },
  readMyRecord: {
    method: 'GET',
    path: '/me/record/:id',
    summary: 'My own record, or that of somebody I stand for.',
    may: 'signed-in',
    for: own,
    params: resident,
    returns: summary,
  },
  listMyTimeline: {
    method: 'GET',
    path: '/me/record/:id/timeline',
    summary: 'Everything that happened to me, newest first.',
    may: 'signed-in',
    for: own,
    params: resident,
    query: timelineQuery,
    returns: page(fact),
  },
} as const satisfies Api
