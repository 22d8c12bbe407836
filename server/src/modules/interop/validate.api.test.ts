import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let resident: { id: string }
let mine: Record<string, string>

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)
const issues = (answer: { body: { issue: { severity: string; expression?: string[] }[] } }) =>
  answer.body.issue.map(({ severity, expression }) => [severity, expression?.[0]])

test('an Encounter that ends before it begins is refused, and the period is named', async () => {
  const body = {
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${resident.id}` },
    period: { start: '2024-05-02', end: '2024-05-01' },
  }
  const refused = await ask('POST', '/Encounter', { body })
  expect([refused.status, refused.body.issue[1].expression]).toEqual([422, ['Encounter.period']])
})

test('$validate says what a write would be refused for and what it is advised, and stores nothing', async () => {
  const right = anObservation(resident.id)
  const count = async () =>
    (await world.sql(`select 1 from kernel.resource where type = 'Observation'`)).length
  const before = await count()
  expect(issues(await ask('POST', '/Observation/$validate', { body: right }))).toEqual([
    ['information', undefined],
  ])
  const odd = anObservation(resident.id, {
    status: 'fine',
    category: [{ coding: [{ system: 'urn:his', code: 'x' }] }],
    effectiveDateTime: '2099-01-01',
  })
  const parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'mode', valueCode: 'create' },
      { name: 'resource', resource: odd },
    ],
  }
  const told = await ask('POST', '/Observation/$validate', { body: parameters })
  expect([told.status, issues(told)]).toEqual([
    200,
    [
      ['error', 'Observation.status'],
      ['warning', 'Observation.category[0]'],
      ['error', 'Observation.effectiveDateTime'],
    ],
  ])
  expect(await count()).toBe(before)
})

test('$validate says of a profile that it is not checked, and of an id that it is none', async () => {
  const right = { resourceType: 'Basic', code: { text: 'x' } }
  const base = 'http://hl7.org/fhir/StructureDefinition/Basic'
  const said = async (body: object, query = '') =>
    issues(await ask('POST', `/Basic/$validate${query}`, { body }))
  const unchecked = [['warning', 'Basic.meta.profile']]
  const fine = await said(right)
  expect(await said(right, '?profile=urn:x:profile')).toEqual(unchecked)
  expect(await said({ ...right, meta: { profile: ['urn:x:profile', base] } })).toEqual(unchecked)
  expect(await said(right, `?profile=${base}|4.0.1`)).toEqual(fine)
  const parameter = [
    { name: 'resource', resource: right },
    { name: 'profile', valueUri: 'urn:x:profile' },
  ]
  expect(await said({ resourceType: 'Parameters', parameter })).toEqual(unchecked)
  expect(await said({ ...right, id: 'a b' })).toEqual([['error', 'Basic.id']])
  const contained = [{ resourceType: 'Patient', id: 'a b' }]
  expect(await said({ ...right, contained, subject: { reference: '#a b' } })).toContainEqual([
    'error',
    'Basic.contained[0].id',
  ])
})

test('$validate of what is stored, and of its removal', async () => {
  const { id } = (await ask('POST', '/Observation', { body: anObservation(resident.id) })).body
  expect((await ask('GET', `/Observation/${id}/$validate`)).status).toBe(200)
  const removal = await ask('POST', `/Observation/${id}/$validate?mode=delete`)
  expect(issues(removal)).toEqual([['information', undefined]])
  const patient = await ask('POST', `/Patient/${resident.id}/$validate?mode=delete`)
  expect(patient.body.issue[0].severity).toBe('error')
  const other = await ask('POST', `/Observation/${id}/$validate?mode=update`, {
    body: anObservation(resident.id, { id: 'another' }),
  })
  expect(issues(other)).toEqual([['error', 'Observation.id']])
  expect((await ask('POST', '/Observation/$validate?mode=wish', { body: {} })).status).toBe(400)
  expect((await ask('GET', '/Observation/none/$validate')).status).toBe(404)
  const parameter = [{ name: 'x', valueString: '' }]
  const parameters = await ask('POST', '/Parameters/$validate', {
    body: { resourceType: 'Parameters', parameter },
  })
  expect(issues(parameters)).toEqual([['error', 'Parameters.parameter[0].value.ofType(string)']])
  expect((await ask('POST', '/Observation/$validate', { as: {} })).status).toBe(401)
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a resource of the type %s is said to be of no type',
  async (resourceType) => {
    const body = `{"resourceType":"${resourceType}"}`
    const answer = await ask('POST', '/Observation/$validate', { body })
    expect([answer.status, answer.body.issue[0].severity]).toEqual([200, 'error'])
    expect((await ask('POST', '/Observation', { body })).status).toBe(422)
  },
)
