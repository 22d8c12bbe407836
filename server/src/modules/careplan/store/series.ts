import type { ReadingKind } from '@tongmai/api/careplan/reading'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { samePerson } from '../../../kernel/same-person.ts'
import { tables } from './tables-of.ts'

/** One reading with all that tells it from others. */
export interface SeriesRow {
  readonly residentId: string
  readonly deviceId: string
  readonly seq: number
  readonly at: Date
  readonly kind: ReadingKind
  readonly value: number
  readonly value2: number | null
  readonly receivedAt: Date
}

interface Of {
  readonly residentIds: readonly string[]
  readonly kinds: readonly string[]
  readonly deviceIds: readonly string[]
  readonly from: Date
  readonly to: Date
}

const among = (ctx: Ctx, of: Of) =>
  tables(ctx)
    .selectFrom('careplan.reading')
    .where(sql<boolean>`resident_id = any (${of.residentIds})`)
    .where(sql<boolean>`kind = any (${of.kinds})`)
    .$if(of.deviceIds.length > 0, (q) => q.where(sql<boolean>`device_id = any (${of.deviceIds})`))
    .where('at', '>=', of.from)
    .where('at', '<=', of.to)

const columns = ['residentId', 'deviceId', 'seq', 'at', 'kind', 'value', 'value2', 'receivedAt'] as const

/** Readings in the order of time, so many after the place of one. */
export async function listInTime(
  ctx: Ctx,
  of: Of,
  page: { descending: boolean; limit: number; after: Pick<SeriesRow, 'at' | 'deviceId' | 'seq'> | undefined },
): Promise<SeriesRow[]> {
  const { descending, limit, after } = page
  const way = descending ? ('desc' as const) : ('asc' as const)
  const place = (): RawBuilder<boolean> =>
    sql`(at, device_id, seq) ${sql.raw(descending ? '<' : '>')} (${after?.at}::timestamptz, ${after?.deviceId}::uuid, ${after?.seq}::bigint)`
  return among(ctx, of)
    .select(columns)
    .$if(after !== undefined, (q) => q.where(place()))
    .orderBy('at', way)
    .orderBy('deviceId', way)
    .orderBy('seq', way)
    .limit(limit)
    .execute()
}

export async function countInTime(ctx: Ctx, of: Of): Promise<number> {
  const { n } = await among(ctx, of).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  return n
}

const MEASURED = `select exists (select from careplan.reading_day where resident_id = any (${samePerson('$1')})) as has`

/** Whether this person has ever measured anything that is kept. */
export async function hasMeasured(ctx: Ctx, residentId: string): Promise<boolean> {
  const query = { name: 'careplan-measured', text: MEASURED, values: [residentId] }
  return (await ctx.client.query<{ has: boolean }>(query)).rows[0]?.has ?? false
}

/** From when until when these residents measured; whoever never did is left out. */
export async function listSpans(
  ctx: Ctx,
  residentIds: readonly string[],
): Promise<{ residentId: string; from: Date; to: Date }[]> {
  const { rows } = await sql<{ residentId: string; from: Date; to: Date }>`
    select p.id as "residentId", x.first as "from", x.last as "to" from unnest(${residentIds}::uuid[]) p (id)
      cross join lateral (select min(r.at) as first, max(r.at) as last from careplan.reading r
        where r.resident_id = p.id) x
    where x.first is not null order by p.id`.execute(ctx.db)
  return rows
}

/** Who had a device; one who typed a reading is its device. */
export async function listBorrowers(ctx: Ctx, deviceId: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.loan')
    .select('residentId')
    .distinct()
    .where('deviceId', '=', deviceId)
    .limit(100)
    .execute()
  return [deviceId, ...rows.map((row) => row.residentId)]
}

/** One reading of one of these residents. */
export const findOne = (
  ctx: Ctx,
  of: { residentIds: readonly string[]; deviceId: string; seq: number; at: Date },
): Promise<SeriesRow | undefined> =>
  tables(ctx)
    .selectFrom('careplan.reading')
    .select(columns)
    .where(sql<boolean>`resident_id = any (${of.residentIds})`)
    .where('deviceId', '=', of.deviceId)
    .where('seq', '=', of.seq)
    .where('at', '=', of.at)
    .limit(1)
    .executeTakeFirst()
