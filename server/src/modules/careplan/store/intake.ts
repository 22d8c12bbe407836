import type { Ctx } from '../../../kernel/ctx.ts'
import type { Reading, Strip } from '../check-reading.ts'
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
    select ($1::uuid[])[x.whose], ($2::uuid[])[x.whose], x.seq, to_timestamp(x.at / 1000), x.kind, x.value, x.value2, $9
    from unnest($3::int[], $4::bigint[], $5::float8[], $6::text[], $7::real[], $8::real[]) x (whose, seq, at, kind, value, value2)
    on conflict do nothing returning resident_id, device_id, seq, at, kind, value, value2),
  hours as (
    insert into careplan.reading_hour as r
    select resident_id, kind, date_trunc('hour', at), ${sums} from added group by 1, 2, 3 order by 1, 2, 3
    on conflict (resident_id, kind, hour) do update set ${rolled}),
  days as (
    insert into careplan.reading_day as r
    select resident_id, kind, (at at time zone 'Asia/Shanghai')::date, ${sums} from added group by 1, 2, 3 order by 1, 2, 3
    on conflict (resident_id, kind, day) do update set ${rolled})
  select device_id as "deviceId", string_agg(seq::text, ',') as seqs from added group by device_id`

/** An array as PostgreSQL writes it, of what needs no quotes. */
const array = (values: readonly (string | number | null)[]): string =>
  `{${values.map((one) => one ?? 'null').join(',')}}`

/** Adds readings; answers by device the sequence numbers of those that are new. */
export async function add(
  ctx: Ctx,
  given: readonly { of: Whose; readings: readonly Reading[] }[],
): Promise<Map<string, Set<number>>> {
  const all = given.flatMap(({ readings }) => readings)
  const whose = given.flatMap(({ readings }, n) => readings.map(() => n + 1))
  const { rows } = await ctx.client.query<{ deviceId: string; seqs: string }>({
    name: 'careplan-take-readings',
    text: TAKE,
    values: [
      array(given.map(({ of }) => of.residentId)),
      array(given.map(({ of }) => of.deviceId)),
      array(whose),
      array(all.map((one) => one.seq)),
      array(all.map((one) => one.at.getTime())),
      array(all.map((one) => one.kind)),
      array(all.map((one) => one.value)),
      array(all.map((one) => one.value2)),
      ctx.now,
    ],
  })
  return new Map(rows.map(({ deviceId, seqs }) => [deviceId, new Set(seqs.split(',').map(Number))]))
}

/** Adds ECG strips; answers how many are new. */
export async function addStrips(
  ctx: Ctx,
  { residentId, deviceId }: Whose,
  strips: readonly Strip[],
): Promise<number> {
  let added = 0
  for (const { samples, ...strip } of strips) {
    const { numInsertedOrUpdatedRows } = await tables(ctx)
      .insertInto('careplan.strip')
      .values({
        ...{ residentId, deviceId, ...strip, receivedAt: ctx.now },
        samples: samples.map((one) => Math.round(one * 1000)),
      })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    added += Number(numInsertedOrUpdatedRows)
  }
  return added
}

interface Refused {
  readonly of: Whose
  readonly refused: readonly { raw: unknown; problem: string }[]
}

/** Keeps what was refused, as it came. */
export async function addRefused(ctx: Ctx, given: readonly Refused[]): Promise<void> {
  const rows = given.flatMap(({ of: { residentId, deviceId }, refused }) =>
    refused.map(({ raw, problem }) => ({
      ...{ residentId, deviceId, id: ctx.id(), receivedAt: ctx.now, problem },
      raw: JSON.stringify(raw ?? null),
    })),
  )
  for (let from = 0; from < rows.length; from += REFUSED_AT_ONCE)
    await tables(ctx)
      .insertInto('careplan.refusedReading')
      .values(rows.slice(from, from + REFUSED_AT_ONCE))
      .execute()
}

/** A statement takes 65 535 values. */
const REFUSED_AT_ONCE = 5_000

/** Makes the parts of these months, where they are not there yet. */
export async function makeParts(ctx: Ctx, months: readonly string[]): Promise<void> {
  for (const month of months) await ctx.client.query('select careplan.make_part($1)', [`${month}-01`])
}

/** Drops raw readings of months that ended before a day; answers how many parts. */
export async function dropParts(ctx: Ctx, before: string): Promise<number> {
  const { rows } = await ctx.client.query<{ n: number }>('select careplan.drop_parts($1) as n', [before])
  return rows[0]?.n ?? 0
}

/** Forgets what was refused before a moment. */
export async function dropRefused(ctx: Ctx, before: Date): Promise<void> {
  await tables(ctx).deleteFrom('careplan.refusedReading').where('receivedAt', '<', before).execute()
}
