import { asSystem } from '../as-system.ts'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../refusal.ts'
import { type Span, spanOfDate } from './comparable.ts'
import { Bind, residentsSql } from './find/condition.ts'
import { prepared } from './find/statement.ts'
import { isInScope, searchedBy } from './narrow.ts'
import type { Resource } from './owner.ts'
import type { Answerable } from './read.ts'
import { basisOf, grants, visible } from './visible.ts'

/** A resident whose series the actor may read, and under which id FHIR knows them. */
export interface Opened {
  readonly residentId: string
  readonly patientId: string
  readonly basis: string
}

/** What a search asks of a series, understood; an empty list asks for nothing in particular. */
export interface SeriesWish {
  readonly whose: readonly Opened[]
  readonly codes: readonly string[]
  readonly categories: readonly string[]
  readonly devices: readonly string[]
  readonly from: Date
  readonly to: Date
}

/** From when until when there is something of a resident. */
export interface SeriesSpan {
  readonly residentId: string
  readonly from: Date
  readonly to: Date
}

/** One entry of a series as it leaves, with when it was and where the next page begins after it. */
export interface SeriesEntry extends Answerable {
  readonly at: Date
  readonly after: string
}

/**
 * A module that holds very many small things of a FHIR type outside the store (law 8) and answers them itself. It is
 * asked only for residents whose record the actor may read in full; row-level security stands behind it.
 */
export interface SeriesReader {
  readonly type: string
  /** In the order of time, so many after a place that an entry named; nothing for a place that is none. */
  readonly find: (
    ctx: Ctx,
    wish: SeriesWish,
    page: { readonly descending: boolean; readonly limit: number; readonly after: string | undefined },
  ) => Promise<readonly SeriesEntry[]>
  readonly count: (ctx: Ctx, wish: SeriesWish) => Promise<number>
  /** Whether there is anything at all of this person. */
  readonly has: (ctx: Ctx, residentId: string) => Promise<boolean>
  /** Those of these residents of whom there is anything, with its first and its last moment. */
  readonly spans: (ctx: Ctx, residentIds: readonly string[]) => Promise<readonly SeriesSpan[]>
  /** One by its id: whose it may be, and then the thing itself. Undefined for ids that are not this series'. */
  readonly whose: (ctx: Ctx, id: string) => Promise<readonly string[]>
  readonly read: (ctx: Ctx, id: string, whose: readonly Opened[]) => Promise<Answerable | undefined>
}

const readers = new Map<string, SeriesReader>()

/** Makes a module answer for its series of a type; called once, when its index.ts is loaded. */
export const registerSeries = (reader: SeriesReader): void => void readers.set(reader.type, reader)
export const seriesOf = (type: string): SeriesReader | undefined => readers.get(type)

interface Row {
  readonly resident_id: string
  readonly id: string
  readonly basis: string | null
}

/** Logs that the series of these residents were opened; the system's own work is no opening. */
export function logSeries(ctx: Ctx, whose: readonly Opened[], thing: string): void {
  if (ctx.actor.kind === 'system') return
  for (const { residentId, basis } of whose) ctx.opened({ residentId, basis, thing })
}

/** Those of them whom the actor may read in full (law 6). */
async function lawfully(ctx: Ctx, where: (bind: Bind) => string): Promise<readonly Opened[]> {
  const bind = new Bind(visible(ctx))
  const query = prepared({
    text: `select r.resident_id, r.id, g.basis from kernel.resource r ${grants}
      where r.type = 'Patient' and not r.deleted and ${where(bind)}
        and ($4 or r.resident_id = any ($3::uuid[]) or g.depth = 'full')
      order by r.resident_id limit 200`,
    values: bind.values,
  })
  const { rows } = await ctx.client.query<Row>(query)
  return rows.map((row) => ({ residentId: row.resident_id, patientId: row.id, basis: basisOf(ctx, row) }))
}

const always = { from: new Date(Date.UTC(1900, 0)), to: new Date(Date.UTC(2100, 0)) }

