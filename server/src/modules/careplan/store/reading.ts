import {
  type Latest,
  measures,
  type Point,
  type Series,
  type SeriesKind,
} from '@tongmai/api/careplan/reading'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { startOf } from '../../../kernel/day.ts'
import type { Reading, Strip } from '../check-reading.ts'
import type { DayMean } from '../find-alerts.ts'
import { tables } from './tables-of.ts'

export interface Whose {
  readonly residentId: string
  /** The device, or the resident who typed it. */
  readonly deviceId: string
}

const rolled = `n = r.n + excluded.n, least = least(r.least, excluded.least), most = greatest(r.most, excluded.most),
  total = r.total + excluded.total, least2 = least(r.least2, excluded.least2), most2 = greatest(r.most2, excluded.most2),
  total2 = r.total2 + excluded.total2`
const sums = 'count(*), min(value), max(value), sum(value), min(value2), max(value2), sum(value2)'

/** Keeps what is new and rolls it up, in one statement; what came before by device and sequence is left out of both. */
const TAKE = `with added as (
    insert into careplan.reading (resident_id, device_id, seq, at, kind, value, value2, received_at)
    select $1, $2, x.seq, x.at, x.kind, x.value, x.value2, $8
    from unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::real[], $7::real[]) x (seq, at, kind, value, value2)
    on conflict do nothing returning seq, at, kind, value, value2),
  hours as (
    insert into careplan.reading_hour as r
    select $1::uuid, kind, date_trunc('hour', at), ${sums} from added group by 2, 3 order by 2, 3
    on conflict (resident_id, kind, hour) do update set ${rolled}),
  days as (
    insert into careplan.reading_day as r
    select $1::uuid, kind, (at at time zone 'Asia/Shanghai')::date, ${sums} from added group by 2, 3 order by 2, 3
    on conflict (resident_id, kind, day) do update set ${rolled})
  select seq::text from added`

/** Adds readings of one resident; answers the sequence numbers of those that are new. */
export async function add(ctx: Ctx, whose: Whose, readings: readonly Reading[]): Promise<Set<number>> {
  if (readings.length === 0) return new Set()
  const { rows } = await ctx.client.query<{ seq: string }>({
    name: 'careplan-take-readings',
    text: TAKE,
    values: [
      ...[whose.residentId, whose.deviceId, readings.map((one) => one.seq), readings.map((one) => one.at)],
      ...[readings.map((one) => one.kind), readings.map((one) => one.value)],
      ...[readings.map((one) => one.value2), ctx.now],
    ],
  })
  return new Set(rows.map((row) => Number(row.seq)))
}

/** Adds ECG strips; answers how many are new. */
export async function addStrips(ctx: Ctx, whose: Whose, strips: readonly Strip[]): Promise<number> {
  let added = 0
  for (const { samples, ...strip } of strips) {
    const { numInsertedOrUpdatedRows } = await tables(ctx)
      .insertInto('careplan.strip')
      .values({
        ...whose,
        ...strip,
        samples: samples.map((one) => Math.round(one * 1000)),
        receivedAt: ctx.now,
      })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    added += Number(numInsertedOrUpdatedRows)
  }
  return added
}

/** Keeps what was refused, as it came. */
export async function addRefused(
  ctx: Ctx,
  whose: Whose,
  refused: readonly { raw: unknown; problem: string }[],
): Promise<void> {
  if (refused.length === 0) return
  await tables(ctx)
    .insertInto('careplan.refusedReading')
    .values(
      refused.map(({ raw, problem }) => ({
        ...{ ...whose, id: ctx.id(), receivedAt: ctx.now, problem },
        raw: JSON.stringify(raw ?? null),
      })),
    )
    .execute()
}

/** Makes the parts of these months, where they are not there yet. */
export async function makeParts(ctx: Ctx, months: readonly string[]): Promise<void> {
  for (const month of months) await ctx.client.query('select careplan.make_part($1)', [`${month}-01`])
}

