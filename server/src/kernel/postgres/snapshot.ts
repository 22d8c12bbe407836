import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { restoringSchema } from './roles.ts'
import { Unable } from './unable.ts'

/** One table with the columns that carry data of their own (generated ones are computed anew). */
export interface Table {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
}

/** Where one sequence stood. */
export interface Sequence {
  readonly schema: string
  readonly name: string
  readonly value: string
  readonly called: boolean
}

/** One migration that had been run. */
export interface RanMigration {
  readonly module: string
  readonly name: string
  readonly checksum: string
}

/** The last link of the audit chain; null where nothing has been sealed. */
export type AuditHead = { readonly number: string; readonly hash: string } | null

/** What a database held at one moment, without the rows. */
export interface Content {
  readonly postgresVersion: string
  /** Tables that others refer to come first. */
  readonly tables: readonly Table[]
  readonly sequences: readonly Sequence[]
  readonly migrations: readonly RanMigration[]
  readonly auditHead: AuditHead
}

/** `schema.table`, as people write it. */
export const nameOf = (table: { schema: string; name: string }) => `${table.schema}.${table.name}`

const quoted = (thing: { schema: string; name: string }) =>
  `${pg.escapeIdentifier(thing.schema)}.${pg.escapeIdentifier(thing.name)}`

/** Connects for copying whole tables; throws Unable where row-level security would hide some of the rows. */
export async function connectForCopy(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'tongmai backup' })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ name: string; all: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as "all" from pg_roles where rolname = current_user',
  )
  if (rows[0]?.all) return client
  await client.end()
  throw new Unable(
    `The database user ${rows[0]?.name} does not see all rows; backup and restore need a superuser or a user with BYPASSRLS.`,
  )
}

/** Runs the work on one unchanging picture of the database while others go on writing. */
export async function inSnapshot<T>(client: pg.Client, work: (content: Content) => Promise<T>): Promise<T> {
  await client.query('begin isolation level repeatable read read only')
  await client.query(textFormat)
  const tables = await listTables(client)
  const answer = await work({
    postgresVersion:
      (await client.query<{ v: string }>(`select current_setting('server_version') as v`)).rows[0]?.v ?? '',
    tables,
    migrations: await listMigrations(client),
    auditHead: await readAuditHead(client),
    sequences: await listSequences(client),
  })
  await client.query('commit')
  return answer
}

/** The same text on every server and in every version; an error, not fewer rows, where security would filter. */
export const textFormat = `set local datestyle = iso; set local intervalstyle = postgres; set local timezone = 'UTC';
  set local extra_float_digits = 3; set local bytea_output = hex; set local row_security = off;
  set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 0`

/** The rows of a table as PostgreSQL's text format. */
export const copyOut = (client: pg.Client, table: Table) =>
  client.query(copyTo(`copy (select ${columnsOf(table)} from ${quoted(table)}) to stdout`))

/** Takes rows in PostgreSQL's text format into a table. */
export const copyIn = (client: pg.Client, table: Table) =>
  client.query(copyFrom(`copy ${target(table)} from stdin`))

const columnsOf = (table: Table) => table.columns.map(pg.escapeIdentifier).join(', ')
const target = (table: Table) => `${quoted(table)} (${columnsOf(table)})`

/** Every table that holds data of ours, those that others refer to first; a table in parts is one table. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { id: string; after: string[] }>(`
    select c.oid::text as id, n.nspname::text as schema, c.relname::text as name,
      (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(json_agg(f.confrelid::text), '[]') from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as after
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't' and ${ours}
      and (n.nspname, c.relname) <> ('graphile_worker', 'migrations')
    order by 2, 3`)
  return inOrder(rows).map(({ schema, name, columns }) => ({ schema, name, columns }))
}

/** Not the server's own schemas, nor an extension's tables; the queue library's version table follows its program. */
const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '${restoringSchema}')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

function inOrder<T extends { id: string; after: string[] }>(rows: T[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const seen = new Set<string>()
  const ordered: T[] = []
  const visit = (row: T | undefined) => {
    if (!row || seen.has(row.id)) return
    seen.add(row.id)
    for (const id of row.after) visit(byId.get(id))
    ordered.push(row)
  }
  rows.forEach(visit)
  return ordered
}

async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname::text as schema, c.relname::text as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${ours} order by 1, 2`)
  const sequences: Sequence[] = []
  for (const { schema, name } of rows) {
    const sql = `select last_value::text as value, is_called as called from ${quoted({ schema, name })}`
    const found = await client.query<{ value: string; called: boolean }>(sql)
    const at = found.rows[0]
    if (at) sequences.push({ schema, name, ...at })
  }
  return sequences
}

async function listMigrations(client: pg.Client): Promise<RanMigration[]> {
  if (!(await exists(client, 'kernel.migration'))) return []
  const sql = 'select module, name, checksum from kernel.migration order by at, module, name'
  return (await client.query<RanMigration>(sql)).rows
}

/** The last link of the audit chain. */
export async function readAuditHead(client: pg.Client): Promise<AuditHead> {
  if (!(await exists(client, 'kernel.sealed'))) return null
  const sql = `select number::text, encode(hash, 'hex') as hash from kernel.sealed order by sealed.number desc limit 1`
  return (await client.query<{ number: string; hash: string }>(sql)).rows[0] ?? null
}

/** Whether there is a table of this name. */
export async function exists(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>('select to_regclass($1) is not null as is', [table])
  return rows[0]?.is ?? false
}
