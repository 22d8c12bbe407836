import type { Ctx } from '../../kernel/ctx.ts'
import { type Asked, afterIn, cursorOf } from '../../kernel/resource/query.ts'
import type { Answerable } from '../../kernel/resource/read.ts'
import { type Page, search } from '../../kernel/resource/search.ts'
import { logSeries, type SeriesEntry, type SeriesWish, seriesOf } from '../../kernel/resource/series.ts'

/** Where each of the two sources goes on; empty at its beginning, null where it has ended. */
interface Places {
  readonly store: readonly string[] | null
  readonly series: string | null
}

/** One page of what store and series hold together. */
export interface MixedPage {
  readonly found: readonly Answerable[]
  readonly next: readonly string[] | undefined
}

const MARK = '+'
const begin: Places = { store: [], series: '' }

const cursorAt = ({ store, series }: Places): readonly string[] | undefined =>
  store === null && series === null
    ? undefined
    : [MARK, store === null ? 'ended' : '', series === null ? 'ended' : '', series ?? '', ...(store ?? [])]

/** Where a cursor over both goes on, and the search as the store is to read it. */
export function placesIn(params: URLSearchParams): { places: Places; forStore: URLSearchParams } {
  const cursor = params.get('_cursor')
  const [mark, storeEnd, seriesEnd, series = '', ...store] = cursor ? afterIn('_cursor', cursor) : []
  if (mark !== MARK) return { places: begin, forStore: params }
  const forStore = new URLSearchParams(params)
  forStore.delete('_cursor')
  if (store.length > 0) forStore.set('_cursor', cursorOf(store))
  return { places: { store: storeEnd ? null : store, series: seriesEnd ? null : series }, forStore }
}

/** What a search asks of both. */
export interface Mixing {
  readonly asked: Asked
  readonly wish: SeriesWish
  readonly places: Places
}

const nothing: Page = { found: [], next: undefined }

/** One page of both: in the order of time where that is asked for, else the store's first and then the series, newest first. */
export async function mixed(ctx: Ctx, { asked, wish, places }: Mixing): Promise<MixedPage> {
  const { query } = asked
  const [sort] = query.sorts
  const descending = sort?.descending ?? true
  const stored = places.store === null ? nothing : await search(ctx, query)
  const room = sort ? query.limit : query.limit - stored.found.length
  const wanted = places.series !== null && (sort !== undefined || !stored.next)
  const page = { descending, limit: room + 1, after: places.series || undefined }
  const entries = wanted ? ((await seriesOf(query.type)?.find(ctx, wish, page)) ?? []) : []
  if (entries.length > 0) logSeries(ctx, wish.whose, `${query.type}?`)
  const both = [
    ...stored.found.map((one) => ({
      at: sort ? momentOf(one.content, descending) : 0,
      one,
      entry: undefined,
    })),
    ...entries.map((entry) => ({ at: sort ? entry.at.getTime() : 1, one: entry, entry })),
  ]
  const ordered = both.toSorted((a, b) => (sort && descending ? b.at - a.at : a.at - b.at))
  const shown = ordered.slice(0, query.limit)
  const fromSeries = shown.flatMap(({ entry }) => entry ?? [])
  const store = await storeAfter(ctx, {
    asked,
    stored,
    taken: shown.length - fromSeries.length,
    place: places.store,
  })
  const series = wanted ? seriesAfter(entries, fromSeries, places.series) : places.series
  return { found: shown.map(({ one }) => one), next: cursorAt({ store, series }) }
}

/** When a stored resource took effect; what says nothing comes last. */
function momentOf(content: string, descending: boolean): number {
  const { effectiveDateTime, effectivePeriod, effectiveInstant } = JSON.parse(content)
  const at = Date.parse(
    effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.start ?? effectivePeriod?.end ?? '',
  )
  return Number.isNaN(at) ? (descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : at
}

const seriesAfter = (
  entries: readonly SeriesEntry[],
  taken: readonly SeriesEntry[],
  place: string | null,
): string | null => (taken.length === entries.length ? null : (taken.at(-1)?.after ?? place))

/** Where the store goes on when only the first so many of its page were shown. */
async function storeAfter(
  ctx: Ctx,
  of: { asked: Asked; stored: Page; taken: number; place: Places['store'] },
): Promise<Places['store']> {
  const { asked, stored, taken, place } = of
  if (taken === stored.found.length) return stored.next ?? null
  if (taken === 0) return place
  return (await search(ctx, { ...asked.query, limit: taken })).next ?? null
}
