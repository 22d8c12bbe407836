import * as z from 'zod/mini'
import { type Api, day, id, page, paging, text } from '../kernel.ts'
import { tier } from '../network/institution.ts'
import { careKind } from './rule.ts'

/** The price of one item at institutions of one tier, from when to when. */
export const tariff = z.object({
  id,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  tier,
  priceFen: z.number(),
  /** 先行自付: the share paid by the patient before insurance counts, in hundredths of a percent; null is unknown. */
  selfPayBp: z.nullable(z.number()),
  since: day,
  until: z.nullable(day),
  source: z.string(),
})
export type Tariff = z.output<typeof tariff>

/** So much of an item, as is usual at institutions of a tier. */
export const typicalItem = z.object({
  kind: careKind,
  tier,
  itemCode: text(20),
  quantity: z.number().check(z.int(), z.minimum(1), z.maximum(1000)),
})
export type TypicalItem = z.output<typeof typicalItem>

/** What is usually done for one group of diagnoses, so that a total can be expected. */
export const diagnosisGroup = z.object({
  code: z.string(),
  name: z.string(),
  /** Beginnings of ICD-10 codes that belong to it. */
  icd: z.array(z.string()),
  kinds: z.array(careKind),
  source: z.string(),
  since: day,
  until: z.nullable(day),
})
export type DiagnosisGroup = z.output<typeof diagnosisGroup>

/** A dry run changes nothing; a line with a problem is left out either way. */
export const importAnswer = z.object({
  lines: z.number(),
  added: z.number(),
  replaced: z.number(),
  unchanged: z.number(),
  problems: z.array(z.object({ line: z.number(), problem: z.string(), value: z.string() })),
})
export type ImportAnswer = z.output<typeof importAnswer>

export const csvText = z.string().check(z.minLength(1), z.maxLength(2_000_000))

export const tariffApi = {
  listTariffs: {
    method: 'GET',
    path: '/tariffs',
    summary: 'Prices by item and tier, in force on a day or all versions',
    may: 'benefit.read',
    query: z.object({
      ...paging,
      q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
      tier: z.optional(tier),
      on: z.optional(day),
    }),
    returns: page(tariff),
  },
  importTariffs: {
    method: 'POST',
    path: '/tariffs/import',
    summary: 'Takes prices from CSV: 编码,名称,单位,级别,价格,先行自付比例,起始日,来源',
    may: 'benefit.manage',
    body: z.object({ csv: csvText, dryRun: z.boolean() }),
    returns: importAnswer,
  },
  listDiagnosisGroups: {
    method: 'GET',
    path: '/diagnosis-groups',
    summary: 'Groups of diagnoses whose usual items are kept',
    may: 'benefit.read',
    query: z.object({ ...paging, on: z.optional(day) }),
    returns: page(diagnosisGroup),
  },
  readDiagnosisGroup: {
    method: 'GET',
    path: '/diagnosis-groups/:code/items',
    summary: 'What is usually done for a group of diagnoses at each tier, with today’s prices',
    may: 'benefit.read',
    params: z.object({ code: text(20) }),
    returns: z.object({
      items: z.array(
        z.extend(typicalItem, { name: z.nullable(z.string()), priceFen: z.nullable(z.number()) }),
      ),
    }),
  },
  setDiagnosisGroup: {
    method: 'POST',
    path: '/diagnosis-groups',
    summary: 'Enters a group of diagnoses, or another version of it from a day on; the present one ends',
    may: 'benefit.manage',
    body: z.object({
      code: text(20),
      name: text(60),
      icd: z
        .array(z.string().check(z.regex(/^[A-Z][0-9]{2}(\.[0-9A-Z]{1,4})?$/)))
        .check(z.minLength(1), z.maxLength(50)),
      source: text(200),
      since: day,
      items: z.array(typicalItem).check(z.maxLength(300)),
    }),
    returns: diagnosisGroup,
  },
} as const satisfies Api
