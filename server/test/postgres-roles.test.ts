import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backup } from '../src/kernel/postgres/backup.ts'
import type { Place } from '../src/kernel/postgres/place.ts'
import { restore } from '../src/kernel/postgres/restore.ts'
import { ensureRoles } from '../src/kernel/postgres/roles.ts'
import { Unable } from '../src/kernel/postgres/unable.ts'
import { urlOf } from '../src/kernel/postgres/url.ts'
import { ask, folder, remove } from './postgres-help.ts'
import { hasOld, serverOf, trustAll } from './postgres-old.ts'

const timeout = 60_000
const majors = hasOld ? ([15, 18] as const) : ([18] as const)

describe.each(majors)('on a given PostgreSQL %i', (major) => {
  const place = folder()
  let server: { place: Place; stop(): Promise<void> }
  let root: string
  const as = (user: string, database = 'hospital') => urlOf(server.place, database, user)

  beforeAll(async () => {
    trustAll(place)
    server = await serverOf(place, major)
    root = urlOf(server.place, 'postgres')
    await ask(root, `create role chief login createrole bypassrls; create role clerk login`)
  }, timeout)

  afterAll(async () => {
    await server.stop()
    remove(place)
  }, timeout)

  beforeEach(async () => {
    for (const database of ['hospital', 'copy']) await ask(root, `drop database if exists ${database}`)
    for (const role of ['tongmai_owner', 'tongmai_app']) await ask(root, `drop role if exists ${role}`)
    for (const database of ['hospital', 'copy']) await ask(root, `create database ${database} owner chief`)
  }, timeout)

  it('a superuser’s sessions are bound by row-level security all the same, and stay so', async () => {
    const { ownerUrl, appUrl } = await ensureRoles(as('postgres'))
    await ask(ownerUrl, table)
    const client = new pg.Client({ connectionString: appUrl })
    await client.connect()
    try {
      for (const step of ['select 1', 'reset role', 'discard all', 'reset all']) {
        await client.query(step)
        const { rows } = await client.query(
          'select current_user as me, (select count(*)::int from ward.bed) as seen',
        )
        expect(rows).toEqual([{ me: 'tongmai_app', seen: 1 }])
      }
    } finally {
      await client.end()
    }
  })

  it('a user who may create roles is enough, also when several programs start at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => ensureRoles(as('chief'))))
    await ask(all[0]!.ownerUrl, table)
    expect(await ask(all[3]!.appUrl, 'select user, count(*)::int as seen from ward.bed')).toEqual([
      { user: 'tongmai_app', seen: 1 },
    ])
    await ensureRoles(as('chief'))
  })

  it('a user who may not is told in one sentence what to run, and that is enough', async () => {
    const refused = await ensureRoles(as('clerk')).catch((problem: Error) => problem)
    expect(refused).toBeInstanceOf(Unable)
    const { message } = refused as Unable
    expect(message).toMatch(/^The database user clerk may not create the roles/)
    await ask(as('postgres'), message.slice(message.indexOf('CREATE ROLE')))
    const { ownerUrl, appUrl } = await ensureRoles(as('clerk'))
    await ask(ownerUrl, table)
    expect(await ask(appUrl, 'select count(*)::int as seen from ward.bed')).toEqual([{ seen: 1 }])
  })

  it('an app role that could see everything is refused', async () => {
    await ask(root, 'create role tongmai_app bypassrls')
    await expect(ensureRoles(as('postgres'))).rejects.toThrow(/tongmai_app is superuser, bypasses/)
    await ask(root, 'alter role tongmai_app nobypassrls; grant tongmai_owner to tongmai_app')
    await expect(ensureRoles(as('postgres'))).rejects.toThrow(/belongs to tongmai_owner/)
  })

  it('backup and restore need no superuser', async () => {
    const access = await ensureRoles(as('chief'))
    await ask(access.ownerUrl, table)
    const to = join(place, 'saved')
    remove(to)
    await backup({ access, dataDir: join(place, 'none'), to })
    const target = await ensureRoles(as('chief', 'copy'), 'restore')
    const buildSchema = async ({ client }: { client: pg.Client }) => void (await client.query(table))
    await restore({ from: to, dataDir: join(place, 'none'), access: target, buildSchema })
    const beds = 'select b.name, t.count from ward.bed b, ward.touched t order by 1'
    expect(await ask(as('postgres', 'copy'), beds)).toEqual(await ask(as('postgres'), beds))
    await expect(ask(target.ownerUrl, `insert into ward.stay values (99)`)).rejects.toThrow(/foreign key/)
    const bounds = `select relforcerowsecurity as forced, tgenabled as fires from pg_class join pg_trigger on tgrelid = pg_class.oid
      where relname = 'bed' and not tgisinternal`
    expect(await ask(as('postgres', 'copy'), bounds)).toEqual([{ forced: true, fires: 'O' }])
  })
})

const table = `
  create schema ward; grant usage on schema ward to tongmai_app;
  create table ward.bed (id int primary key, name text not null);
  create table ward.stay (bed_id int references ward.bed);
  create table ward.touched (count int not null); insert into ward.touched values (0);
  create function ward.touch() returns trigger language plpgsql as
    $$ begin update ward.touched set count = count + 1; return new; end $$;
  create trigger touch after insert on ward.bed for each row execute function ward.touch();
  insert into ward.bed values (1, 'mine'), (2, 'theirs'); insert into ward.stay values (2);
  alter table ward.bed enable row level security; alter table ward.bed force row level security;
  create policy mine on ward.bed using (name = 'mine'); grant select on ward.bed to tongmai_app`