/** A wish for everything of these patients that the actor's scopes leave; undefined where there is no such series. */
export async function wholeSeries(
  ctx: Ctx,
  type: string,
  patientIds: readonly string[],
): Promise<SeriesWish | undefined> {
  const categories = seriesOf(type) && categoriesLeft(ctx, type, [])
  if (!categories) return undefined
  const whose = await lawfully(ctx, (bind) => residentsSql(patientIds, bind))
  return whose.length > 0 ? { whose, codes: [], categories, devices: [], ...always } : undefined
}

/** Some of all whom the actor may read in full, in order from one on, with what is left of each; for exports. */
export async function someSeries(
  ctx: Ctx,
  type: string,
  after: string,
): Promise<{ wishes: readonly SeriesWish[]; last: string | undefined }> {
  const reader = seriesOf(type)
  const categories = reader && categoriesLeft(ctx, type, [])
  if (!reader || !categories) return { wishes: [], last: undefined }
  const whose = await lawfully(ctx, (bind) => `r.resident_id > ${bind.add(after)}::uuid`)
  const opened = new Map(whose.map((one) => [one.residentId, one]))
  const spans = await reader.spans(ctx, [...opened.keys()])
  const wishes = spans.flatMap(({ residentId, from, to }) => {
    const one = opened.get(residentId)
    return one ? [{ whose: [one], codes: [], categories, devices: [], from, to }] : []
  })
  return { wishes, last: whose.at(-1)?.residentId }
}

/** One of a series by its id; undefined where it is none, or not the actor's to see. */
export async function readSeries(ctx: Ctx, type: string, id: string): Promise<Answerable | undefined> {
  const reader = seriesOf(type)
  if (!reader) return undefined
  const residents = await reader.whose(ctx, id)
  if (residents.length === 0) return undefined
  const list = (bind: Bind) => `r.resident_id = any (${bind.add(residents)}::uuid[])`
  const whose = await lawfully(ctx, list)
  const found = whose.length > 0 ? await reader.read(ctx, id, whose) : undefined
  if (!found || !isInScope(ctx.actor, 'r', JSON.parse(found.content) as Resource)) return undefined
  logSeries(ctx, whose, `${type}/${id}`)
  return found
}

/** Refuses 409 a write to one of a series, which stays as its source sent it; 404 where it is not the actor's to see. */
export async function refuseSeries(ctx: Ctx, type: string, id: string): Promise<void> {
  const reader = seriesOf(type)
  const whose = reader && (await asSystem(ctx, (all) => reader.whose(all, id)))
  if (!whose?.length) return
  if (await readSeries(ctx, type, id)) refuse('conflict', 'record.kept-as-sent')
  refuse('missing', 'record.no-such-resource')
}

/** Those of a series that a condition names, at most two: by their id alone, or as a search names them. */
export async function matchesInSeries(
  ctx: Ctx,
  type: string,
  condition: string,
): Promise<readonly Answerable[]> {
  const reader = seriesOf(type)
  if (!reader) return []
  const asked = [...new URLSearchParams(condition)].filter(([, value]) => value !== '')
  const [first, ...others] = asked
  if (first?.[0] === '_id' && others.length === 0) {
    const one = await readSeries(ctx, type, first[1])
    return one ? [one] : []
  }
  const wish = await seriesAsked(ctx, type, asked)
  const found = wish ? await reader.find(ctx, wish, { descending: true, limit: 2, after: undefined }) : []
  if (wish && found.length > 0) logSeries(ctx, wish.whose, `${type}?`)
  return found
}

const kinds = ['patient', 'subject', 'code', 'category', 'device', 'date', 'status'] as const
const answering = new Set([
  '_count',
  '_cursor',
  '_sort',
  '_total',
  '_summary',
  '_elements',
  '_format',
  '_pretty',
])

const CATEGORIES = 'http://terminology.hl7.org/CodeSystem/observation-category'

/**
 * The categories that the actor's scopes leave of a series, an empty list where that is all of it; undefined where they
 * name it by anything else than categories.
 */
