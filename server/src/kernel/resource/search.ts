import type { Ctx } from '../ctx.ts'
import { type Gathered, gathered } from '../gather.ts'
import { nobodysId } from './concern.ts'
import { Bind, type Condition, isSought, seekOf, sqlOf } from './find/condition.ts'
import { hasPatient } from './find/linked.ts'
import { afterSql, type Sort, sortSql } from './find/sort.ts'
import { mergedRanges, prepared, sought } from './find/statement.ts'
import { ownersOf } from './owner.ts'
import { type Answerable, present } from './read.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { basisOf, grants, isOpening, lawful, opensPage, visible } from './visible.ts'

/** What a search asks for, understood. */
export interface Query {
  readonly type: string
  readonly condition: Condition
  readonly sorts: readonly Sort[]
  readonly limit: number
  /** Where the last page ended, as `Page.next` said. */
  readonly after?: readonly string[] | undefined
}

/** A row as a search finds it. */
export interface Found extends Row {
  readonly basis: string | null
  readonly keys: string[] | null
  /** The key by which it was found. */
  readonly at?: string
  readonly s0?: string
}

/** What was found, with what it is found by: includes follow from there. */
export interface Match extends Answerable {
  readonly residentId: string | null
  readonly keys: readonly string[]
}

export interface Page {
  readonly found: readonly Match[]
  readonly next: readonly string[] | undefined
}

const shown = `${columns}, g.basis, r.keys`

const start = (ctx: Ctx, { type, limit }: Pick<Query, 'type' | 'limit'>) =>
  new Bind([...visible(ctx), type, limit + 1])

/** A page and the row after it, in the order of the statement; what the page shows is opened. */
async function run(ctx: Ctx, text: string, bind: Bind): Promise<Gathered<Found>> {
  const query = prepared({
    text: `select x.*, row_number() over () as n_ from (${text}) x`,
    values: bind.values,
  })
  if (!query.name) return { rows: (await ctx.client.query<Found>(query)).rows, isLogged: false }
  const opens = isOpening(ctx) ? opensPage : undefined
  return gathered<Found>(ctx, { ...query, name: query.name, common: 6, opens })
}

type Way = 'rows' | 'keys' | 'walk' | 'sorted'

const hasId = (condition: Condition): boolean =>
  condition.kind === 'id' || (condition.kind === 'all' && condition.of.some(hasId))

/** How the rows are come by: along a resident's key or by id, along an index of keys, or from resident to resident. */
function wayOf({ condition, sorts }: Query): Way {
  if (sorts.length > 0) return 'sorted'
  if (hasPatient(condition) || hasId(condition)) return 'rows'
  return seekOf(condition) ? 'keys' : 'walk'
}

/** One page of what the actor may see; whoever is in it has an opening logged. */
export async function search(ctx: Ctx, query: Query): Promise<Page> {
  const way = wayOf(query)
  if (way === 'walk') return walkAll(ctx, query)
  const found = await ways[way](ctx, query)
  return pageOf(ctx, found, { ...query, cursor: cursors[way] })
}

type Cursor = (row: Found, sorts: readonly Sort[]) => readonly string[]
const placeOf: Cursor = (row) => [row.resident_id, row.id]
const cursors: Readonly<Record<Exclude<Way, 'walk'>, Cursor>> = {
  rows: placeOf,
  keys: (row) => [row.at ?? '', row.resident_id, row.id],
  sorted: (row, sorts) => [
    ...sorts.map((_, n) => String((row as unknown as Record<string, string>)[`s${n}`])),
    row.resident_id,
    row.id,
  ],
}

/** How long a cursor is, and which part of it is a resident: what a `_cursor` is checked against. */
export function cursorShape(query: Query): { length: number; resident: number } {
  const way = wayOf(query)
  const before = way === 'keys' ? 1 : way === 'sorted' ? query.sorts.length : 0
  return { length: before + 2, resident: before }
}

const ways: Readonly<Record<Exclude<Way, 'walk'>, (ctx: Ctx, query: Query) => Promise<Gathered<Found>>>> = {
  rows: alongRows,
  keys: alongKeys,
  sorted: inOrder,
}

/** Rows of one or few residents, or by id: in the order of the primary key. */
function alongRows(ctx: Ctx, query: Query): Promise<Gathered<Found>> {
  const bind = start(ctx, query)
  const [resident = nobodysId, id = ''] = query.after ?? []
  const text = `select ${shown} from kernel.resource r ${grants}
    where r.type = $5 and not r.deleted and ${sqlOf(query.condition, bind)}
      and (r.resident_id, r.id) > (${bind.add(resident)}::uuid, ${bind.add(id)}) and ${lawful}
    order by r.resident_id, r.id limit $6`
  return run(ctx, text, bind)
}

