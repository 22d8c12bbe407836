import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../src/kernel/actor.ts'
import { uuidv7 } from '../src/kernel/id.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { ensureRoles } from '../src/kernel/postgres/roles.ts'
import { buildSchema, migrationSources } from '../src/kernel/program.ts'
import { modules } from '../src/modules.ts'
import { sourceRoot } from './database.ts'
import { foundOtherwise, localTables } from './local-tables.ts'
import { type Region, region } from './world.ts'

interface Table {
  name: string
  mark: string | null
  key: string[]
  indexes: string[]
  columns: string[]
  forced: boolean
  policies: number
}

let world: Region
let tables: Table[]
const schemas = ['kernel', ...modules.map((m) => m.name)]

beforeAll(async () => {
  world = await region()
  tables = await world.sql<Table & Record<string, unknown>>(
    `select n.nspname || '.' || c.relname as name, split_part(obj_description(c.oid, 'pg_class'), ':', 1) as mark,
      c.relrowsecurity and c.relforcerowsecurity as forced, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      array(select a.attname::text from pg_index i, unnest(i.indkey) with ordinality k(n, o) join pg_attribute a on a.attnum = k.n
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.o) as key,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid) as indexes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any ($1) order by 1`,
    [schemas],
  )
})
afterAll(() => world.close())

test('every table says by what it is spread, and its primary key holds that', () => {
  expect(tables.length).toBeGreaterThan(20)
  const wrong = tables.flatMap((t) => {
    const mark = t.mark?.split(',')[0]
    if (!mark || !['by-resident', 'by-institution', 'reference', 'local'].includes(mark))
      return [`${t.name} has no mark`]
    if (mark === 'by-resident' && !t.key.includes('resident_id'))
      return [`${t.name} is not keyed by resident_id`]
    if (mark === 'by-institution' && !t.key.includes('institution_id'))
      return [`${t.name} is not keyed by institution_id`]
    if (
      mark.startsWith('by-') &&
      t.columns.includes('id') &&
      !t.indexes.includes('id') &&
      !foundOtherwise[t.name]
    )
      return [`${t.name} has no index on id`]
    return []
  })
  expect(wrong).toEqual([])
})

test('the local tables stand in one list with reasons', () => {
  const local = tables.filter((t) => t.mark?.startsWith('local')).map((t) => t.name)
  expect(local).toEqual(Object.keys(localTables).sort())
})

test('every table is behind row-level security, also for its owner, and has a policy', () => {
  expect(tables.filter((t) => !t.forced || t.policies === 0).map((t) => t.name)).toEqual([])
})

test('the server works as a role that owns nothing and bypasses nothing', async () => {
  const role = await world.world.asSystem(null, async (ctx) => {
    const { rows } = await ctx.client.query(
      `select r.rolsuper, r.rolbypassrls, (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
        from pg_roles r where r.rolname = current_user`,
    )
    return rows[0]
  })
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, owned: 0 })
})

test('a query that forgets the first wall returns nothing for another institution', async () => {
  const stranger: Actor = {
    kind: 'staff',
    id: 'x',
    institutionId: uuidv7(),
    practitionerId: null,
    residentIds: [],
    permissions: new Set<string>(),
    scopes: [],
    sessionId: null,
  } as const
  const seen = await world.world.read(stranger, async (ctx) => {
    const counts: string[] = []
    for (const t of tables.filter((each) => each.mark?.startsWith('by-'))) {
      const [schema, name] = t.name.split('.')
      const { rows } = await ctx.client.query<{ n: number }>(
        `select count(*)::int as n from ${schema}."${name}"`,
      )
      if (rows[0]?.n) counts.push(t.name)
    }
    return counts
  })
  expect(seen).toEqual([])
})

test('append-only tables cannot be changed by the server', async () => {
  const fixed = tables.filter((t) => t.mark?.includes('append-only')).map((t) => t.name)
  expect(fixed).toContain('kernel.event')
  for (const name of fixed) {
    const forbidden = world.world.asSystem(null, (ctx) => ctx.client.query(`delete from ${name}`))
    await expect(forbidden, name).rejects.toThrow('permission denied')
  }
})

test('searches under row-level security use their indexes', async () => {
  await world.sql(`insert into kernel."case" (institution_id, id, kind, thing, duty, step, due, opened_at, escalate_at)
    select gen_random_uuid(), gen_random_uuid(), 'x', 'x:' || i, 'x', 'x', now(), now(), now() from generate_series(1, 3000) i`)
  await world.sql('analyze kernel."case"')
  const plans = {
    resource: `select content from kernel.resource where type = 'Patient' and id = 'x'`,
    grant: `select from kernel.access_grant where resident_id = '018f0000-0000-7000-8000-000000000000' and institution_id = '018f0000-0000-7000-8000-000000000000'`,
    case: `select from kernel."case" where institution_id = '018f0000-0000-7000-8000-000000000000' and duty = 'x' and closed_at is null`,
    access: `select from kernel.access where resident_id = '018f0000-0000-7000-8000-000000000000' order by id limit 20`,
  }
  for (const [name, query] of Object.entries(plans)) {
    const plan = await world.world.asSystem(null, async (ctx) => {
      await ctx.client.query('set local enable_seqscan = off')
      const { rows } = await ctx.client.query<{ 'QUERY PLAN': string }>(`explain ${query}`)
      return rows.map((r) => r['QUERY PLAN']).join('\n')
    })
    expect(plan, name).toMatch(/Index Cond/)
  }
})

test('migrations run once; a changed file and a newer database are refused in one sentence', async () => {
  const sources = migrationSources(sourceRoot, modules)
  const { ownerUrl } = await ensureRoles(world.superUrl)
  expect(await buildSchema(ownerUrl, sources)).toEqual([])
  const folder = mkdtempSync(join(tmpdir(), 'migration-'))
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const run = (to: typeof sources) => migrate(client, to, { appRole: 'tongmai_app' })
  const later = [...sources, { module: 'later', folder }]
  writeFileSync(join(folder, '0001-create.sql'), `create table later.thing (id uuid primary key)`)
  expect(await run(later)).toEqual(['later/0001-create.sql'])
  await expect(run(sources)).rejects.toThrow('The database is newer than this program')
  writeFileSync(join(folder, '0001-create.sql'), `create table later.thing (id uuid)`)
  await expect(run(later)).rejects.toThrow('later/0001-create.sql was changed after it ran')
  await client.end()
  rmSync(folder, { recursive: true })
})
