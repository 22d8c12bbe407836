import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let resident: { id: string }
let stranger: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>
let observation: { id: string }

const ask = asking(
  () => world,
  () => mine,
)
const query = (text: string, more: { variables?: object; as?: Record<string, string>; at?: string } = {}) =>
  ask('POST', `${more.at ?? ''}/$graphql`, {
    body: { query: text, ...(more.variables ? { variables: more.variables } : {}) },
    headers: { 'content-type': 'application/json' },
    ...(more.as ? { as: more.as } : {}),
  })

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  stranger = await givenResident(world, other.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
  observation = (await ask('POST', '/Observation', { body: anObservation(resident.id) })).body
})
afterAll(() => world.close())

test('one query answers a patient, what points at them, and what that points at', async () => {
  const text = `query Chart($id: ID!) {
    Patient(id: $id) {
      resourceType id
      ObservationList(_reference: patient, code: "http://loinc.org|6298-4", _count: 5) {
        status code { coding(system: "http://loinc.org") { display } }
        valueQuantity { value unit }
        subject { reference resource { ... on Patient { id } } }
      }
    }
  }`
  const { status, body } = await query(text, { variables: { id: resident.id } })
  expect((await query(text)).status).toBe(400)
  expect([status, body.errors]).toEqual([200, undefined])
  const subject = { reference: `Patient/${resident.id}`, resource: { id: resident.id } }
  expect(body.data.Patient).toEqual({
    resourceType: 'Patient',
    id: resident.id,
    ObservationList: [
      {
        status: 'final',
        code: { coding: [{ display: 'Potassium' }] },
        valueQuantity: { value: 4.1, unit: 'mmol/L' },
        subject,
      },
    ],
  })
})

test('a search is said in words as in an address, and a connection counts and pages', async () => {
  for (let n = 0; n < 2; n++) await ask('POST', '/Observation', { body: anObservation(resident.id) })
  const found = await query(`{ ObservationList(status: final, subject: "Patient/${resident.id}") { id } }`)
  expect(found.body.data.ObservationList).toHaveLength(3)
  const page = (more: string) =>
    query(`{ ObservationConnection(patient: "${resident.id}", _count: 2${more}) {
      count offset pagesize first previous next last edges { mode score resource { id } } } }`)
  const first = (await page('')).body.data.ObservationConnection
  expect(first).toMatchObject({ count: 3, pagesize: 2, edges: [{ mode: 'match' }, { mode: 'match' }] })
  const second = (await page(`, _cursor: "${first.next}"`)).body.data.ObservationConnection
  expect(second).toMatchObject({ pagesize: 1, next: null })
})

test('at one resource the query begins there; in the address as well as in the body, or as the body itself', async () => {
  const at = `/Observation/${observation.id}`
  const text = '{ status subject { resource(type: Patient) { id } } effectiveDateTime }'
  const wanted = {
    data: {
      status: 'final',
      subject: { resource: { id: resident.id } },
      effectiveDateTime: '2024-05-06T08:30:00+08:00',
    },
  }
  expect((await query(text, { at })).body).toEqual(wanted)
  expect((await ask('GET', `${at}/$graphql?query=${encodeURIComponent(text)}`)).body).toEqual(wanted)
  const plain = { headers: { 'content-type': 'application/graphql' }, body: text }
  expect((await ask('POST', `${at}/$graphql`, plain)).body).toEqual(wanted)
})

test('a contained resource is followed where it lies', async () => {
  const performer = [{ reference: '#p' }]
  const contained = [{ resourceType: 'Practitioner', id: 'p', name: [{ text: '外院医师' }] }]
  const { body } = await ask('POST', '/Observation', {
    body: anObservation(resident.id, { contained, performer }),
  })
  const text = `{ Observation(id: "${body.id}") { performer { resource { ... on Practitioner { name { text } } } } } }`
  const answer = await query(text)
  expect(answer.body.data.Observation.performer).toEqual([{ resource: { name: [{ text: '外院医师' }] } }])
})

