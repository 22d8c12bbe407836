import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'

/** What is tested or examined, as mutual recognition sorts it. */
export const itemCategory = z.enum([
  'biochemistry',
  'immunology',
  'haematology',
  'imaging',
  'ultrasound',
  'ecg',
  'function',
])
export type ItemCategory = z.output<typeof itemCategory>

/** How far a result is recognised, the widest first: 全国HR, 省HR, 市HR, 联盟. */
export const markScope = z.enum(['national', 'province', 'city', 'alliance'])
export type MarkScope = z.output<typeof markScope>

const count = (max: number) => z.nullable(z.number().check(z.int(), z.minimum(0), z.maximum(max)))

/** What changes by decree: how long and how far a result counts, from a day on. */
const terms = {
  /** Days after the result during which it is usable. */
  validDays: z.number().check(z.int(), z.minimum(1), z.maximum(3650)),
  scope: markScope,
  /** Only results of this method; any where null. */
  method: z.nullable(text(60)),
  /** What one more would cost; unknown where null. */
  priceFen: count(10_000_000),
  /** Effective dose of one more, in microsievert; null where there is none or it is unknown. */
  doseUsv: count(100_000),
  /** Days from the order to the report, as usual there; unknown where null. */
  waitDays: count(90),
  source: text(200),
  /** An example for demonstration, not a rule of any authority. */
  demonstration: z.boolean(),
}
export const window = z.object({ since: day, until: z.nullable(day), ...terms })
export type Window = z.output<typeof window>

const loinc = z.string().check(z.regex(/^[0-9]{1,7}-[0-9]$/))
const facts = {
  name: text(80),
  aliases: z.array(text(60)).check(z.maxLength(10)),
  category: itemCategory,
  /** Its numbers have no unit, as INR and pH: they are recognised without one. */
  dimensionless: z._default(z.boolean(), false),
  /** Codes by which a result is known as this item. */
  loinc: z.array(loinc).check(z.maxLength(20)),
  /** Codes of members' own systems, `system|code`. */
  localCodes: z
    .array(z.string().check(z.trim(), z.regex(/^[^|\s]{1,120}\|[^|]{1,60}$/)))
    .check(z.maxLength(40)),
}

export const item = z.object({
  id,
  /** Short and unique: `K`, `HBA1C`. */
  code: text(24),
  ...facts,
  retiredOn: z.nullable(day),
  version: z.number(),
})
export type Item = z.output<typeof item>

/** One row of the catalogue with the window in force on the day asked for; null before the first one begins. */
export const itemLine = z.object({ ...item.shape, window: z.nullable(window), passed: z.number() })
export type ItemLine = z.output<typeof itemLine>

export const itemPage = z.object({
  ...item.shape,
  windows: z.array(window),
  versions: z.array(z.object({ version: z.number(), at: moment, by: z.string(), name: z.string() })),
  mayManage: z.boolean(),
})
export type ItemPage = z.output<typeof itemPage>

const version = z.number().check(z.int(), z.minimum(1))
const read = 'recognition.read'
const managed = 'recognition.manage'

/** What is recognised between members, how long, how far, and since when. */
export const catalogueApi = {
  listItems: {
    method: 'GET',
    path: '/recognition-items',
    summary: 'The catalogue on a day, found by Chinese, pinyin, initials or code',
    may: read,
    query: z.object({
      ...paging,
      q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
      category: z.optional(itemCategory),
      scope: z.optional(markScope),
      on: z.optional(day),
      retired: z._default(z.stringbool(), false),
    }),
    returns: page(itemLine),
  },
  readItem: {
    method: 'GET',
    path: '/recognition-items/:id',
    summary: 'One item with all its windows and versions',
    may: read,
    params: byId,
    returns: itemPage,
  },
  addItem: {
    method: 'POST',
    path: '/recognition-items',
    summary: 'Enters an item into the catalogue with its first window',
    may: managed,
    body: z.object({ code: text(24), ...facts, window: z.object({ since: day, ...terms }) }),
    returns: item,
  },
  changeItem: {
    method: 'POST',
    path: '/recognition-items/:id/change',
    summary: 'Changes names and codes of an item; what it said before stays readable',
    may: managed,
    params: byId,
    body: z.object({ ...facts, version }),
    returns: item,
  },
  setWindow: {
    method: 'POST',
    path: '/recognition-items/:id/windows',
    summary:
      'Sets how long and how far results of an item count from a day on; the window before ends the day before',
    may: managed,
    params: byId,
    body: z.object({ since: day, ...terms }),
    returns: z.array(window),
  },
  retireItem: {
    method: 'POST',
    path: '/recognition-items/:id/retire',
    summary: 'Takes an item out of the catalogue; its results are no longer proposed',
    may: managed,
    params: byId,
    body: z.object({ version }),
    returns: item,
  },
} as const satisfies Api
