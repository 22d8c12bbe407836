import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../server/src/kernel/postgres/start.ts'
import { buildSchema, migrationSources } from '../server/src/kernel/program.ts'
import { order } from '../server/src/modules/order.ts'
import { readTables, type Table } from './read-tables.ts'
import { nameOf, writeTables } from './write-tables.ts'

const source = join(import.meta.dirname, '../server/src')
const names = ['kernel', ...order.map((module) => module.name)]
const folderOf = (name: string) => join(source, name === 'kernel' ? name : `modules/${name}`)

/** The file that holds a module's row types. */
export const fileOf = (name: string): string => join(folderOf(name), 'tables.ts')

/** What a module's store names between quotes, as `network.name`. */
function namedIn(name: string): Set<string> {
  const folder = folderOf(name)
  const store = join(folder, 'store')
  const files = [
    join(folder, 'store.ts'),
    ...(existsSync(store) ? readdirSync(store, { recursive: true, encoding: 'utf8' }) : [])
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(store, file)),
  ]
  const text = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))
  return new Set([...text.join('\n').matchAll(/['"`](\w+\.\w+)/g)].map(([, quoted = '']) => quoted))
}

function tablesOf(name: string, all: readonly Table[]): Table[] {
  const before = names.slice(1, Math.max(1, names.indexOf(name)))
  const named = namedIn(name)
  return [
    ...all.filter((table) => table.schema === name),
    ...before.flatMap((earlier) =>
      all.filter((table) => table.schema === earlier && table.isView && named.has(nameOf(table))),
    ),
  ]
}

/** The text of every tables.ts, by the name of its module, from a database that is migrated and owned by `ownerUrl`. */
export async function allTables(ownerUrl: string): Promise<Map<string, string>> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 })
  try {
    const all = await readTables(pool, names)
    return new Map(
      names
        .map((name) => [name, tablesOf(name, all)] as const)
        .filter(([, tables]) => tables.length > 0)
        .map(([name, tables]) => [name, writeTables(name, tables)]),
    )
  } finally {
    await pool.end()
  }
}

/** `npm run tables`: writes every tables.ts from an empty database of its own. */
if (import.meta.main) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongmai-tables-'))
  const postgres = await startPostgres({ dataDir, log: { info: () => {}, warn: console.warn } })
  try {
    await buildSchema(postgres.ownerUrl, migrationSources(source, order))
    for (const [name, text] of await allTables(postgres.ownerUrl)) {
      const file = fileOf(name)
      if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
      writeFileSync(file, text)
      console.info(`${name}: written`)
    }
  } finally {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
