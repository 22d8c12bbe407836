import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOwners } from '../src/kernel/resource/owner.ts'
import { project } from '../src/kernel/resource/project.ts'
import { addPractitioner } from '../src/modules/workforce/index.ts'
import { modules } from '../src/modules.ts'
import { asking } from './ask-fhir.ts'
import { givenClient, type Signed } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { givenResident } from './given-resident.ts'
import { type Region, region } from './world.ts'

/** What a module puts into the FHIR store of its own things, an API client does not write over. */

const folder = join(import.meta.dirname, '../src/modules')

/** Every type that a module makes in its fhir files, as `module/Type`. */
const made = modules.flatMap(({ name }) => {
  const files = readdirSync(join(folder, name)).filter((file) => /^fhir(-[a-z-]+)?\.ts$/.test(file))
  const types = files.flatMap((file) =>
    [...readFileSync(join(folder, name, file), 'utf8').matchAll(/resourceType: '(\w+)'/g)].map(
      ([, type]) => type,
    ),
  )
  return [...new Set(types)].map((type) => `${name}/${type}`)
})

/** Types that are recorded as anybody would record them: facts of the record, which their institution corrects. */
const facts: Readonly<Record<string, string>> = {
  'careplan/Observation': 'what was measured at a follow-up is a fact of the record like any other',
}

let world: Region
let hospital: { id: string }
let client: Signed

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  client = await givenClient(world, hospital.id)
})
afterAll(() => world.close())
const ask = asking(
  () => world,
  () => client.headers,
)

test('every type that a module projects has an owner', () => {
  expect(made.length).toBeGreaterThan(15)
  const owned = new Set(allOwners().map(({ type }) => type))
  const free = made.filter((one) => !owned.has(one.split('/')[1] ?? ''))
  expect(free.filter((one) => facts[one] === undefined)).toEqual([])
  expect(Object.keys(facts).filter((one) => !free.includes(one))).toEqual([])
})

describe('a projected PractitionerRole', () => {
  test('is not written over, freed of its mark, nor removed by a client; a foreign one is stored as it comes', async () => {
    await world.system((ctx) =>
      addPractitioner(ctx, {
        ...{ name: '林医生', sex: 'female', kind: 'physician', title: 'attending', licences: [] },
        sites: [{ institutionId: hospital.id, since: '2020-01-01' }],
      }),
    )
    const found = (await ask('GET', `/PractitionerRole?organization=Organization/${hospital.id}`)).body
    const role = found.entry[0].resource
    const path = `/PractitionerRole/${role.id}`
    const { identifier: _, ...free } = role
    expect((await ask('PUT', path, { body: { ...role, active: false } })).status).toBe(409)
    expect((await ask('PUT', path, { body: { ...free, active: false } })).status).toBe(422)
    expect((await ask('DELETE', path)).status).toBe(409)
    expect((await ask('POST', '/PractitionerRole', { body: role })).status).toBe(409)
    expect((await ask('GET', path)).body).toEqual(role)
    const own = { resourceType: 'PractitionerRole', active: true }
    const { status, body } = await ask('POST', '/PractitionerRole', { body: own })
    expect(status).toBe(201)
    expect(
      (await ask('PUT', `/PractitionerRole/${body.id}`, { body: { ...body, active: false } })).status,
    ).toBe(200)
  })
})

test('the summary that ended a referral is not written over', async () => {
  const { id: residentId } = await givenResident(world, hospital.id)
  const id = await world.system(async (ctx) => ctx.id())
  const summary = {
    ...{ resourceType: 'Composition', id, status: 'final', title: '出院小结' },
    identifier: { system: 'urn:tongmai:referral-number', value: 'Z1' },
    type: { text: '出院小结' },
    subject: { reference: `Patient/${residentId}` },
    date: '2026-01-02',
    author: [{ reference: `Organization/${hospital.id}` }],
  }
  await world.world.asSystem(hospital.id, (ctx) => project(ctx, { resource: summary, residentId }))
  const { identifier: _, ...free } = summary
  for (const body of [
    { ...summary, title: '改过' },
    { ...free, title: '改过' },
  ])
    expect([409, 422]).toContain((await ask('PUT', `/Composition/${id}`, { body })).status)
  expect((await ask('DELETE', `/Composition/${id}`)).status).toBe(409)
  expect((await ask('GET', `/Composition/${id}`)).body.title).toBe('出院小结')
})
