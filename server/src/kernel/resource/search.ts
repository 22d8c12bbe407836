import type { Ctx } from '../ctx.ts'
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

const bottom = nobodysId

/** Whose resources are to be walked through: one resident's, or all that the actor may open, nobody's first. */
const whose = (query: Query) =>
  query.residentId
    ? 'select $9::uuid as resident_id'
    : `select '${nobodysId}'::uuid as resident_id where '${nobodysId}'::uuid >= $9
      union select resident_id from kernel.access_grant
        where institution_id = $1 and not suspended and (until is null or until > $2) and resident_id >= $9
      union select m from unnest($3::uuid[]) m where m >= $9`

/**
 * Walks resident by resident along the primary key, so that a page costs what it shows, however large the table is.
 * The system sees what lies under nobody and what it names by id or resident.
 */
const walk = (query: Query, beside: string) => `select x.* from (${whose(query)} order by 1) p
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
  const beside = ownersOf(query.type).find((owner) => owner.beside)?.beside ?? 'null'
  const shared = [...visible(ctx), query.type, query.since ?? null, query.before ?? null, query.limit + 1]
  const [lastResident, lastId] = query.after ?? [bottom, '']
  const rows = ids
    ? await rowsOf<Found>(ctx, `fhir-ids-${query.type}`, byIds(beside), [
        ...shared,
        ids,
        query.residentId ?? null,
        lastResident,
        lastId,
      ])
    : await rowsOf<Found>(
        ctx,
        `fhir-walk-${query.type}-${query.residentId ? 'one' : 'all'}`,
        walk(query, beside),
        [...shared, query.residentId ?? lastResident, lastResident, lastId],
      )
  return pageOf(ctx, rows, query)
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
  where r.resident_id = $5 and not r.deleted and (r.type, r.id) > ($6, $7)
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
