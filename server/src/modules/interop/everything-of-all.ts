import type { Ctx } from '../../kernel/ctx.ts'
import { refuse } from '../../kernel/refusal.ts'
import { among } from '../../kernel/resource/find/among.ts'
import { type Asked, afterIn, cursorOf } from '../../kernel/resource/query.ts'
import type { Answerable } from '../../kernel/resource/read.ts'
import { search } from '../../kernel/resource/search.ts'
import {
  logSeries,
  type SeriesEntry,
  type SeriesWish,
  seriesOf,
  someSeries,
} from '../../kernel/resource/series.ts'
import { bundleOf } from './bundle.ts'
import { eachAsked, type WideWish } from './searched.ts'

/** The mark of a cursor that goes on in a series. */
const MARK = '+'
const FIRST = '00000000-0000-0000-0000-000000000000'
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** So many lots of residents are looked through for one page; where nothing was measured it ends early. */
const LOTS_MAX = 10

interface Page {
  readonly found: readonly Answerable[]
  readonly next: readonly string[] | undefined
}

/** Where the series goes on, and the search as the store is to read it. */
function placeIn(params: URLSearchParams): {
  place: readonly string[] | undefined
  forStore: URLSearchParams
} {
  const cursor = params.get('_cursor')
  const [type = '', mark, ...place] = cursor === null ? [] : afterIn('_cursor', cursor)
  if (mark !== MARK) return { place: undefined, forStore: params }
  const [lot = FIRST, resident = FIRST] = place
  if (!seriesOf(type) || !isUuid.test(lot) || !isUuid.test(resident))
    refuse('invalid', 'record.bad-search', { fields: [{ path: '_cursor', problem: 'is not understood' }] })
  const forStore = new URLSearchParams(params)
  forStore.set('_cursor', cursorOf([type]))
  return { place, forStore }
}

/** Everything about all patients whom the actor may see: of each type what the store holds, then what was measured. */
export async function everythingOfAll(ctx: Ctx, wish: WideWish): Promise<string> {
  const { base, path, params } = wish
  const { place, forStore } = placeIn(params)
  const asked = await eachAsked(ctx, { ...wish, params: forStore })
  const said = [...params].filter(([name, value]) => name !== '_cursor' && value !== '')
  return bundleOf(base, { path, asked: said, ...(await pageOf(ctx, asked, place)) })
}

interface Source {
  /** How a cursor begins that goes on in it. */
  readonly cursor: readonly string[]
  readonly read: (limit: number) => Promise<Page>
}

function sourcesOf(ctx: Ctx, asked: readonly Asked[], place: readonly string[] | undefined): Source[] {
  return asked.flatMap(({ query }, n) => {
    const { type } = query
    const within = n === 0 ? place : undefined
    const stored = { cursor: [type], read: (limit: number) => search(ctx, { ...query, limit }) }
    const read = (limit: number) => seriesPage(ctx, { ...query, limit }, within)
    const measured = { cursor: [type, MARK], read }
    return [...(within ? [] : [stored]), ...(seriesOf(type) ? [measured] : [])]
  })
}

async function pageOf(
  ctx: Ctx,
  asked: readonly Asked[],
  place: readonly string[] | undefined,
): Promise<Page> {
  const found: Answerable[] = []
  const most = asked[0]?.query.limit ?? 0
  for (const { cursor, read } of sourcesOf(ctx, asked, place)) {
    if (found.length >= most) return { found, next: cursor }
    const page = await read(most - found.length)
    found.push(...page.found)
    if (page.next) return { found, next: [...cursor, ...page.next] }
  }
  return { found, next: undefined }
}

type Wanted = Pick<Asked['query'], 'type' | 'condition' | 'limit'>

interface SeriesPlace {
  /** After which resident a lot begins, one of them, and the entry. */
  readonly lot: string
  readonly resident: string
  readonly after: string
}

/** One page of a series over all residents, one after the other, each in the order of time. */
async function seriesPage(ctx: Ctx, wanted: Wanted, place: readonly string[] = []): Promise<Page> {
  const found: Answerable[] = []
  const [begin = FIRST, resident = FIRST, after = ''] = place
  let at: SeriesPlace = { lot: begin, resident, after }
  for (let lots = 0; lots < LOTS_MAX; lots++) {
    const page = await lotPage(ctx, { ...wanted, limit: wanted.limit - found.length }, at)
    found.push(...page.found)
    if (page.next || page.last === undefined) return { found, next: page.next }
    at = { lot: page.last, resident: FIRST, after: '' }
  }
  return { found, next: [at.lot] }
}

async function lotPage(
  ctx: Ctx,
  wanted: Wanted,
  { lot, resident, after }: SeriesPlace,
): Promise<Page & { readonly last: string | undefined }> {
  const { wishes, last } = await someSeries(ctx, wanted.type, lot)
  const found: Answerable[] = []
  for (const wish of wishes.filter((one) => residentOf(one) >= resident)) {
    const id = residentOf(wish)
    const limit = wanted.limit - found.length
    if (limit === 0) return { found, next: [lot, id], last }
    const own = await ofResident(ctx, { ...wanted, limit }, { wish, after: id === resident ? after : '' })
    found.push(...own.found)
    if (own.next) return { found, next: [lot, id, own.next], last }
  }
  return { found, next: undefined, last }
}

const residentOf = ({ whose: [one] }: SeriesWish): string => one?.residentId ?? FIRST

async function ofResident(
  ctx: Ctx,
  { type, condition, limit }: Wanted,
  { wish, after }: { wish: SeriesWish; after: string },
): Promise<{ found: readonly SeriesEntry[]; next: string | undefined }> {
  const page = { descending: false, limit: limit + 1, after: after || undefined }
  const entries = (await seriesOf(type)?.find(ctx, wish, page)) ?? []
  const taken = entries.slice(0, limit)
  const found = await among(ctx, { found: taken, residentId: residentOf(wish), condition })
  if (found.length > 0) logSeries(ctx, wish.whose, `${type}?`)
  return { found, next: entries.length > limit ? taken.at(-1)?.after : undefined }
}