/** Along the index of keys, each range for itself, so that a page costs what it shows. */
async function alongKeys(ctx: Ctx, query: Query): Promise<Gathered<Found>> {
  const bind = start(ctx, query)
  const ranges = mergedRanges(seekOf(query.condition)?.ranges ?? [])
  if (ranges.length === 0) return { rows: [], isLogged: true }
  const [low, high] = [bind.add(ranges.map((one) => one[0])), bind.add(ranges.map((one) => one[1]))]
  // A row comparison would make the index be read from its beginning: each range begins where the last page ended.
  const [key = '', resident = '', id = ''] = query.after ?? []
  const last = bind.add(key)
  const after = query.after
    ? `and (r.key > ${last} or (r.resident_id, r.id) > (${bind.add(resident)}::uuid, ${bind.add(id)}::text))`
    : ''
  const first =
    ranges.length === 1
      ? '(select min(m) from unnest(r.keys) m where m >= q.low and m < q.high)'
      : `(select min(m) from unnest(r.keys) m, unnest(${low}::text[], ${high}::text[]) w (low, high)
          where m >= w.low and m < w.high)`
  const isOne = ranges.length === 1 && ranges[0]?.[1] === `${ranges[0]?.[0]}\x01`
  const text = `select x.* from unnest(${low}::text[], ${high}::text[]) q (low, high) cross join lateral (
      select ${shown}, r.key as at from kernel.resource_by_key r ${grants}
      where r.type = $5 and r.key >= q.low and r.key >= ${last} and r.key < q.high ${after}
        ${isOne ? '' : `and r.key = ${first}`} and not r.deleted
        and ${isSought(query.condition) ? 'true' : sqlOf(query.condition, bind)} and ${lawful}
      order by r.key, r.resident_id, r.id limit $6) x
    order by x.at, x.resident_id, x.id limit $6`
  return run(ctx, text, bind)
}

/** All that match, in the order asked for. */
function inOrder(ctx: Ctx, query: Query): Promise<Gathered<Found>> {
  const bind = start(ctx, query)
  const { from, where } = all(query, bind)
  const { columns: keys, order } = sortSql(query.type, query.sorts, bind)
  const after = query.after ? `where ${afterSql(query.sorts, query.after, bind)}` : ''
  const text = `select * from (select ${shown}, ${keys.join(', ')} ${from} where ${where}) x ${after}
    order by ${order} limit $6`
  return run(ctx, text, bind)
}

/** Every row that matches, whatever the page. */
function all({ type: _, condition }: Pick<Query, 'type' | 'condition'>, bind: Bind) {
  const seek = hasPatient(condition) || hasId(condition) ? undefined : seekOf(condition)
  const where = `r.type = $5 and not r.deleted and ${sqlOf(condition, bind)} and ${lawful}
    ${seek ? `and ${sought(mergedRanges(seek.ranges), bind)}` : ''}`
  return { from: `from kernel.resource r ${grants}`, where }
}

/** How many match and are the actor's to see. */
export async function countMatches(ctx: Ctx, query: Pick<Query, 'type' | 'condition'>): Promise<number> {
  const bind = new Bind([...visible(ctx), query.type])
  const { from, where } = all(query, bind)
  const text = `select count(*)::int as total ${from} where ${where}`
  const { rows } = await ctx.client.query<{ total: number }>(prepared({ text, values: bind.values }))
  return rows[0]?.total ?? 0
}

/** All whom the actor may open, in order, from one on; what concerns nobody lies before them. */
const whom = `select * from (select '${nobodysId}'::uuid as resident_id
    union select resident_id from kernel.access_grant
      where institution_id = $1 and not suspended and (until is null or until > $2) and resident_id >= $4
    union select unnest($3::uuid[])) p
  where resident_id >= $4 order by 1 limit $5`

/** As the system sees: whoever has a record at all. */
const whoever = `select * from (select distinct resident_id from kernel.resource where resident_id >= $1 order by 1 limit $2) p`

