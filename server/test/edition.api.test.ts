import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Ctx } from '../src/kernel/ctx.ts'
import { keepJobsRunning } from '../src/kernel/job-queue.ts'
import { allOwners, allRebuilds, registerOwner } from '../src/kernel/resource/owner.ts'
import { project } from '../src/kernel/resource/project.ts'
import { noteEditions, REBUILD_JOB, rebuildOutdated } from '../src/kernel/resource/rebuild.ts'
import { modules } from '../src/modules.ts'
import { givenClient } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { givenResident } from './given-resident.ts'
import { type Region, region } from './world.ts'

/** What modules project is of an edition, and an older one is put right by itself. */

const things = Array.from({ length: 250 }, (_, n) => `thing-${String(n).padStart(3, '0')}`)
const probe = {
  says: 'as it is now',
  begun: [] as (string | null)[],
  /** What happens elsewhere between reading the things and projecting them. */
  meanwhile: async () => {},
}

const show = (ctx: Ctx, id: string, text: string) =>
  project(ctx, { resource: { resourceType: 'Basic', id, code: { text } } })

registerOwner({
  ...{ type: 'Basic', owns: () => false, models: [] },
  create: () => Promise.reject(new Error('nobody asked')),
  change: () => Promise.reject(new Error('nobody asked')),
  rebuild: {
    name: 'test.thing',
    edition: 3,
    async run(ctx, after, limit) {
      probe.begun.push(after)
      const read = things.filter((id) => id > (after ?? '')).slice(0, limit)
      const { says } = probe
      await probe.meanwhile()
      for (const id of read) await show(ctx, id, says)
      return read.length < limit ? null : (read.at(-1) ?? null)
    },
  },
})

let place: Region
beforeAll(async () => {
  place = await region()
})
afterAll(() => place.close())
beforeEach(() => {
  probe.begun = []
  probe.meanwhile = async () => {}
})

const editions = () =>
  place.sql<{ name: string; edition: number }>('select name, edition from kernel.resource_edition')
const setEdition = (edition: number) =>
  place.sql(`update kernel.resource_edition set edition = $1 where name = 'test.thing'`, [edition])
const waiting = () =>
  place.sql('select id from graphile_worker.jobs where task_identifier = $1', [REBUILD_JOB])
const outdated = async () =>
  (await editions()).filter((row) => row.edition < 1 || (row.name === 'test.thing' && row.edition < 3))

/** A server over the region, as far as its jobs go. */
async function startServer() {
  const owner = new pg.Pool({ connectionString: place.superUrl, max: 6 })
  owner.on('error', () => {})
  owner.on('connect', (client) => client.on('error', () => {}))
  await noteEditions(place.world)
  const jobs = [{ name: REBUILD_JOB, run: rebuildOutdated }]
  const stop = await keepJobsRunning({ world: place.world, owner, jobs, log: place.world.log })
  return async () => {
    await stop()
    await owner.end()
  }
}
const startUntilDone = async (servers: number) => {
  const stops = await Promise.all(Array.from({ length: servers }, startServer))
  await vi.waitFor(async () => expect([await outdated(), await waiting()]).toEqual([[], []]), {
    timeout: 20_000,
  })
  for (const stop of stops) await stop()
}

test('whatever can be projected anew bears a name of its module and of nothing else', () => {
  const names = allRebuilds().map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const known = new Set<string>([...modules.map(({ name }) => name), 'test'])
  expect(names.filter((name) => !known.has(name.split('.')[0] ?? ''))).toEqual([])
  expect(allOwners().length).toBeGreaterThan(names.length)
})

test('a new installation stores everything in the edition of today and has nothing to do', async () => {
  await noteEditions(place.world)
  expect(new Map((await editions()).map(({ name, edition }) => [name, edition]))).toEqual(
    new Map(allRebuilds().map(({ name, edition }) => [name, edition])),
  )
  expect(await waiting()).toEqual([])
})

