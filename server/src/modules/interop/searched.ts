import type { Ctx } from '../../kernel/ctx.ts'
import { refuse } from '../../kernel/refusal.ts'
import { included } from '../../kernel/resource/find/include.ts'
import { type Asked, afterIn, askedFor, cursorOf, type How, type Shape } from '../../kernel/resource/query.ts'
import { countMatches, type Match, type Page, search } from '../../kernel/resource/search.ts'
import { seriesAsked, seriesOf } from '../../kernel/resource/series.ts'
import { bundleOf } from './bundle.ts'
import { type Mixing, mixed, placesIn } from './mixed.ts'
import { subsetOf } from './subset.ts'

/** One search as an address asks it. */
export interface Wish {
  /** `https://…/fhir/R4`. */
  readonly base: string
  /** What stands between base and question mark, for the links. */
  readonly path: string
  readonly type: string
  readonly params: URLSearchParams
  readonly how: How
}

/** One search over several types. */
export interface WideWish extends Omit<Wish, 'type' | 'how'> {
  readonly types: readonly string[]
  readonly how: (type: string) => How
}

const everything = () => true

async function totalOf(ctx: Ctx, { query, total }: Asked, page: Page): Promise<number | undefined> {
  if (total) return countMatches(ctx, query)
  return query.after || page.next ? undefined : page.found.length
}

const cutting =
  (shape: Shape) =>
  <T extends { type: string; content: string }>(one: T): T => ({
    ...one,
    content: subsetOf(one.type, one.content, shape),
  })

/** Searches one type and answers the Bundle as JSON. */
export async function searched(ctx: Ctx, wish: Wish): Promise<string> {
  const { base, path, type, params, how } = wish
  const { places, forStore } = placesIn(params)
  const asked = await askedFor(ctx, type, forStore, how)
  const { query, understood, includes, shape } = asked
  const line = how.within ? undefined : await seriesAsked(ctx, type, understood)
  if (line) return withSeries(ctx, wish, { asked, wish: line, places })
  if (shape.summary === 'count') {
    const total = await countMatches(ctx, query)
    return bundleOf(base, { path, asked: understood, found: [], next: undefined, total })
  }
  const page = await search(ctx, query)
  const may = how.may ?? everything
  const beside = includes.length > 0 ? await included(ctx, page.found, { includes, may }) : []
  const cut = cutting(shape)
  return bundleOf(base, {
    ...{ path, asked: understood, found: page.found.map(cut), beside: beside.map(cut) },
    ...{ next: page.next, total: await totalOf(ctx, asked, page) },
  })
}

/** The same where a module answers for a series besides what the store holds. */
async function withSeries(ctx: Ctx, { base, path, type }: Wish, mixing: Mixing): Promise<string> {
  const { asked, wish } = mixing
  const { shape, query } = asked
  const said = asked.understood.filter(([name]) => name !== '_cursor')
  const all = async () => (await countMatches(ctx, query)) + ((await seriesOf(type)?.count(ctx, wish)) ?? 0)
  if (shape.summary === 'count')
    return bundleOf(base, { path, asked: said, found: [], next: undefined, total: await all() })
  const { found, next } = await mixed(ctx, mixing)
  const total = asked.total ? await all() : undefined
  return bundleOf(base, { path, asked: said, found: found.map(cutting(shape)), next, total })
}

const own = new Set(['_type', '_cursor'])

/** What is asked of each type from the one on where the last page ended; every parameter must be known to all of them. */
export async function eachAsked(ctx: Ctx, { types, params, how }: WideWish): Promise<Asked[]> {
  const cursor = params.get('_cursor')
  const [from = types[0] ?? '', ...after] = cursor === null ? [] : afterIn('_cursor', cursor)
  if (!types.includes(from)) refuse('invalid', 'record.bad-search', { fields: [wrong('_cursor')] })
  if (params.has('_sort') && types.length > 1) refuse('invalid', 'record.bad-search', { fields: [sorted] })
  const plain = new URLSearchParams([...params].filter(([name]) => !own.has(name)))
  const asked: Asked[] = []
  for (const type of types.slice(types.indexOf(from))) {
    const onward = new URLSearchParams(plain)
    if (type === from && after.length > 0) onward.set('_cursor', cursorOf(after))
    asked.push(await askedFor(ctx, type, onward, { ...how(type), strict: true }))
  }
  return asked
}

const wrong = (path: string) => ({ path, problem: 'is not understood' })
const sorted = { path: '_sort', problem: 'works within one type only' }

/** Searches several types, one after the other, and answers one Bundle. */
export async function searchedWide(ctx: Ctx, wish: WideWish): Promise<string> {
  const { base, path, params, how } = wish
  const asked = await eachAsked(ctx, wish)
  const [first] = asked
  if (!first) return bundleOf(base, { path, asked: [], found: [], next: undefined, total: 0 })
  const { shape } = first
  const said = [...params].filter(([name, value]) => name !== '_cursor' && value !== '')
  let total: number | undefined
  if (shape.summary === 'count' || (first.total && !params.has('_cursor'))) {
    total = 0
    for (const { query } of asked) total += await countMatches(ctx, query)
  }
  if (shape.summary === 'count')
    return bundleOf(base, { path, asked: said, found: [], next: undefined, total })
  const { found, next } = await pageOver(ctx, asked)
  const includes = [
    ...new Map(asked.flatMap((one) => one.includes).map((one) => [JSON.stringify(one), one])).values(),
  ]
  const may = how(first.query.type).may ?? everything
  const beside = includes.length > 0 ? await included(ctx, found, { includes, may }) : []
  const cut = cutting(shape)
  return bundleOf(base, { path, asked: said, found: found.map(cut), beside: beside.map(cut), next, total })
}

/** One page over several types; where it ended, its cursor says the type first. */
async function pageOver(ctx: Ctx, asked: readonly Asked[]): Promise<Page> {
  const found: Match[] = []
  const most = asked[0]?.query.limit ?? 0
  for (const { query } of asked) {
    if (found.length >= most) return { found, next: [query.type] }
    const page = await search(ctx, { ...query, limit: most - found.length })
    found.push(...page.found)
    if (page.next) return { found, next: [query.type, ...page.next] }
  }
  return { found, next: undefined }
}