/** Drops raw readings of months that ended before a day; answers how many parts. */
export async function dropParts(ctx: Ctx, before: string): Promise<number> {
  const { rows } = await ctx.client.query<{ n: number }>('select careplan.drop_parts($1) as n', [before])
  return rows[0]?.n ?? 0
}

/** The daily means of one resident since a day, oldest first. */
export async function listDays(
  ctx: Ctx,
  of: { residentId: string; kinds: readonly string[]; since: string },
): Promise<DayMean[]> {
  return tables(ctx)
    .selectFrom('careplan.readingDay')
    .select(['kind', 'day', 'least', 'most', 'n'])
    .select([sql<number>`total / n`.as('mean'), sql<number | null>`total2 / n`.as('mean2')])
    .where('residentId', '=', of.residentId)
    .where('kind', 'in', [...of.kinds] as SeriesKind[])
    .where('day', '>=', of.since)
    .orderBy('day')
    .execute()
}

/** The last reading of each kind. */
export async function listLatest(ctx: Ctx, residentId: string): Promise<Latest[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.readingDay as d')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('careplan.reading as r')
          .select(['r.at', 'r.value', 'r.value2'])
          .whereRef('r.residentId', '=', 'd.residentId')
          .whereRef('r.kind', '=', 'd.kind')
          .where(sql<boolean>`r.at >= d.day::timestamp at time zone 'Asia/Shanghai'`)
          .orderBy('r.at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .distinctOn('d.kind')
    .select(['d.kind', 'last.at', 'last.value', 'last.value2'])
    .where('d.residentId', '=', residentId)
    .orderBy('d.kind')
    .orderBy('d.day', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as SeriesKind }))
}

const DAY_MS = 86_400_000
const RAW_DAYS = 14
const HOUR_DAYS = 92
const POINTS_MAX = 5000

interface Span {
  readonly residentId: string
  readonly kind: SeriesKind
  readonly from: Date
  readonly to: Date
}

/** Readings over a span: raw up to two weeks, by the hour up to a quarter, by the day beyond. */
export async function series(ctx: Ctx, span: Span): Promise<Series> {
  const { kind } = span
  const days = (span.to.getTime() - span.from.getTime()) / DAY_MS
  const { unit } = measures[kind]
  if (days <= RAW_DAYS) return { kind, unit, step: 'raw', points: await rawPoints(ctx, span) }
  if (days <= HOUR_DAYS) return { kind, unit, step: 'hour', points: await hourPoints(ctx, span) }
  return { kind, unit, step: 'day', points: await dayPoints(ctx, span) }
}

async function rawPoints(ctx: Ctx, { residentId, kind, from, to }: Span): Promise<Point[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.reading')
    .select(['at', 'value', 'value2'])
    .where('residentId', '=', residentId)
    .where('kind', '=', kind)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at')
    .limit(POINTS_MAX)
    .execute()
  return rows.map((row) => ({ ...row, least: row.value, most: row.value, n: 1 }))
}

const means = [sql<number>`total / n`.as('value'), sql<number | null>`total2 / n`.as('value2')] as const

async function hourPoints(ctx: Ctx, { residentId, kind, from, to }: Span): Promise<Point[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.readingHour')
    .select(['hour', 'least', 'most', 'n', ...means])
    .where('residentId', '=', residentId)
    .where('kind', '=', kind)
    .where('hour', '>=', from)
    .where('hour', '<=', to)
    .orderBy('hour')
    .limit(POINTS_MAX)
    .execute()
  return rows.map(({ hour, ...row }) => ({ at: hour, ...row }))
}

async function dayPoints(ctx: Ctx, { residentId, kind, from, to }: Span): Promise<Point[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.readingDay')
    .select(['day', 'least', 'most', 'n', ...means])
    .where('residentId', '=', residentId)
    .where('kind', '=', kind)
    .where('day', '>=', from.toISOString().slice(0, 10))
    .where('day', '<=', to.toISOString().slice(0, 10))
    .orderBy('day')
    .limit(POINTS_MAX)
    .execute()
  return rows.map(({ day, ...row }) => ({ at: startOf(day), ...row }))
}
