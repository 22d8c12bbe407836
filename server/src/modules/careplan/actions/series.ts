import { asSystem } from '../../../kernel/as-system.ts'
import type { Opened, SeriesEntry, SeriesReader, SeriesWish } from '../../../kernel/resource/series.ts'
import { kindsAsked, placeOf, readingId, toReading } from '../reading-fhir.ts'
import {
  countInTime,
  findOne,
  hasMeasured,
  listBorrowers,
  listInTime,
  listSpans,
  type SeriesRow,
} from '../store/series.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the wish asks of the table; a device that is no uuid has sent nothing. */
const askedOf = ({ whose, codes, categories, devices, from, to }: SeriesWish) => ({
  ...{ from, to, deviceIds: devices.filter((one) => uuid.test(one)) },
  residentIds: whose.map((one) => one.residentId),
  kinds: devices.length > 0 && !devices.some((one) => uuid.test(one)) ? [] : kindsAsked(codes, categories),
})

function entryOf(row: SeriesRow, whose: readonly Opened[]): SeriesEntry {
  const id = readingId(row)
  const patientId = whose.find((one) => one.residentId === row.residentId)?.patientId ?? row.residentId
  const content = JSON.stringify(toReading(row, patientId))
  return { type: 'Observation', id, version: 1, updatedAt: row.receivedAt, content, at: row.at, after: id }
}

/** Readings as Observations, from the table in which they lie. */
export const readingSeries: SeriesReader = {
  type: 'Observation',
  async find(ctx, wish, { after, ...page }) {
    const place = after === undefined ? undefined : placeOf(after)
    const asked = askedOf(wish)
    if (asked.residentIds.length === 0 || asked.kinds.length === 0 || (after && !place)) return []
    const rows = await listInTime(ctx, asked, { ...page, after: place })
    return rows.map((row) => entryOf(row, wish.whose))
  },
  count: (ctx, wish) => countInTime(ctx, askedOf(wish)),
  has: hasMeasured,
  spans: (ctx, residentIds) => listSpans(ctx, residentIds),
  async whose(ctx, id) {
    const place = placeOf(id)
    return place ? asSystem(ctx, (all) => listBorrowers(all, place.deviceId)) : []
  },
  async read(ctx, id, whose) {
    const place = placeOf(id)
    const row = place && (await findOne(ctx, { ...place, residentIds: whose.map((one) => one.residentId) }))
    return row && entryOf(row, whose)
  },
}
