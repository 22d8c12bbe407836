import type { Ctx } from '../ctx.ts'
import { samePerson } from '../same-person.ts'
import type { Stored } from './owner.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'

/** What of a resident's record is wanted, by type, by who recorded it, by when it happened. */
export interface FactQuery {
  readonly types: readonly string[]
  /** Of these ids only. */
  readonly ids?: readonly string[] | undefined
  readonly institutionId?: string | undefined
  readonly from?: Date | undefined
  /** Exclusive. */
  readonly to?: Date | undefined
  /** Of one type only what has, or has not, a key in a range. */
  readonly part?: (Part & { readonly has: boolean }) | undefined
  readonly offset: number
  readonly limit: number
}

/** The part of a type that is found by a key from `low` to before `high`. */
export interface Part {
  readonly type: string
  readonly low: string
  readonly high: string
}

/** A stored resource and when what it tells happened. */
export interface StoredFact extends Stored {
  readonly happenedAt: Date | null
}

interface Found extends Row {
  readonly happened_at: Date | null
  readonly total: number
}

const inPart = (low: string, high: string) =>
  `exists (select from unnest(r.keys) k where k >= ${low}::text and k < ${high}::text)`

const statement = `select ${columns}, r.happened_at, count(*) over ()::int as total
  from kernel.resource r ${grants}
  where r.resident_id = any (${samePerson('$5')}) and r.type = any ($6) and not r.deleted
    and ($7::uuid is null or r.institution_id = $7)
    and ($8::timestamptz is null or r.happened_at >= $8) and ($9::timestamptz is null or r.happened_at < $9)
    and ($12::text is null or r.type <> $12 or ${inPart('$13', '$14')} = $15::boolean)
    and ($16::text[] is null or r.id = any ($16))
    and ${lawful}
  order by r.happened_at desc nulls last, r.type, r.id offset $10 limit $11`

/** Facts of one person (of all residents who are that person) that the actor may see, the latest first. The caller has opened the record (and logged it). */
export async function listFacts(
  ctx: Ctx,
  residentId: string,
  query: FactQuery,
): Promise<{ items: readonly StoredFact[]; total: number }> {
  const rows = await rowsOf<Found>(ctx, 'fhir-facts', statement, [
    ...visible(ctx),
    residentId,
    query.types,
    query.institutionId ?? null,
    query.from ?? null,
    query.to ?? null,
    query.offset,
    query.limit,
    ...[query.part?.type ?? null, query.part?.low ?? '', query.part?.high ?? '', query.part?.has ?? true],
    query.ids ?? null,
  ])
  const items = rows.map((row) => ({ ...storedOf(row), happenedAt: row.happened_at }))
  if (rows[0] || query.offset === 0) return { items, total: rows[0]?.total ?? 0 }
  const first = await listFacts(ctx, residentId, { ...query, offset: 0, limit: 1 })
  return { items, total: first.total }
}

const counting = `select r.type, count(*)::int as total,
    (count(*) filter (where r.type = $6 and ${inPart('$7', '$8')}))::int as part from kernel.resource r ${grants}
  where r.resident_id = any (${samePerson('$5')}) and not r.deleted and ${lawful} group by r.type`

/** How many resources of each type a record holds, and how many of one type are of its part. */
export async function countFacts(
  ctx: Ctx,
  residentId: string,
  { type, low, high }: Part,
): Promise<{ readonly totals: ReadonlyMap<string, number>; readonly ofPart: number }> {
  const rows = await rowsOf<{ type: string; total: number; part: number }>(
    ctx,
    'fhir-count-facts',
    counting,
    [...visible(ctx), residentId, type, low, high],
  )
  return {
    totals: new Map(rows.map((row) => [row.type, row.total])),
    ofPart: rows.reduce((sum, row) => sum + row.part, 0),
  }
}
