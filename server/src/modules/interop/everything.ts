import type { Ctx } from '../../kernel/ctx.ts'
import type { Answerable } from '../../kernel/resource/read.ts'
import { logSeries, seriesOf, wholeSeries } from '../../kernel/resource/series.ts'
import { type CompartmentQuery, listCompartment } from '../../kernel/resource/whole-record.ts'

/** One page of everything about a patient. */
export interface EverythingPage {
  readonly found: readonly Answerable[]
  readonly next: readonly string[] | undefined
}

/** The type of which modules hold series besides the store. */
const TYPE = 'Observation'
/** The mark of a cursor that goes on in the series; no type is called so. */
const MARK = '+'

const hasSeries = ({ types }: CompartmentQuery): boolean =>
  seriesOf(TYPE) !== undefined && (types?.includes(TYPE) ?? true)

/** The record first, in the order of its types, then what was measured, in the order of time. */
export async function everything(
  ctx: Ctx,
  { residentId, patientId }: { residentId: string; patientId: string },
  query: CompartmentQuery,
): Promise<EverythingPage> {
  if (query.after?.[0] === MARK) return measured(ctx, patientId, { ...query, place: query.after[1] ?? '' })
  const { found, next } = await listCompartment(ctx, residentId, query)
  if (next || !hasSeries(query)) return { found, next }
  if (!(await seriesOf(TYPE)?.has(ctx, residentId))) return { found, next }
  const room = query.limit - found.length
  // Who may not even open the record has no series: a full page alone does not say whether there is one.
  if (room === 0) return { found, next: [MARK, ''] }
  const more = await measured(ctx, patientId, { ...query, limit: room, place: '' })
  return { found: [...found, ...more.found], next: more.next }
}

/** One page of the series; where many are not of the time that is asked for it ends early, and `next` goes on from there. */
async function measured(
  ctx: Ctx,
  patientId: string,
  { limit, since, from, to, place }: CompartmentQuery & { place: string },
): Promise<EverythingPage> {
  const wish = await wholeSeries(ctx, TYPE, [patientId])
  const page = { descending: false, limit: limit + 1, after: place || undefined }
  const entries = wish ? ((await seriesOf(TYPE)?.find(ctx, wish, page)) ?? []) : []
  const taken = entries.slice(0, limit)
  const found = taken.filter(
    ({ updatedAt, at }) => (!since || updatedAt >= since) && (!from || at >= from) && (!to || at <= to),
  )
  if (wish && found.length > 0) logSeries(ctx, wish.whose, `${TYPE}?`)
  const last = taken.at(-1)
  return { found, next: entries.length > limit && last ? [MARK, last.after] : undefined }
}