/** Some residents' resources of one type along the primary key, in the order of the residents. */
async function walkOver(ctx: Ctx, query: Query, residents: readonly string[]): Promise<Found[]> {
  const bind = start(ctx, query)
  const list = bind.add(residents)
  const [resident = nobodysId, id = ''] = query.after ?? []
  const text = `select x.* from unnest(${list}::uuid[]) p (resident_id)
    cross join lateral (select ${shown} from kernel.resource r ${grants}
      where r.resident_id = p.resident_id and r.type = $5 and not r.deleted
        and (r.resident_id, r.id) > (${bind.add(resident)}::uuid, ${bind.add(id)})
        and ${sqlOf(query.condition, bind)} and ${lawful} order by r.id limit $6) x
    order by x.resident_id, x.id limit $6`
  return (await ctx.client.query<Found>(prepared({ text, values: bind.values }))).rows
}

const roundsMost = 40
/** After every id there can be. */
const lastId = 'Z'.repeat(64)

function someWhom(ctx: Ctx, from: string, size: number): Promise<{ resident_id: string }[]> {
  if (ctx.actor.kind === 'system') return rowsOf(ctx, 'fhir-whoever', whoever, [from, size])
  return rowsOf(ctx, 'fhir-whom', whom, [...visible(ctx).slice(0, 3), from, size])
}

/**
 * Goes from resident to resident, a few at first and then many, until the page is full, so that a page costs what it
 * shows. Where very many have nothing that matches, the page ends early and its `next` goes on from there.
 */
async function walkAll(ctx: Ctx, query: Query): Promise<Page> {
  const rows: Found[] = []
  const isLogged = false
  let from = query.after?.[0] ?? nobodysId
  for (let round = 0; round < roundsMost; round++) {
    const size = round === 0 ? 8 : round < 4 ? 100 : 500
    const some = await someWhom(ctx, from, size)
    const residents = some.map((row) => row.resident_id).slice(round === 0 ? 0 : 1)
    rows.push(...(await walkOver(ctx, query, residents)))
    const last = some.at(-1)?.resident_id
    if (rows.length > query.limit || some.length < size || !last)
      return pageOf(ctx, { rows, isLogged }, { ...query, cursor: placeOf })
    from = last
  }
  const page = await pageOf(ctx, { rows, isLogged }, { ...query, cursor: placeOf })
  return { ...page, next: page.next ?? [from, lastId] }
}

/** Logs once for each resident in the answer that something of theirs was opened. */
export function logPage(
  ctx: Ctx,
  rows: readonly { resident_id: string; basis: string | null }[],
  thing: string,
): void {
  if (!isOpening(ctx)) return
  for (const [residentId, row] of new Map(rows.map((one) => [one.resident_id, one])))
    if (residentId !== nobodysId) ctx.opened({ residentId, basis: basisOf(ctx, row), thing })
}

async function pageOf(
  ctx: Ctx,
  { rows, isLogged }: Gathered<Found>,
  query: { type: string; limit: number; sorts: readonly Sort[]; cursor: Cursor },
): Promise<Page> {
  const visibleRows = rows.slice(0, query.limit)
  if (!isLogged) logPage(ctx, visibleRows, `${query.type}?`)
  const last = visibleRows.at(-1)
  return {
    found: await Promise.all(visibleRows.map((row) => matchOf(ctx, row))),
    next: rows.length > query.limit && last ? query.cursor(last, query.sorts) : undefined,
  }
}

/** The row as its owner presents it. */
export async function matchOf(ctx: Ctx, row: Found): Promise<Match> {
  const stored = storedOf(row)
  const content = ownersOf(row.type).length === 0 ? row.content : await present(ctx, stored)
  const { type, id, version, updatedAt, residentId } = stored
  return { type, id, version, updatedAt, content, residentId, keys: row.keys ?? [] }
}

/** Resources of one type by id, and the Patients of residents, as far as the actor may see them. */
export async function findMany(
  ctx: Ctx,
  type: string,
  { ids, residents }: { ids: readonly string[]; residents: readonly string[] },
): Promise<readonly Match[]> {
  const bind = new Bind([...visible(ctx), type])
  const text = `select ${shown} from kernel.resource r ${grants}
    where r.type = $5 and not r.deleted and ${lawful} and (r.id = any (${bind.add(ids)}::text[])
      or ($5 = 'Patient' and r.resident_id = any (${bind.add(residents)}::uuid[])))`
  const { rows } = await ctx.client.query<Found>(prepared({ text, values: bind.values }))
  logPage(ctx, rows, `${type}?`)
  return Promise.all(rows.map((row) => matchOf(ctx, row)))
}
