import type { Ctx } from '../ctx.ts'
import { samePerson } from '../same-person.ts'
import { nobodysId } from './concern.ts'
import { ownersOf } from './owner.ts'
import { type Answerable, present } from './read.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { basisOf, grants, lawful, visible } from './visible.ts'

/** What a search may ask for now: who, which, since when. */
export interface Query {
  readonly type: string
  readonly ids?: readonly string[]
  /** `system|value`, `|value` (no system) or `value` (any system). */
  readonly identifiers?: readonly string[]
  readonly residentId?: string
  readonly since?: Date
  readonly before?: Date
  readonly limit: number
  /** Where the last page ended: resident and id. */
  readonly after?: readonly [string, string]
}

interface Found extends Row {
  readonly basis: string | null
  readonly beside: string | null
}

export interface Page {
  readonly found: readonly Answerable[]
  readonly next: readonly [string, string] | undefined
}

/** All whom the actor may open, in order, from one on; what concerns nobody lies before them. */
const whom = `select * from (select '${nobodysId}'::uuid as resident_id
    union select resident_id from kernel.access_grant
      where institution_id = $1 and not suspended and (until is null or until > $2) and resident_id >= $4
    union select unnest($3::uuid[])) p
  where resident_id >= $4 order by 1 limit $5`

/** Some residents' resources of one type along the primary key, in the order of the residents. */
const walk = (beside: string) => `select x.* from unnest($9::uuid[]) p (resident_id)
  cross join lateral (select ${columns}, g.basis, (${beside})::text as beside from kernel.resource r ${grants}
    where r.resident_id = p.resident_id and r.type = $5 and not r.deleted
      and (r.resident_id, r.id) > ($10::uuid, $11)
      and ($6::timestamptz is null or r.updated_at >= $6) and ($7::timestamptz is null or r.updated_at < $7)
      and ${lawful} order by r.id limit $8) x
  order by x.resident_id, x.id limit $8`

const byIds = (beside: string) => `select ${columns}, g.basis, (${beside})::text as beside
  from kernel.resource r ${grants}
  where r.type = $5 and (r.id = any ($9::text[]) or r.own_id = any ($9::text[])) and not r.deleted
    and ($6::timestamptz is null or r.updated_at >= $6) and ($7::timestamptz is null or r.updated_at < $7)
    and ($10::uuid is null or r.resident_id = $10) and (r.resident_id, r.id) > ($11::uuid, $12)
    and ${lawful} order by r.resident_id, r.id limit $8`

/** The ids under which the store or the owner knows these identifiers. */
async function idsOf(ctx: Ctx, type: string, identifiers: readonly string[]): Promise<string[]> {
  const owners = ownersOf(type).filter((owner) => owner.findByIdentifier)
  const ids: string[] = []
  for (const identifier of identifiers) {
    const bar = identifier.indexOf('|')
    const system = bar < 0 ? null : identifier.slice(0, bar)
    const value = identifier.slice(bar + 1)
    for (const owner of owners) ids.push(...((await owner.findByIdentifier?.(ctx, system, value)) ?? []))
    const column = system === null ? 'bare' : 'value'
    const text = `select id from kernel.resource_identifier where type = $1 and ${column} = $2 limit 100`
    const rows = await rowsOf<{ id: string }>(ctx, `fhir-identifier-${column}`, text, [
      type,
      system === null ? value : identifier,
    ])
    ids.push(...rows.map(({ id }) => id))
  }
  return [...new Set(ids)]
}

/** One page of what the actor may see; whoever is in it has an opening logged. */
export async function search(ctx: Ctx, query: Query): Promise<Page> {
  const ids = await wanted(ctx, query)
  if (ids?.length === 0) return { found: [], next: undefined }
  if (ids) return pageOf(ctx, await named(ctx, query, ids), query)
  if (query.residentId) return pageOf(ctx, await walkOver(ctx, query, [query.residentId]), query)
  return walkAll(ctx, query)
}

const besideOf = (type: string): string => ownersOf(type).find((owner) => owner.beside)?.beside ?? 'null'

const shared = (ctx: Ctx, query: Query) => [
  ...visible(ctx),
  query.type,
  query.since ?? null,
  query.before ?? null,
  query.limit + 1,
]

const named = (ctx: Ctx, query: Query, ids: readonly string[]): Promise<Found[]> =>
  rowsOf<Found>(ctx, `fhir-ids-${query.type}`, byIds(besideOf(query.type)), [
    ...shared(ctx, query),
    ids,
    query.residentId ?? null,
    ...(query.after ?? [nobodysId, '']),
  ])

