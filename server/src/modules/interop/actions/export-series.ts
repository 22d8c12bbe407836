import type { Actor } from '../../../kernel/actor.ts'
import { among } from '../../../kernel/resource/find/among.ts'
import type { Condition } from '../../../kernel/resource/find/condition.ts'
import {
  logSeries,
  type SeriesEntry,
  type SeriesWish,
  seriesOf,
  someSeries,
} from '../../../kernel/resource/series.ts'
import type { World } from '../../../kernel/world.ts'

const PAGE = 500
/** So much of a series is put in order at once: what lies in it is bounded by what one measures in a month. */
const WINDOW_MS = 30 * 86_400_000
const FIRST = '00000000-0000-0000-0000-000000000000'

export interface SeriesExport {
  readonly actor: Actor
  readonly type: string
  /** Only these patients; undefined: all whom the actor may read in full. */
  readonly members: ReadonlySet<string> | undefined
  /** Received from one moment to another. */
  readonly since: Date | null
  readonly until: Date
  /** What they must be like, as the export's filters say. */
  readonly condition: Condition
}

/**
 * What modules hold of a type besides the store, page by page, one person after the other in the order of time: neither
 * memory nor the length of a query grows with how much was measured.
 */
export async function* seriesPages(
  world: World,
  asked: SeriesExport,
): AsyncGenerator<readonly SeriesEntry[]> {
  const { actor, type, members } = asked
  if (!seriesOf(type)) return
  let after: string | undefined = FIRST
  while (after !== undefined) {
    const from: string = after
    const { wishes, last } = await world.read(actor, (ctx) => someSeries(ctx, type, from))
    for (const wish of wishes)
      if (!members || wish.whose.some(({ patientId }) => members.has(patientId)))
        yield* pagesOf(world, asked, wish)
    after = last
  }
}

async function* pagesOf(
  world: World,
  asked: SeriesExport,
  wish: SeriesWish,
): AsyncGenerator<readonly SeriesEntry[]> {
  for (let at = wish.from.getTime(); at <= wish.to.getTime(); at += WINDOW_MS) {
    const to = new Date(Math.min(at + WINDOW_MS - 1, wish.to.getTime()))
    yield* windowOf(world, asked, { ...wish, from: new Date(at), to })
  }
}

interface Found {
  readonly found: readonly SeriesEntry[]
  readonly wanted: readonly SeriesEntry[]
}

async function* windowOf(
  world: World,
  { actor, type, since, until, condition }: SeriesExport,
  wish: SeriesWish,
): AsyncGenerator<readonly SeriesEntry[]> {
  let after: string | undefined
  do {
    const page = { descending: false, limit: PAGE, after }
    const { found, wanted }: Found = await world.read(actor, async (ctx) => {
      const found = (await seriesOf(type)?.find(ctx, wish, page)) ?? []
      const residentId = wish.whose[0]?.residentId ?? FIRST
      const isPlain = condition.kind === 'all' && condition.of.length === 0
      const wanted = isPlain ? found : await among(ctx, { found, residentId, condition })
      if (wanted.length > 0) logSeries(ctx, wish.whose, `${type}?`)
      return { found, wanted }
    })
    yield wanted.filter(({ updatedAt }) => updatedAt <= until && (!since || updatedAt >= since))
    after = found.length === PAGE ? found.at(-1)?.after : undefined
  } while (after !== undefined)
}
