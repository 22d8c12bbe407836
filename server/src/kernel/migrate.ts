import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase } from 'pg'

/** One module's migrations: plain SQL files, run in the order of their names. */
export interface MigrationSource {
  readonly module: string
  readonly folder: string
}

interface Migration {
  readonly module: string
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

const LOCK = 7_302_003

/** The start is refused, in one sentence. */
export class MigrationRefused extends Error {}

function filesOf({ module, folder }: MigrationSource): Migration[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { module, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings the schema up to these sources: forward only, under a lock, each file in its own transaction. Refuses a
 * database that is newer than the program and files that were changed after they ran; `only` names those to stop at. `client` works as the owner.
 */
export async function migrate(
  client: ClientBase,
  sources: readonly MigrationSource[],
  { appRole, only }: { appRole: string; only?: readonly { module: string; name: string }[] },
): Promise<string[]> {
  await client.query(`select pg_advisory_lock(${LOCK})`)
  try {
    await client.query(`select set_config('app.kind', 'system', false)`)
    await client.query('create schema if not exists kernel')
    await client.query(`create table if not exists kernel.migration
      (module text, name text, checksum text not null, at timestamptz not null default now(), primary key (module, name))`)
    await client.query(
      `comment on table kernel.migration is 'local, append-only: which schema changes have run'`,
    )
    await client.query(`drop policy if exists all_read on kernel.migration`)
    await client.query(`create policy all_read on kernel.migration using (true)`)
    const files = sources
      .flatMap(filesOf)
      .filter((f) => !only || only.some((o) => o.module === f.module && o.name === f.name))
    const waiting = await stillWaiting(client, files)
    for (const file of waiting) await run(client, file)
    await guard(client, [...new Set(sources.map((s) => s.module))], appRole)
    return waiting.map((f) => `${f.module}/${f.name}`)
  } finally {
    await client.query(`select pg_advisory_unlock(${LOCK})`)
  }
}

async function stillWaiting(client: ClientBase, files: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ module: string; name: string; checksum: string }>(
    'select * from kernel.migration',
  )
  for (const row of rows) {
    const file = files.find((f) => f.module === row.module && f.name === row.name)
    if (!file) {
      throw new MigrationRefused(
        `The database is newer than this program: it knows the migration ${row.module}/${row.name}.`,
      )
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationRefused(`The migration ${row.module}/${row.name} was changed after it ran.`)
    }
  }
  return files.filter((f) => !rows.some((r) => r.module === f.module && r.name === f.name))
}

async function run(client: ClientBase, file: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`create schema if not exists ${file.module}`)
    await client.query(file.sql)
    await client.query('insert into kernel.migration (module, name, checksum) values ($1, $2, $3)', [
      file.module,
      file.name,
      file.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(
      `migration ${file.module}/${file.name}: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    )
  }
}

/** Row-level security on every table, and just the rights the program needs: append-only ones are never changed. */
async function guard(client: ClientBase, schemas: readonly string[], appRole: string): Promise<void> {
  const { rows } = await client.query<{
    schema: string
    name: string
    comment: string | null
    secured: boolean
  }>(
    `select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment, c.relforcerowsecurity as secured
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any ($1)`,
    [schemas],
  )
  const commands = schemas.flatMap((s) => [
    `grant usage on schema ${s} to ${appRole}`,
    `grant select on all tables in schema ${s} to ${appRole}`,
    `grant usage on all sequences in schema ${s} to ${appRole}`,
  ])
  for (const t of rows) {
    const table = `${t.schema}."${t.name}"`
    if (!t.secured) commands.push(`alter table ${table} enable row level security, force row level security`)
    if (t.schema === 'kernel' && t.name === 'migration') continue
    const rights = /append-only/.test(t.comment ?? '') ? 'insert' : 'insert, update, delete'
    // A table that became append-only loses the rights that an earlier program gave.
    commands.push(
      `revoke insert, update, delete on ${table} from ${appRole}`,
      `grant ${rights} on ${table} to ${appRole}`,
    )
  }
  await client.query(commands.join(';\n'))
}