test('an installation that is older than the editions projects all anew once; what has not changed makes no version', async () => {
  const hospital = await givenInstitution(place)
  await givenResident(place, hospital.id)
  // Of what comes over FHIR the database keeps elements in an order of its own.
  const patient = {
    resourceType: 'Patient',
    name: [{ use: 'official', text: '王小明', family: '王', given: ['小明'] }],
    identifier: [{ use: 'usual', type: { text: '住院号' }, system: 'urn:his:mrn', value: 'E-1' }],
    telecom: [{ system: 'phone', value: '13900000001' }],
  }
  const { headers } = await givenClient(place, hospital.id)
  const made = await place.app.inject({
    ...{ method: 'POST', url: '/fhir/R4/Patient', payload: JSON.stringify(patient) },
    headers: { ...headers, 'content-type': 'application/fhir+json' },
  })
  expect(made.statusCode).toBe(201)
  const received = () =>
    place.sql('select version, content from kernel.resource where id = $1', [made.json().id])
  const first = await received()
  for (const id of things) await place.system((ctx) => show(ctx, id, probe.says))
  // What has never been projected is added once.
  await place.sql('delete from kernel.resource_edition')
  await startUntilDone(1)
  expect(await received()).toEqual(first)
  probe.begun = []
  const stored = () =>
    place.sql('select type, id, version, keys, content from kernel.resource order by type, id')
  const keyed = () => place.sql('select * from kernel.resource_key order by resident_id, type, key, id')
  const before = [await stored(), await keyed()]
  await place.sql('delete from kernel.resource_edition')
  await startUntilDone(1)
  expect(probe.begun).toEqual([null, 'thing-099', 'thing-199'])
  expect([await stored(), await keyed()]).toEqual(before)
})

test('what an older edition says is corrected after the start, once, however many servers there are', async () => {
  probe.says = 'as it is since edition 3'
  await setEdition(2)
  await startUntilDone(2)
  expect(probe.begun).toEqual([null, 'thing-099', 'thing-199'])
  const rows = await place.sql<{ text: string; version: number; n: number }>(
    `select content::json #>> '{code,text}' as text, version, count(*)::int as n from kernel.resource where type = 'Basic' group by 1, 2`,
  )
  expect(rows).toEqual([{ text: probe.says, version: 2, n: things.length }])
  probe.begun = []
  await startUntilDone(1)
  expect(probe.begun).toEqual([])
})

test('one that was cut off goes on where it was, unless a still newer edition has come', async () => {
  const cut = (next: number) =>
    place.sql(
      `update kernel.resource_edition set edition = 1, next_edition = $1, after = 'thing-199' where name = 'test.thing'`,
      [next],
    )
  await cut(3)
  await startUntilDone(1)
  expect(probe.begun).toEqual(['thing-199'])
  await cut(2)
  await startUntilDone(1)
  expect(probe.begun.slice(1)).toEqual([null, 'thing-099', 'thing-199'])
})

test('what is found by has changed: it is found anew, in the same version', async () => {
  const key = { type: 'Basic', id: 'thing-001' }
  const find = () =>
    place.sql('select r.keys, r.version from kernel.resource r where type = $1 and id = $2', [
      key.type,
      key.id,
    ])
  const before = await find()
  await place.sql(`update kernel.resource set keys = '{"code=old"}' where type = $1 and id = $2`, [
    key.type,
    key.id,
  ])
  await setEdition(2)
  await startUntilDone(1)
  expect(await find()).toEqual(before)
})

test('a thing that is changed while it is projected anew stays as it was changed', async () => {
  await setEdition(2)
  let changed = 0
  probe.meanwhile = async () => {
    if (changed++ > 0) return
    await place.system((ctx) => show(ctx, 'thing-005', 'changed meanwhile'))
    probe.says = 'changed meanwhile'
  }
  await startUntilDone(1)
  const rows = await place.sql<{ text: string }>(
    `select content::json #>> '{code,text}' as text from kernel.resource where type = 'Basic' and id = 'thing-005'`,
  )
  expect(rows).toEqual([{ text: 'changed meanwhile' }])
  expect(probe.begun).toEqual([null, null, 'thing-099', 'thing-199'])
})

test('one that fails does not keep the others from being projected, and is tried again', async () => {
  await place.sql('update kernel.resource_edition set edition = 0')
  probe.meanwhile = () => Promise.reject(new Error('broken'))
  const stop = await startServer()
  await vi.waitFor(
    async () =>
      expect([(await outdated()).map(({ name }) => name), await waiting()]).toEqual([['test.thing'], []]),
    { timeout: 20_000 },
  )
  probe.meanwhile = async () => {}
  await rebuildOutdated(place.world, {})
  await stop()
  expect(await outdated()).toEqual([])
})