const walkOver = (ctx: Ctx, query: Query, residents: readonly string[]): Promise<Found[]> =>
  rowsOf<Found>(ctx, `fhir-walk-${query.type}`, walk(besideOf(query.type)), [
    ...shared(ctx, query),
    residents,
    ...(query.after ?? [nobodysId, '']),
  ])

const roundsMost = 40
/** After every id there can be. */
const lastId = 'Z'.repeat(64)

/**
 * Goes from resident to resident, a few at first and then many, until the page is full, so that a page costs what it
 * shows. Where very many have nothing of this type, the page ends early and its `next` goes on from there.
 */
async function walkAll(ctx: Ctx, query: Query): Promise<Page> {
  const rows: Found[] = []
  let from = query.after?.[0] ?? nobodysId
  for (let round = 0; round < roundsMost; round++) {
    const size = round === 0 ? 8 : 100
    const some = await rowsOf<{ resident_id: string }>(ctx, 'fhir-whom', whom, [
      ...visible(ctx).slice(0, 3),
      from,
      size,
    ])
    const residents = some.map((row) => row.resident_id).slice(round === 0 ? 0 : 1)
    rows.push(...(await walkOver(ctx, query, residents)))
    const last = some.at(-1)?.resident_id
    if (rows.length > query.limit || some.length < size || !last) return pageOf(ctx, rows, query)
    from = last
  }
  const page = await pageOf(ctx, rows, query)
  return { ...page, next: page.next ?? [from, lastId] }
}

async function wanted(ctx: Ctx, query: Query): Promise<readonly string[] | undefined> {
  const named = query.identifiers && (await idsOf(ctx, query.type, query.identifiers))
  if (!named || !query.ids) return named ?? query.ids
  return named.filter((id) => query.ids?.includes(id))
}

async function pageOf(
  ctx: Ctx,
  rows: readonly Found[],
  query: { type: string; limit: number },
): Promise<Page> {
  const shown = rows.slice(0, query.limit)
  const residents = new Map(shown.map((row) => [row.resident_id, row]))
  if (ctx.actor.kind !== 'system') {
    for (const [residentId, row] of residents) {
      if (residentId === nobodysId) continue
      ctx.opened({ residentId, basis: basisOf(ctx, row), thing: `${query.type}?` })
    }
  }
  const last = shown.at(-1)
  return {
    found: await Promise.all(shown.map((row) => answerable(ctx, row))),
    next: rows.length > query.limit && last ? [last.resident_id, last.id] : undefined,
  }
}

async function answerable(ctx: Ctx, row: Found): Promise<Answerable> {
  return {
    type: row.type,
    id: row.id,
    version: row.version,
    updatedAt: row.updated_at,
    content: ownersOf(row.type).length === 0 ? row.content : await present(ctx, storedOf(row), row.beside),
  }
}

/** What of one resident's record is asked for; the order is by type and id, so that pages do not shift. */
export interface CompartmentQuery {
  readonly types?: readonly string[]
  readonly since?: Date
  readonly limit: number
  readonly after?: readonly [string, string]
}

const compartment = `select ${columns}, g.basis, null as beside from kernel.resource r ${grants}
  where r.resident_id = any (${samePerson('$5')}) and not r.deleted and (r.type, r.id) > ($6, $7)
    and ($8::text[] is null or r.type = any ($8)) and ($9::timestamptz is null or r.updated_at >= $9)
    and ${lawful} order by r.type, r.id limit $10`

/** One page of everything about one resident that the actor may see. */
export async function listCompartment(ctx: Ctx, residentId: string, query: CompartmentQuery): Promise<Page> {
  const [lastType, lastId] = query.after ?? ['', '']
  const rows = await rowsOf<Found>(ctx, 'fhir-compartment', compartment, [
    ...visible(ctx),
    residentId,
    lastType,
    lastId,
    query.types ?? null,
    query.since ?? null,
    query.limit + 1,
  ])
  const first = rows[0]
  if (first && ctx.actor.kind !== 'system')
    ctx.opened({ residentId, basis: basisOf(ctx, first), thing: 'record' })
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    found: await Promise.all(shown.map((row) => answerable(ctx, row))),
    next: rows.length > query.limit && last ? [last.type, last.id] : undefined,
  }
}
