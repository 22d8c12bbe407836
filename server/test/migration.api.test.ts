import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { MigrationSource } from '../src/kernel/migrate.ts'
import { buildSchema, migrationSources } from '../src/kernel/program.ts'
import { order } from '../src/modules/order.ts'
import { sourceRoot } from './database.ts'
import { type Description, describeSchema } from './describe-schema.ts'
import { type EmptyDatabase, emptyDatabase } from './empty-database.ts'

const sources = migrationSources(sourceRoot, order)
const open: EmptyDatabase[] = []
const folders: string[] = []

afterEach(async () => {
  for (const database of open.splice(0)) await database.drop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function empty(): Promise<EmptyDatabase> {
  const database = await emptyDatabase()
  open.push(database)
  return database
}

type File = { module: string; name: string }

const filesOf = ({ module, folder }: MigrationSource): File[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.sql') ? [{ module, name }] : []))

/** A database that has come through these releases, each a list of the files that had been written by then. */
async function after(
  of: readonly MigrationSource[],
  releases: readonly (readonly File[])[],
): Promise<Description> {
  const { ownerUrl, root } = await empty()
  for (const release of releases) {
    const known = of.filter(({ module }) => release.some((file) => file.module === module))
    await buildSchema(ownerUrl, known, release)
  }
  return describeSchema(root)
}

const fresh = (of: readonly MigrationSource[]) => after(of, [of.flatMap(filesOf)])

/** The life of a product that added one module after the other. */
const moduleByModule = (of: readonly MigrationSource[]) =>
  of.map((_, i) => of.slice(0, i + 1).flatMap(filesOf))

/** The life of a product that had all modules from the beginning and changed them later. */
function numberByNumber(of: readonly MigrationSource[]): File[][] {
  const files = of.flatMap(filesOf)
  const numbers = [...new Set(files.map(({ name }) => name.slice(0, 4)))].sort()
  return numbers.map((number) => files.filter(({ name }) => name.slice(0, 4) <= number))
}

/** Which schemas changed from one description to the other. */
const changed = (before: Description, now: Description): string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter(
    (schema) => before.get(schema)?.join('\n') !== now.get(schema)?.join('\n'),
  )

/** Runs the sources one after the other and answers which of them changed which other schema. */
async function strays(of: readonly MigrationSource[]): Promise<string[]> {
  const { ownerUrl, root } = await empty()
  const found: string[] = []
  let before = await describeSchema(root)
  for (const [i, { module }] of of.entries()) {
    await buildSchema(ownerUrl, of.slice(0, i + 1))
    const now = await describeSchema(root)
    // The kernel's table of migrations notes every file; the first run makes the job queue too.
    const own = i === 0 ? ['kernel', 'graphile_worker'] : [module]
    const rest = changed(quiet(before), quiet(now)).filter((schema) => !own.includes(schema))
    found.push(...rest.map((schema) => `${module} changes ${schema}`))
    before = now
  }
  return found
}

const quiet = (description: Description): Description =>
  new Map(
    [...description].map(([schema, lines]) => [
      schema,
      lines.filter((line) => !line.startsWith('kernel.migration holds')),
    ]),
  )

/** Modules made for a test: the text of each file by `module/name`. */
function made(files: Readonly<Record<string, string>>): MigrationSource[] {
  const root = mkdtempSync(join(tmpdir(), 'migration-'))
  folders.push(root)
  for (const [path, sql] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), sql)
  }
  const modules = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))]
  return [...sources.slice(0, 1), ...modules.map((module) => ({ module, folder: join(root, module) }))]
}

const crossing = `
  select distinct dependent.name || ' stands on ' || n.nspname || '.' || c.relname as crossing from (
    select n.nspname as schema, n.nspname || '.' || c.relname as name, d.refobjid, d.refclassid
      from pg_depend d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
      join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
    union all select n.nspname, n.nspname || '.' || c.relname, d.refobjid, d.refclassid
      from pg_depend d join pg_policy p on d.classid = 'pg_policy'::regclass and p.oid = d.objid
      join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    union all select n.nspname, n.nspname || '.' || k.conname, k.confrelid, 'pg_class'::regclass
      from pg_constraint k join pg_namespace n on n.oid = k.connamespace where k.contype = 'f'
  ) as dependent
  join pg_class c on dependent.refclassid = 'pg_class'::regclass and c.oid = dependent.refobjid
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in (dependent.schema, 'pg_catalog') order by 1`

/** Foreign keys, views and policies that lean on another schema's tables. */
async function crossings(of: readonly MigrationSource[]): Promise<string[]> {
  const { ownerUrl, root } = await empty()
  await buildSchema(ownerUrl, of)
  const { rows } = await root.query<{ crossing: string }>(crossing)
  return rows.map((row) => row.crossing)
}

test('a database that grew with the product is the same as one made today', async () => {
  expect(sources.length).toBeGreaterThan(3)
  const today = await fresh(sources)
  expect(today.get('network')?.length).toBeGreaterThan(100)
  expect(await after(sources, moduleByModule(sources))).toEqual(today)
  expect(await after(sources, numberByNumber(sources))).toEqual(today)
}, 240_000)

test('a migration touches its own schema only', async () => {
  expect(await strays(sources)).toEqual([])
})

test('no foreign key, view or policy leans on the tables of another schema', async () => {
  expect(await crossings(sources)).toEqual([])
})

test('a migration that looks at what others have made is found by the comparison', async () => {
  const uneven = made({
    'one/0001-create.sql': 'create table one.a (id int)',
    'one/0002-more.sql': `do $$ begin
      if to_regclass('two.b') is not null then alter table one.a add column late int; end if; end $$`,
    'two/0001-create.sql': 'create table two.b (id int)',
  })
  const differing = changed(await fresh(uneven), await after(uneven, numberByNumber(uneven)))
  expect(differing).toEqual(['one'])
})

test('a table that becomes append-only later is so in every database', async () => {
  const hardened = made({
    'one/0001-create.sql': `create table one.a (id int); comment on table one.a is 'local: a'`,
    'one/0002-harden.sql': `comment on table one.a is 'local, append-only: a'`,
  })
  expect(await after(hardened, numberByNumber(hardened))).toEqual(await fresh(hardened))
})

test('a migration that reaches into another schema is found, and so is a foreign key', async () => {
  const reaching = made({
    'one/0001-create.sql':
      'create table one.a (id int primary key); create policy all_write on one.a using (true)',
    'two/0001-create.sql':
      'create table two.b (id int references one.a (id)); create view two.c as select id from one.a',
    'three/0001-create.sql': 'insert into one.a values (1)',
    'four/0001-create.sql': 'comment on column two.b.id is $$mine$$',
    'five/0001-create.sql': 'alter table kernel.clock alter column offset_ms set default 1',
  })
  expect(await strays(reaching)).toEqual(['three changes one', 'four changes two', 'five changes kernel'])
  expect(await crossings(reaching)).toEqual(['two.b_id_fkey stands on one.a', 'two.c stands on one.a'])
})
