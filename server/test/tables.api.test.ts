import { existsSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allTables, fileOf } from '../../scripts/make-tables.ts'
import { readTables } from '../../scripts/read-tables.ts'
import { writeTables } from '../../scripts/write-tables.ts'
import { buildSchema, migrationSources } from '../src/kernel/program.ts'
import { order } from '../src/modules/order.ts'
import { sourceRoot } from './database.ts'
import { type EmptyDatabase, emptyDatabase } from './empty-database.ts'

let database: EmptyDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await emptyDatabase()
  await buildSchema(database.ownerUrl, migrationSources(sourceRoot, order))
  pool = new pg.Pool({ connectionString: database.ownerUrl, max: 1 })
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

test('the row types checked in are those of the migrated database', async () => {
  const texts = await allTables(database.ownerUrl)
  expect(texts.size).toBeGreaterThan(3)
  const held = (name: string) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : undefined)
  const differing = ['kernel', ...order.map((module) => module.name)].filter(
    (name) => held(name) !== texts.get(name),
  )
  expect(differing, 'their tables.ts is not what the database says: npm run tables').toEqual([])
})

describe('row types', () => {
  const typesOf = async (sql: string) => {
    await pool.query(`drop schema if exists sample cascade; create schema sample; ${sql}`)
    return writeTables('sample', await readTables(pool, ['sample']))
  }

  test('say what may be left out, what is never given, and what a value is read as', async () => {
    const text = await typesOf(`create table sample.thing (
      id uuid not null, count_of_all bigint not null default 0, n int not null generated always as identity, day date,
      price numeric not null, at timestamptz not null, seal bytea, marks text[] not null default '{}', said jsonb, told jsonb not null, twice int not null generated always as (1) stored);
      comment on column sample.thing.told is 'type: Record<string, unknown>'`)
    expect(text).toContain(`  'sample.thing': {
    id: string
    countOfAll: Generated<number>
    n: GeneratedAlways<number>
    day: string | null
    price: string
    at: Date
    seal: Buffer | null
    marks: Generated<string[]>
    said: ColumnType<unknown, string | null, string | null>
    told: ColumnType<Record<string, unknown>, string, string>
    twice: GeneratedAlways<number>
  }`)
    expect(text).toContain(`import type { ColumnType, Generated, GeneratedAlways } from 'kysely'`)
  })

  test('take the values from a check, or the type that a comment names', async () => {
    const text = await typesOf(`create table sample.thing (
      kind text not null check (kind in ('a', 'it''s')), parts text[] check (parts <@ array['x', 'y']), act text not null, acts text[] not null,
      other text check (length(other) in (1, 2)), one text check (one = 'z' or one is null));
      comment on column sample.thing.act is 'type: Act from @tongmai/api/workforce/practitioner';
      comment on column sample.thing.acts is 'type: Act from @tongmai/api/workforce/practitioner'`)
    expect(text).toContain(`    kind: 'a' | 'it\\'s'
    parts: ('x' | 'y')[] | null
    act: Act
    acts: Act[]
    other: string | null
    one: string | null
`)
    expect(text).toContain(`import type { Act } from '@tongmai/api/workforce/practitioner'`)
  })

  test('of a view are those of the tables behind it, to be read only, unsure behind an outer join', async () => {
    const text =
      await typesOf(`create table sample.thing (id uuid not null, kind text not null check (kind in ('a', 'b')), name text);
      create view sample.first as select id, kind as sort, name, upper(kind) as loud from sample.thing;
      create view sample.second as select f.id, f.sort from sample.first f;
      create view sample.third as select t.id, f.sort from sample.thing t left join sample.first f on f.id = t.id`)
    expect(text).toContain(`  'sample.first': View<{
    id: string
    sort: 'a' | 'b'
    name: string | null
    loud: string | null
  }>
  'sample.second': View<{
    id: string
    sort: 'a' | 'b'
  }>`)
    expect(text).toContain(`  'sample.third': View<{
    id: string | null
    sort: 'a' | 'b' | null
  }>`)
  })

  test('are not guessed', async () => {
    await expect(typesOf('create table sample.thing (span interval)')).rejects.toThrow(
      'sample.thing.span: no type is known for interval',
    )
    await expect(typesOf('create table sample.thing (days date[])')).rejects.toThrow(
      'no type is known for date[]',
    )
  })
})
