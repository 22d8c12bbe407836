import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup } from '../src/kernel/postgres/backup.ts'
import { borrowPostgres } from '../src/kernel/postgres/borrow.ts'
import { databaseName } from '../src/kernel/postgres/cluster.ts'
import type { BuildSchema } from '../src/kernel/postgres/load.ts'
import { restore } from '../src/kernel/postgres/restore.ts'
import { ensureRoles } from '../src/kernel/postgres/roles.ts'
import { type Postgres, startPostgres } from '../src/kernel/postgres/start.ts'
import { urlOf } from '../src/kernel/postgres/url.ts'
import { ask, folder, quiet, remove } from './postgres-help.ts'
import { hasOld, serverOf } from './postgres-old.ts'

const timeout = 120_000
const place = folder()
const dataDir = join(place, 'data')
const saved = join(place, 'saved copy')
let postgres: Postgres

/** What our migrations would build; the reference row stands for what a migration itself writes. */
const schema = `
  create schema kernel; create schema ward;
  create table kernel.migration (module text, name text, checksum text, at timestamptz not null default now());
  create table kernel.sealed (number bigint primary key, hash bytea not null);
  insert into kernel.migration values ('ward', '0001-create.sql', 'abc', '2026-01-01');
  create table ward.bed (id bigint generated always as identity primary key, name text not null,
    upper_name text generated always as (upper(name)) stored);
  create table ward.admission (id uuid primary key, bed_id bigint references ward.bed, price numeric, scan bytea,
    until timestamptz, born date, about jsonb, tags text[], before_id uuid references ward.admission);
  alter table ward.admission enable row level security; alter table ward.admission force row level security;
  create table ward.touched (count int not null); insert into ward.touched values (0);
  create function ward.touch() returns trigger language plpgsql as
    $$ begin update ward.touched set count = count + 1; return new; end $$;
  create trigger touch after insert on ward.bed for each row execute function ward.touch();
  create sequence ward.ticket`

const buildSchema: BuildSchema = async ({ client, migrations }) => {
  expect(migrations).toEqual([{ module: 'ward', name: '0001-create.sql', checksum: 'abc' }])
  await client.query(schema)
}

const rows = `
  insert into kernel.sealed values (1, '\\x00'), (2, '\\xbeef');
  insert into ward.bed (name) select 'bed ' || n from generate_series(1, 3) as n;
  insert into ward.admission values
    ('00000000-0000-0000-0000-000000000002', 1, 12345678901234567890.123456789, '\\x00ff0a0d5c', 'infinity', '0044-03-15 BC',
      '{"姓名": "王\\u0022小明😀", "n": 1.10}', array['a,b', null, '换行' || chr(10) || chr(9) || '\\'], null),
    ('00000000-0000-0000-0000-000000000001', 2, 'NaN', '', '2026-06-30 23:59:59.999999+08', 'infinity', 'null', '{}',
      '00000000-0000-0000-0000-000000000002');
  select setval('ward.ticket', 41); select nextval('ward.ticket')`

const tables = ['kernel.sealed', 'kernel.migration', 'ward.bed', 'ward.admission', 'ward.touched']

const everything = async (url: string) => {
  const all: Record<string, unknown> = {}
  for (const table of tables) {
    const found = await ask<{ row: string }>(url, `select t::text as row from ${table} t order by 1`)
    all[table] = found.map(({ row }) => row)
  }
  return all
}

const emptyTarget = async (name: string) =>
  startPostgres({ dataDir: join(place, name), log: quiet, purpose: 'restore' })

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, log: quiet })
  await ask(postgres.ownerUrl, schema)
  await ask(postgres.superUrl, rows)
  mkdirSync(join(dataDir, 'files/ab'), { recursive: true })
  mkdirSync(join(dataDir, 'keys'), { mode: 0o700 })
  writeFileSync(join(dataDir, 'files/ab/abcd'), Buffer.alloc(100_000, 7))
  writeFileSync(join(dataDir, 'keys/identifier.key'), 'secret')
  writeFileSync(join(dataDir, 'files/ab/abce.01980000-0000-7000-8000-000000000000'), 'half')
  writeFileSync(join(dataDir, 'master.key'), 'master')
  await backup({ access: postgres, dataDir, to: saved })
}, timeout)