function categoriesLeft(
  { actor }: Ctx,
  type: string,
  asked: readonly string[],
): readonly string[] | undefined {
  const narrowed = searchedBy(actor, type)
  if (!narrowed) return asked
  const plain = narrowed.filter((all) => all.length === 1 && all[0]?.[0] === 'category')
  const tokens = plain.flatMap(([pair]) => pair?.[1].split(',') ?? [])
  const left = new Set(
    tokens.filter((one) => !one.includes('|') || one.startsWith(`${CATEGORIES}|`)).map(codeOf),
  )
  const both = asked.length > 0 ? asked.filter((one) => left.has(one)) : [...left]
  return both.length > 0 ? both : undefined
}

/** What is measured is final, with or without the system of that code. */
const finals = new Set(['final', 'http://hl7.org/fhir/observation-status|final'])

/** What an understood search asks of a type's series; undefined where it asks something only the store can tell. */
export async function seriesAsked(
  ctx: Ctx,
  type: string,
  understood: readonly (readonly [string, string])[],
): Promise<SeriesWish | undefined> {
  if (!seriesOf(type)) return undefined
  const asked = new Map<string, string[]>()
  for (const [name, value] of understood) asked.set(name, [...(asked.get(name) ?? []), value])
  const isOurs = [...asked.keys()].every((name) => answering.has(name) || kinds.some((kind) => kind === name))
  const once = [...asked].every(([name, values]) => name === 'date' || values.length === 1)
  const patients = listOf(asked, 'patient') ?? listOf(asked, 'subject')
  const span = spanOf(asked.get('date') ?? [])
  const sort = asked.get('_sort')?.[0]?.replace('-', '') ?? 'date'
  const final = listOf(asked, 'status')?.some((one) => finals.has(one)) ?? true
  if (
    !isOurs ||
    !once ||
    sort !== 'date' ||
    !patients ||
    !span ||
    !final ||
    (asked.has('patient') && asked.has('subject'))
  )
    return undefined
  const categories = categoriesLeft(ctx, type, (listOf(asked, 'category') ?? []).map(codeOf))
  if (!categories) return undefined
  const ids = patients.map((one) => one.replace(/^.*Patient\//, ''))
  return {
    whose: await lawfully(ctx, (bind) => residentsSql(ids, bind)),
    codes: listOf(asked, 'code') ?? [],
    categories,
    devices: (listOf(asked, 'device') ?? []).map((one) => one.replace(/^.*Device\//, '')),
    ...span,
  }
}

const listOf = (asked: ReadonlyMap<string, readonly string[]>, name: string): string[] | undefined =>
  asked.get(name)?.flatMap((one) => one.split(',').filter(Boolean))

const codeOf = (token: string): string => token.slice(token.indexOf('|') + 1)

const bounds: Readonly<Record<string, (span: Span) => { low?: number; high?: number }>> = {
  eq: ({ low, high }) => ({ low, high }),
  ge: ({ low }) => ({ low }),
  gt: ({ high }) => ({ low: high + 1 }),
  sa: ({ high }) => ({ low: high + 1 }),
  le: ({ high }) => ({ high }),
  lt: ({ low }) => ({ high: low - 1 }),
  eb: ({ low }) => ({ high: low - 1 }),
}

/** The time that all of these dates leave, from and to inclusive; undefined for what a moment cannot answer. */
function spanOf(dates: readonly string[]): { from: Date; to: Date } | undefined {
  let [from, to] = [Date.UTC(1900, 0), Date.UTC(2100, 0)]
  for (const text of dates) {
    const [, prefix = 'eq', rest = ''] = /^([a-z]{2})?(.+)$/.exec(text) ?? []
    const span = spanOfDate(rest.replace(' ', '+'))
    const bound = bounds[prefix]
    if (!span || !bound) return undefined
    const { low = from, high = to } = bound(span)
    from = Math.max(from, low)
    to = Math.min(to, high)
  }
  return { from: new Date(from), to: new Date(to) }
}