test('whom the caller has no basis to open is not there, by whatever way a query asks', async () => {
  const asked = await query(
    `{ Patient(id: "${resident.id}") { id } Observation(id: "${observation.id}") { id }
       PatientList(_id: "${resident.id}") { id } ObservationConnection(patient: "${resident.id}") { count edges { resource { id } } } }`,
    { as: theirs },
  )
  expect(asked.status).toBe(200)
  expect(asked.body.data).toEqual({
    Patient: null,
    Observation: null,
    PatientList: [],
    ObservationConnection: { count: 0, edges: [] },
  })
  expect(asked.body.errors).toHaveLength(2)
  expect(asked.body.errors[0]).toMatchObject({
    path: ['Patient'],
    extensions: { code: 'record.no-such-resource', resource: { resourceType: 'OperationOutcome' } },
  })
  expect((await query('{ id }', { as: theirs, at: `/Patient/${resident.id}` })).status).toBe(404)
  const pointer = { code: { text: 'note' }, subject: { reference: `Patient/${stranger.id}` } }
  const basic = await ask('POST', '/Basic', { body: { resourceType: 'Basic', ...pointer }, as: theirs })
  expect(basic.status).toBe(201)
  expect((await query(`{ Basic(id: "${basic.body.id}") { id } }`)).body.data.Basic).toBeNull()
})

test('scopes and roles hold for every type that a query touches', async () => {
  const reader = { ...(await givenClient(world, hospital.id, ['system/Observation.rs'])).headers }
  const text = `{ Observation(id: "${observation.id}") { id subject { resource { id } } } PatientList { id } }`
  const { body } = await query(text, { as: reader })
  expect(body.data).toEqual({
    Observation: { id: observation.id, subject: { resource: null } },
    PatientList: null,
  })
  expect(body.errors.map((one: { extensions: { code: string } }) => one.extensions.code)).toEqual([
    'kernel.not-permitted',
    'kernel.not-permitted',
  ])
  expect((await query('{ PatientList { id } }', { as: {} })).status).toBe(401)
  const doctor = await givenStaff(world, hospital.id, ['specialist'])
  expect((await query(text, { as: { ...doctor.headers } })).body.errors).toBeUndefined()
})

test('each resident whom a query opens stands in the access log', async () => {
  const before = await world.sql('select thing from kernel.access where resident_id = $1', [resident.id])
  await query(`{ Observation(id: "${observation.id}") { id } }`)
  const after = await world.sql('select thing from kernel.access where resident_id = $1', [resident.id])
  expect(after.length).toBe(before.length + 1)
})

test('what is no query, or too deep, too wide or too costly, is refused in GraphQL’s words', async () => {
  const deep = (levels: number) =>
    `{ PatientList { ${'link { other { resource { ... on Patient { '.repeat(levels)} id ${'} } } } '.repeat(levels)} } }`
  const wide = `{ ${Array.from({ length: 1_300 }, (_, n) => `a${n}: __typename b${n}: __typename`).join(' ')} id }`
  const bomb = `{ ...f0 } ${Array.from({ length: 30 }, (_, n) => `fragment f${n} on Query { a: PatientList { id } ...f${n + 1} ...f${n + 1} }`).join(' ')} fragment f30 on Query { b: PatientList { id } }`
  for (const text of [
    '',
    '{',
    '{ Nobody { id } }',
    'mutation { x }',
    '{ Patient { id } }',
    deep(9),
    wide,
    bomb,
  ]) {
    const { status, body } = await query(text)
    expect([text.slice(0, 20), status, typeof body.errors?.[0]?.message]).toEqual([
      text.slice(0, 20),
      400,
      'string',
    ])
  }
  const many = `{ ${Array.from({ length: 310 }, (_, n) => `p${n}: PatientList(_count: 1) { id }`).join(' ')} }`
  const { status, body } = await query(many)
  expect([status, body.errors[0].extensions.code]).toEqual([200, 'interop.query-too-costly'])
  const data = Buffer.alloc(1_000_000).toString('base64')
  const big = await ask('POST', '/Binary', {
    body: { resourceType: 'Binary', contentType: 'text/plain', data },
  })
  const often = await query(`{ ${Array.from({ length: 900 }, (_, n) => `d${n}: data`).join(' ')} }`, {
    at: `/Binary/${big.body.id}`,
  })
  expect(often.body.errors).toMatchObject([{ extensions: { code: 'interop.query-too-costly' } }])
  const odd = await query('{ PatientList(birthdate: "never") { id } }')
  expect(odd.body.errors[0].extensions.resource.issue[0].code).toBe('invalid')
})

test('the schema tells of itself', async () => {
  const text = `{ __schema { queryType { name } } __type(name: "Patient") { interfaces { name } fields { name } } }`
  const { body } = await query(text)
  expect(body.data.__schema.queryType.name).toBe('Query')
  const names = body.data.__type.fields.map(({ name }: { name: string }) => name)
  expect(names).toEqual(expect.arrayContaining(['birthDate', '_birthDate', 'ObservationList', 'contact']))
  const said = await ask('GET', '/metadata', { as: {} })
  const operations = said.body.rest[0].operation.map(({ name }: { name: string }) => name)
  expect(operations).toContain('graphql')
})