afterAll(async () => {
  await postgres.stop()
  remove(place)
}, timeout)

/** Changes one file of the backup for the time of the work. */
async function damaged(file: string, change: (path: string) => void, work: () => Promise<void>) {
  const path = join(saved, file)
  const before = readFileSync(path)
  change(path)
  try {
    await work()
  } finally {
    writeFileSync(path, before)
  }
}

describe('a backup', { timeout }, () => {
  it('brought back into an empty folder holds everything, to the last letter', async () => {
    const target = await emptyTarget('again')
    try {
      await restore({ from: saved, dataDir: join(place, 'again'), access: target, buildSchema })
      expect(await everything(target.superUrl)).toEqual(await everything(postgres.superUrl))
      expect(readFileSync(join(place, 'again/files/ab/abcd'))).toEqual(Buffer.alloc(100_000, 7))
      expect(readFileSync(join(place, 'again/keys/identifier.key'), 'utf8')).toBe('secret')
      expect(readFileSync(join(place, 'again/master.key'), 'utf8')).toBe('master')
      const head = JSON.parse(readFileSync(join(place, 'again/audit-head.json'), 'utf8'))
      expect(head).toEqual({ number: 2, hash: 'beef' })
      expect(readdirSync(join(saved, 'files/ab'))).toEqual(['abcd'])
      const next = `insert into ward.bed (name) values ('next') returning id, upper_name, nextval('ward.ticket') as ticket`
      expect(await ask(target.ownerUrl, next)).toEqual([{ id: '4', upper_name: 'NEXT', ticket: '43' }])
      const rule = `select relforcerowsecurity as forced, relowner::regrole::text as owner from pg_class where relname = 'admission'`
      expect(await ask(target.superUrl, rule)).toEqual([{ forced: true, owner: 'tongmai_owner' }])
    } finally {
      await target.stop()
    }
  })

  it('is one moment, though others write meanwhile, and needs a folder of its own', async () => {
    const target = join(place, 'moment')
    let last = 2
    let writing = true
    const writer = (async () => {
      while (writing) await ask(postgres.superUrl, `insert into kernel.sealed values (${++last}, '\\x01')`)
    })()
    await expect.poll(() => last, { interval: 5 }).toBeGreaterThan(5)
    const manifest = await backup({ access: postgres, dataDir, to: target })
    writing = false
    await writer
    const sealed = manifest.tables.find(({ name }) => name === 'sealed')
    expect(manifest.auditHead?.number).toBe(String(sealed?.rows))
    expect(last).toBeGreaterThan(sealed?.rows ?? 0)
    await ask(postgres.superUrl, 'delete from kernel.sealed where number > 2')
    await expect(backup({ access: postgres, dataDir, to: target })).rejects.toThrow(/is not empty/)
  })

  it('names the damaged file, the missing one, the unfinished copy, and a format it does not know', async () => {
    const access = postgres
    const attempt = () => restore({ from: saved, dataDir: join(place, 'never'), access, buildSchema })
    const append = (path: string) => appendFileSync(path, 'x')
    for (const file of ['tables/ward.admission.gz', 'files/ab/abcd', 'files.sha256', 'manifest.json'])
      await damaged(file, append, () => expect(attempt()).rejects.toThrow(new RegExp(`damaged: .*${file}`)))
    await damaged('tables/ward.bed.gz', rmSync, () =>
      expect(attempt()).rejects.toThrow(/damaged: .*ward\.bed\.gz/),
    )
    await damaged('manifest.json', rmSync, () => expect(attempt()).rejects.toThrow(/no finished backup/))
    await withFormat(99, () => expect(attempt()).rejects.toThrow(/format 99; this version reads up to 1/))
    expect(existsSync(join(place, 'never'))).toBe(false)
  })

  it('is not brought back over data that is there', async () => {
    const attempt = restore({ from: saved, dataDir, access: postgres, buildSchema })
    await expect(attempt).rejects.toThrow(/The target is not empty/)
    expect((await everything(postgres.superUrl))['ward.bed']).toHaveLength(3)
  })

  it('brought back halfway leaves nothing, no server starts on it, and the next try succeeds', async () => {
    const half = join(place, 'half')
    const target = await emptyTarget('half')
    const other: BuildSchema = async ({ client }) =>
      void (await client.query('create schema ward; create table ward.bed (id int)'))
    const attempt = restore({ from: saved, dataDir: half, access: target, buildSchema: other })
    await expect(attempt).rejects.toThrow(/This version has no kernel\.migration/)
    await ask(
      target.ownerUrl,
      'create schema tongmai_restoring; create schema ward; create table ward.bed (id int)',
    )
    await expect(ensureRoles(target.superUrl)).rejects.toThrow(
      /The last restore into this database did not finish/,
    )
    await restore({ from: saved, dataDir: half, access: target, buildSchema })
    expect(await everything(target.superUrl)).toEqual(await everything(postgres.superUrl))
    await target.stop()
  })

  it('borrows the running database, starts one that rests, and finds none in an empty folder', async () => {
    const running = await borrowPostgres({ dataDir, log: quiet })
    expect(running.access.superUrl).toBe(postgres.superUrl)
    await running.giveBack()
    expect(await ask(postgres.superUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    const resting = await borrowPostgres({ dataDir: join(place, 'again'), log: quiet })
    expect(await ask(resting.access.superUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await resting.giveBack()
    expect(existsSync(join(place, 'again/connection.json'))).toBe(false)
    await expect(borrowPostgres({ dataDir: join(place, 'nowhere'), log: quiet })).rejects.toThrow(
      /holds no database/,
    )
  })

  it('refuses to be made by a user from whom row-level security hides rows', async () => {
    const access = { ...postgres, superUrl: postgres.ownerUrl }
    await expect(backup({ access, dataDir, to: join(place, 'partial') })).rejects.toThrow(
      /does not see all rows/,
    )
  })
})

if (hasOld)
  describe('a newer major version', { timeout }, () => {
    it('takes over the data of an older one, which stays beside it', async () => {
      const home = join(place, 'old')
      await makeOld(home)
      await expect(startPostgres({ dataDir: home, log: quiet })).rejects.toThrow(/start the server once/)
      const broken: BuildSchema = () => Promise.reject(new Error('a broken migration'))
      await expect(startPostgres({ dataDir: home, log: quiet, buildSchema: broken })).rejects.toThrow(
        'a broken migration',
      )
      const now = await startPostgres({ dataDir: home, log: quiet, buildSchema })
      try {
        expect(await everything(now.superUrl)).toEqual(await everything(postgres.superUrl))
        expect(
          await ask(now.superUrl, `select current_setting('server_version_num')::int / 10000 as major`),
        ).toEqual([{ major: 18 }])
        expect(existsSync(join(home, 'postgres/pgdata-15/PG_VERSION'))).toBe(true)
      } finally {
        await now.stop()
      }
    })
  })

/** A data folder as an earlier version of us, with PostgreSQL 15, would have left it. */
async function makeOld(home: string): Promise<void> {
  const { place: old, stop } = await serverOf(home, 15)
  try {
    const access = await ensureRoles(urlOf(old, databaseName))
    await ask(access.ownerUrl, schema)
    await ask(access.superUrl, rows)
  } finally {
    await stop()
  }
}

async function withFormat(format: number, work: () => Promise<void>): Promise<void> {
  const text = readFileSync(join(saved, 'manifest.json'), 'utf8').replace(
    '"format": 1',
    `"format": ${format}`,
  )
  const sum = createHash('sha256').update(text).digest('hex')
  await damaged(
    'manifest.json',
    (path) => writeFileSync(path, text),
    () => damaged('manifest.sha256', (path) => writeFileSync(path, `${sum}  manifest.json\n`), work),
  )
}
