import {
  type Latest,
  measures,
  type Point,
  type Series,
  type SeriesKind,
} from '@tongmai/api/careplan/reading'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf, startOf } from '../../../kernel/day.ts'
import type { DayMean } from '../find-alerts.ts'
import { tables } from './tables-of.ts'

/** The daily means of residents since a day, oldest first. */
export async function listDays(
  ctx: Ctx,
  of: { residentIds: readonly string[]; kinds: readonly string[]; since: string },
): Promise<Map<string, DayMean[]>> {
  const days = new Map<string, DayMean[]>()
  if (of.residentIds.length === 0 || of.kinds.length === 0) return days
  const rows = await tables(ctx)
    .selectFrom('careplan.readingDay')
    .select(['residentId', 'kind', 'day', 'least', 'most', 'least2', 'most2', 'n'])
    .select([sql<number>`total / n`.as('mean'), sql<number | null>`total2 / n`.as('mean2')])
    .where(sql<boolean>`resident_id = any (${of.residentIds})`)
    .where(sql<boolean>`kind = any (${of.kinds})`)
    .where('day', '>=', of.since)
    .orderBy('day')
    .execute()
  for (const { residentId, ...row } of rows) {
    const known = days.get(residentId)
    if (known) known.push(row)
    else days.set(residentId, [row])
  }
  return days
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
    .where('day', '>=', dayOf(from))
    .where('day', '<=', dayOf(to))
    .orderBy('day')
    .limit(POINTS_MAX)
    .execute()
  return rows.map(({ day, ...row }) => ({ at: startOf(day), ...row }))
}
