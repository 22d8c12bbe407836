import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { type Access, restoringSchema } from './roles.ts'
import { roles } from './settings.ts'
import {
  type Content,
  connectForCopy,
  copyIn,
  exists,
  listTables,
  nameOf,
  type RanMigration,
  readAuditHead,
  type Table,
  textFormat,
} from './snapshot.ts'
import { Unable } from './unable.ts'

/** Builds our schemas in an empty database, up to exactly the migrations that had been run, and the job queue's. */
export type BuildSchema = (target: {
  /** Connected as the owner. */
  client: pg.Client
  ownerUrl: string
  migrations: readonly RanMigration[]
}) => Promise<void>

/** Where the rows come from: a backup, or another database. */
export interface Source<T extends Table = Table> {
  readonly content: Omit<Content, 'tables'> & { readonly tables: readonly T[] }
  /** What must be in place before the rows that name it; runs once the target is known to be empty. */
  beforeRows?(): Promise<void>
  /** `rows` is known once the stream has ended. */
  open(table: T): { stream: Readable; rows(): Promise<number> }
}

/**
 * Fills an empty database with all that the source holds: all of it or nothing. Throws Unable where the target is not
 * empty, or where our migrations do not build the tables that the source has.
 */
export async function load<T extends Table>(
  access: Access,
  source: Source<T>,
  buildSchema: BuildSchema,
): Promise<void> {
  const client = await connectForCopy(access.superUrl)
  try {
    await begin(client)
    await build(access, source.content, buildSchema)
    await fill(client, source)
    await client.query('analyze')
  } catch (problem) {
    await client.query('rollback').catch(() => undefined)
    if (!(problem instanceof NotEmpty)) await clear(client).catch(() => undefined)
    throw problem
  } finally {
    await client.end()
  }
}

class NotEmpty extends Unable {}

/** From here to the end a schema says that this database is half restored, so that no server starts on it. */
async function begin(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is: boolean }>(
    `select to_regnamespace('${restoringSchema}') is not null as is`,
  )
  if (rows[0]?.is) return clear(client).then(() => mark(client))
  await refuseUsed(client)
  await mark(client)
}

async function refuseUsed(client: pg.Client): Promise<void> {
  const [table] = await listTables(client)
  if (!table) return
  throw new NotEmpty(
    `The target is not empty: it has the table ${nameOf(table)}; restore into an empty data folder or database.`,
  )
}

const mark = (client: pg.Client) =>
  client.query(`create schema ${restoringSchema} authorization ${roles.owner}`).then(() => undefined)

/** Removes what an unfinished restore made; the target held no table before it. */
async function clear(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select nspname as name from pg_namespace where nspowner = $1::regrole order by nspname = $2',
    [roles.owner, restoringSchema],
  )
  for (const { name } of rows) await client.query(`drop schema ${pg.escapeIdentifier(name)} cascade`)
}

async function build(
  access: Access,
  content: Pick<Content, 'migrations'>,
  buildSchema: BuildSchema,
): Promise<void> {
  const client = new pg.Client({ connectionString: access.ownerUrl })
  await client.connect()
  try {
    await buildSchema({ client, ownerUrl: access.ownerUrl, migrations: content.migrations })
  } finally {
    await client.end()
  }
}

async function fill<T extends Table>(client: pg.Client, source: Source<T>): Promise<void> {
  await client.query('begin')
  await client.query(textFormat)
  await source.beforeRows?.()
  const built = await listTables(client)
  checkTables(source.content.tables, built)
  if (built.length) await client.query(`truncate ${built.map(quoted).join(', ')}`)
  const replica = await silenceTriggers(client, built)
  for (const table of source.content.tables) await fillTable(client, source, table)
  for (const { schema, name, value, called } of source.content.sequences)
    await client.query('select setval($1::regclass, $2, $3)', [quoted({ schema, name }), value, called])
  await freeJobs(client)
  if (!replica)
    for (const table of built) await client.query(`alter table ${quoted(table)} enable trigger user`)
  await checkAudit(client, source.content)
  await client.query(`drop schema ${restoringSchema}`)
  await client.query('commit')
}

function checkTables(wanted: readonly Table[], built: readonly Table[]): void {
  const there = new Map(built.map((table) => [nameOf(table), new Set(table.columns)]))
  for (const table of wanted) {
    const missing = table.columns.find((column) => !there.get(nameOf(table))?.has(column))
    if (missing !== undefined)
      throw new Unable(
        `This version has no ${nameOf(table)}.${missing}; restore with the version that made the copy, or a newer one.`,
      )
  }
}

async function fillTable<T extends Table>(client: pg.Client, source: Source<T>, table: T): Promise<void> {
  const { stream, rows } = source.open(table)
  const into = copyIn(client, table)
  await pipeline(stream, into)
  const expected = await rows()
  if (into.rowCount !== expected)
    throw new Unable(
      `${nameOf(table)} should have ${expected} rows and got ${into.rowCount}; nothing was restored.`,
    )
}

/** The rows are what triggers have already made of them. Where we may not silence foreign keys, the order obeys them. */
async function silenceTriggers(client: pg.Client, tables: readonly Table[]): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select has_parameter_privilege('session_replication_role', 'set') as may`,
  )
  if (rows[0]?.may) await client.query('set local session_replication_role = replica')
  else for (const table of tables) await client.query(`alter table ${quoted(table)} disable trigger user`)
  return rows[0]?.may ?? false
}

/** The workers that held these jobs are no more: without this they would wait four hours. */
async function freeJobs(client: pg.Client): Promise<void> {
  for (const table of ['graphile_worker._private_jobs', 'graphile_worker._private_job_queues'])
    if (await exists(client, table))
      await client.query(`update ${table} set locked_at = null, locked_by = null where locked_at is not null`)
}

async function checkAudit(client: pg.Client, content: Pick<Content, 'auditHead'>): Promise<void> {
  const head = await readAuditHead(client)
  if (head?.hash !== content.auditHead?.hash || head?.number !== content.auditHead?.number)
    throw new Unable('The audit chain does not end where the copy says it ended; nothing was restored.')
}

const quoted = (thing: { schema: string; name: string }) =>
  `${pg.escapeIdentifier(thing.schema)}.${pg.escapeIdentifier(thing.name)}`
