import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let mine: Record<string, string>
let resident: { id: string }
let person: string

const ask = asking(
  () => world,
  () => mine,
)
const query = async (text: string, at: string, variables: object = {}) => {
  const { status, body } = await ask('POST', `${at}/$graphql`, {
    body: { query: text, variables },
    headers: { 'content-type': 'application/json' },
  })
  return { status, data: body.data, errors: body.errors?.map(({ message }: { message: string }) => message) }
}

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  // What R4's own example of these directives asks about.
  const body = {
    resourceType: 'Person',
    active: true,
    identifier: [{ system: 'urn:oid:1.2.36.146.595.217.0.1', value: '12345' }],
    name: [
      { use: 'official', family: 'Chalmers', given: ['Peter', 'James'] },
      { use: 'usual', given: ['Jim'] },
      { use: 'maiden', family: 'Windsor', given: ['Peter', 'James'] },
    ],
  }
  const made = await ask('POST', '/Person', { body })
  expect(made.status).toBe(201)
  person = `/Person/${made.body.id}`
  for (const status of ['final', 'preliminary'])
    await ask('POST', '/Observation', { body: anObservation(resident.id, { status }) })
})
afterAll(() => world.close())

const identified = { system: ['urn:oid:1.2.36.146.595.217.0.1'], value: ['12345'], active: true }

test.each([
  [
    '{ identifier @flatten { system value } active name @flatten { text given family } }',
    { ...identified, given: ['Peter', 'James', 'Jim', 'Peter', 'James'], family: ['Chalmers', 'Windsor'] },
  ],
  [
    '{ identifier @flatten { system value } active name @flatten { text given @first family } }',
    { ...identified, given: ['Peter', 'Jim', 'Peter'], family: ['Chalmers', 'Windsor'] },
  ],
  [
    `{ identifier @flatten { system @singleton value @singleton } active
      name @flatten @first { text given family @singleton } }`,
    {
      system: identified.system[0],
      value: '12345',
      active: true,
      given: ['Peter', 'James'],
      family: 'Chalmers',
    },
  ],
  [
    '{ active name @flatten @slice(path: "use") { given family @singleton } }',
    {
      ...{ active: true, 'given.official': ['Peter', 'James'], 'family.official': 'Chalmers' },
      ...{ 'given.usual': ['Jim'], 'given.maiden': ['Peter', 'James'], 'family.maiden': 'Windsor' },
    },
  ],
  [
    '{ active name @flatten @slice(path: "$index") { given family @singleton } }',
    {
      ...{ active: true, 'given.0': ['Peter', 'James'], 'family.0': 'Chalmers' },
      ...{ 'given.1': ['Jim'], 'given.2': ['Peter', 'James'], 'family.2': 'Windsor' },
    },
  ],
  [
    '{ name @slice(path: "use") @first { family } ...more } fragment more on Person { identifier { value @skip(if: true) system } }',
    { 'name.official': [{ family: 'Chalmers' }], identifier: [{ system: identified.system[0] }] },
  ],
])('an answer is laid out as R4 says: %s', async (text, expected) => {
  const { status, data, errors } = await query(text, person)
  expect([status, errors]).toEqual([200, undefined])
  expect(data).toEqual(expected)
})

test('lists of resources are laid out too, with variables, and what stands twice is one', async () => {
  const text = `query All($id: ID!, $by: String!, $no: Boolean!) { Patient(id: $id) {
    id
    ObservationList(_reference: patient, _sort: "status") @slice(path: $by) { status code { text } code { coding { code } } }
    gender @include(if: $no) } }`
  const { data, errors } = await query(text, '', { id: resident.id, by: 'status', no: false })
  expect(errors).toBeUndefined()
  expect(Object.keys(data.Patient)).toEqual(['id', 'ObservationList.final', 'ObservationList.preliminary'])
  expect(data.Patient['ObservationList.final']).toMatchObject([{ status: 'final', code: { coding: [{}] } }])
})

test('what cannot be laid out so is refused in words', async () => {
  const more = await query('{ name @flatten { family @singleton } }', person)
  expect(more.errors?.[0]).toContain('@singleton')
  const mixed = await query(
    '{ identifier @flatten { x: value } name @flatten { x: period { start } x2: use } active @flatten }',
    person,
  )
  expect(mixed.status).toBeLessThan(500)
  for (const path of ['matches("(a+)+")', 'use.where(true)', '', '__proto__.x'])
    expect(
      (await query(`{ name @slice(path: ${JSON.stringify(path)}) { family } }`, person)).status,
    ).toBeLessThan(500)
  const bad = await query('{ name @slice(path: "use.where(true)") { family } }', person)
  expect(bad.errors?.[0]).toContain('@slice')
  expect((await query('{ name @slice { family } }', person)).status).toBe(400)
  expect((await query('{ __proto__: name @flatten { family } }', person)).status).toBeLessThan(500)
})
