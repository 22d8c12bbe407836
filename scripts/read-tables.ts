import { Kysely, PostgresDialect } from 'kysely'
import { type ColumnMetadata, PostgresIntrospector, type TableMetadata } from 'kysely-codegen'
import type { Pool } from 'pg'

/** A column as TypeScript sees it; `written` says what an insert does with it. */
export interface Column {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly written: 'given' | 'defaulted' | 'never'
  /** Read parsed, written as JSON text. */
  readonly json: boolean
  /** The module that exports the type, where it is not TypeScript's own. */
  readonly from?: string | undefined
}

/** A table, or a view, with its columns in their order. */
export interface Table {
  readonly schema: string
  readonly name: string
  readonly isView: boolean
  readonly columns: readonly Column[]
}

// What the driver makes of each type: server/src/kernel/database.ts.
const scalars: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  float4: 'number',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  json: 'unknown',
  jsonb: 'unknown',
  numeric: 'string',
  opening: 'string',
  text: 'string',
  timestamptz: 'Date',
  uuid: 'string',
  varchar: 'string',
}
/** Our own: the driver leaves the text of one, and of many. */
const composites = new Set(['opening'])
const inArrays = new Set(['bool', 'float8', 'int2', 'int4', 'text', 'timestamptz', 'uuid', 'varchar'])

interface Fact {
  readonly place: string
  readonly at: string
  readonly always: boolean
  readonly checks: readonly string[]
}

const factsOfColumns = `
  select c.oid || '.' || a.attnum as place, n.nspname || '.' || c.relname || '.' || a.attname as at,
    a.attidentity = 'a' or a.attgenerated <> '' as always,
    array(select pg_get_constraintdef(k.oid) from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] order by k.conname) as checks
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped`

const listing = /^CHECK \(\("?\w+"? (?:= ANY|<@) \(?ARRAY\[(.+?)\]\)?\)\)$/

/** The values that a check constraint lists, as a union of literals. */
function listed(checks: readonly string[]): string | undefined {
  for (const check of checks) {
    const values = [...(listing.exec(check)?.[1] ?? '').matchAll(/'((?:[^']|'')*)'::text/g)]
    if (values.length > 0)
      return values.map(([, text = '']) => `'${text.replaceAll("''", "\\'")}'`).join(' | ')
  }
  return undefined
}

/**
 * A column's comment may name the type of its values: `type: Act from @tongmai/api/workforce/practitioner`, or
 * `type: Record<string, unknown>`.
 */
const said = (column: ColumnMetadata) => /^type: (?:(\w+) from (\S+)|(.+))$/m.exec(column.comment ?? '')

function read(column: ColumnMetadata, at: string, fact: Fact | undefined): Column {
  const scalar = scalars[column.dataType]
  const isArray = column.isArray && !composites.has(column.dataType)
  const [, named, from, plain] = said(column) ?? []
  if (!scalar || (isArray && !inArrays.has(column.dataType) && !plain))
    throw new Error(`${at}: no type is known for ${column.dataType}${column.isArray ? '[]' : ''}`)
  const value = named ?? plain ?? listed(fact?.checks ?? []) ?? scalar
  const written = fact?.always ? 'never' : column.hasDefaultValue ? 'defaulted' : 'given'
  const type = isArray ? `${value.includes(' ') ? `(${value})` : value}[]` : value
  return {
    name: column.name,
    type,
    nullable: column.isNullable,
    written,
    json: /^jsonb?$/.test(column.dataType),
    from,
  }
}

/** Every table and view of these schemas, as the database describes them to their owner. */
export async function readTables(pool: Pool, schemas: readonly string[]): Promise<Table[]> {
  const { rows } = await pool.query<Fact>(factsOfColumns, [schemas])
  const facts = new Map(rows.map((row) => [row.at, row]))
  const db = new Kysely<Described>({ dialect: new PostgresDialect({ pool }) })
  const { tables } = await new PostgresIntrospector().introspect({ db })
  const origins = await originsOf(pool, schemas)
  const columns = new Map<string, Column>()
  const found = tables
    .filter(({ schema = '' }) => schemas.includes(schema))
    .map((table) => ({ table, places: placesOf(table, { facts, columns }) }))
  return found.map(({ table: { schema = '', name, isView }, places }) => ({
    schema,
    name,
    isView,
    columns: places.map((place) => shown(place, { origins, columns })),
  }))
}

/** Reads the columns of a table into `columns` and answers where each stands. */
function placesOf(
  { schema, name, columns: own }: TableMetadata,
  { facts, columns }: { facts: Map<string, Fact>; columns: Map<string, Column> },
): string[] {
  return own.map((column) => {
    const at = `${schema}.${name}.${column.name}`
    const fact = facts.get(at)
    const place = fact?.place ?? at
    columns.set(place, read(column, at, fact))
    return place
  })
}

type Described = Parameters<PostgresIntrospector['introspect']>[0]['db'] extends Kysely<infer DB> ? DB : never

interface Origin {
  readonly place: string
  /** An outer join may leave the column empty. */
  readonly outer: boolean
}

/** From which column of which table each column of a view comes, where it is not calculated. */
async function originsOf(pool: Pool, schemas: readonly string[]): Promise<Map<string, Origin>> {
  const { rows: views } = await pool.query<{ oid: number; definition: string }>(
    `select c.oid, rtrim(pg_get_viewdef(c.oid), ';') as definition
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind = 'v'`,
    [schemas],
  )
  const origins = new Map<string, Origin>()
  for (const { oid, definition } of views) {
    const outer = /\b(left|right|full)\b[^(]*\bjoin\b/i.test(definition)
    const { fields } = await pool.query(`select * from (${definition}) as shown limit 0`)
    for (const [i, { tableID, columnID }] of fields.entries())
      if (tableID > 0) origins.set(`${oid}.${i + 1}`, { place: `${tableID}.${columnID}`, outer })
  }
  return origins
}

/** A column as its reader sees it: a view's has the type, and the certainty, of the column it comes from. */
function shown(place: string, from: { origins: Map<string, Origin>; columns: Map<string, Column> }): Column {
  const own = from.columns.get(place)
  if (!own) throw new Error(`no column at ${place}`)
  const origin = from.origins.get(place)
  if (!origin || !from.columns.has(origin.place)) return own
  const base = shown(origin.place, from)
  return { ...base, name: own.name, nullable: base.nullable || origin.outer }
}
