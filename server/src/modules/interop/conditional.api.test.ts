import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { grant } from '../resident/index.ts'

let world: Region
let hospital: { id: string }
let resident: { id: string }
let mine: Record<string, string>
let given = 0

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)

const named = (value: string, more: Partial<Record<string, unknown>> = {}) =>
  anObservation(resident.id, { identifier: [{ system: 'urn:lis', value }], ...more })
const store = async (value = `n-${given++}`) =>
  (await ask('POST', '/Observation', { body: named(value) })).body as { id: string }
const at = (value: string) => `/Observation?identifier=${encodeURIComponent(`urn:lis|${value}`)}`
const jsonPatch = { 'content-type': 'application/json-patch+json' }
const operation = (...part: unknown[]) => ({ name: 'operation', part })
const parameters = (...parameter: unknown[]) => ({ resourceType: 'Parameters', parameter })

test('a conditional update makes what is not there, changes the one match, and refuses several', async () => {
  const first = await ask('PUT', at('cond-1'), { body: named('cond-1') })
  expect(first.status).toBe(201)
  const second = await ask('PUT', at('cond-1'), { body: named('cond-1', { status: 'amended' }) })
  expect([second.status, second.body.id, second.headers.etag]).toEqual([200, first.body.id, 'W/"2"'])
  const stale = await ask('PUT', at('cond-1'), { body: named('cond-1'), headers: { 'if-match': 'W/"1"' } })
  expect(stale.status).toBe(412)
  const other = await ask('PUT', at('cond-1'), { body: named('cond-1', { id: 'another' }) })
  expect(other.status).toBe(400)
  await store('cond-1')
  expect((await ask('PUT', at('cond-1'), { body: named('cond-1') })).status).toBe(412)
  const chosen = await ask('PUT', at('cond-2'), { body: named('cond-2', { id: 'chosen-by-lis' }) })
  expect([chosen.status, chosen.body.id]).toEqual([201, 'chosen-by-lis'])
  expect((await ask('PUT', '/Observation', { body: named('cond-3') })).status).toBe(412)
  expect((await ask('PUT', '/Observation?colour=red', { body: named('cond-3') })).status).toBe(400)
})

test('two conditional updates at once make one resource', async () => {
  const both = await Promise.all([1, 2, 3, 4].map(() => ask('PUT', at('race'), { body: named('race') })))
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201])
  expect(new Set(both.map(({ body }) => body.id)).size).toBe(1)
})

test('a conditional removal takes out the one match', async () => {
  const { id } = await store('gone-1')
  expect((await ask('DELETE', at('gone-1'), { headers: { 'if-match': 'W/"7"' } })).status).toBe(412)
  const gone = await ask('DELETE', at('gone-1'), { headers: { prefer: 'return=OperationOutcome' } })
  expect([gone.status, gone.body.resourceType]).toEqual([200, 'OperationOutcome'])
  expect((await ask('GET', `/Observation/${id}`)).status).toBe(410)
  expect((await ask('DELETE', at('gone-1'))).status).toBe(204)
  expect((await ask('DELETE', '/Observation')).status).toBe(412)
  await store('gone-2')
  await store('gone-2')
  expect((await ask('DELETE', at('gone-2'))).status).toBe(412)
})

test('who has the version already is told so, by tag or by time', async () => {
  const { id } = await store()
  const read = async (headers: Record<string, string>) =>
    (await ask('GET', `/Observation/${id}`, { headers })).status
  expect(await read({ 'if-none-match': '"1"' })).toBe(304)
  expect(await read({ 'if-none-match': 'W/"2", W/"1"' })).toBe(304)
  expect(await read({ 'if-none-match': 'W/"2"' })).toBe(200)
  expect(await read({ 'if-modified-since': 'Wed, 01 Jan 2098 00:00:00 GMT' })).toBe(304)
  expect(await read({ 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' })).toBe(200)
  expect(await read({ 'if-modified-since': 'yesterday' })).toBe(200)
})

test('a JSON Patch changes a part, all of its operations or none', async () => {
  const { id } = await store()
  const patch = (body: unknown, headers = {}) =>
    ask('PATCH', `/Observation/${id}`, { body, headers: { ...jsonPatch, ...headers } })
  const done = await patch([
    { op: 'test', path: '/status', value: 'final' },
    { op: 'replace', path: '/status', value: 'amended' },
    { op: 'add', path: '/note', value: [{ text: '复核' }] },
    { op: 'remove', path: '/category' },
  ])
  expect([done.status, done.headers.etag]).toEqual([200, 'W/"2"'])
  expect(done.body).toMatchObject({ status: 'amended', note: [{ text: '复核' }] })
  expect(done.body.category).toBeUndefined()
  const refused = [
    await patch([{ op: 'test', path: '/status', value: 'final' }]),
    await patch([{ op: 'remove', path: '/nothing' }]),
    await patch([{ op: 'replace', path: '/status', value: 'fine' }]),
    await patch([{ op: 'replace', path: '/id', value: 'x' }]),
    await patch([{ op: 'remove', path: '/code' }]),
  ]
  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
  expect((await patch([{ op: 'polish', path: '/status' }])).status).toBe(400)
  expect((await patch({})).status).toBe(400)
  const note = { op: 'add', path: '/note/-', value: { text: '二' } }
  expect((await patch([note], { 'if-match': 'W/"1"' })).status).toBe(412)
  expect((await patch([note], { 'if-match': 'W/"2"' })).status).toBe(200)
})

test('a patch that copies itself does not fill the memory', async () => {
  const { id } = await store()
  const bomb = Array.from({ length: 60 }, () => ({ op: 'copy', from: '/category', path: '/category/0' }))
  const answer = await ask('PATCH', `/Observation/${id}`, { body: bomb, headers: jsonPatch })
  expect([413, 422]).toContain(answer.status)
})

test('a FHIRPath Patch adds, inserts, deletes, replaces and moves', async () => {
  const { id } = await store()
  const body = parameters(
    operation(
      { name: 'type', valueCode: 'replace' },
      { name: 'path', valueString: 'Observation.status' },
      { name: 'value', valueCode: 'corrected' },
    ),
    operation(
      { name: 'type', valueCode: 'replace' },
      { name: 'path', valueString: 'Observation.value' },
      { name: 'value', valueString: 'haemolytic' },
    ),
    operation(
      { name: 'type', valueCode: 'add' },
      { name: 'path', valueString: 'Observation' },
      { name: 'name', valueString: 'component' },
      {
        name: 'value',
        part: [
          { name: 'code', valueCodeableConcept: { text: 'a part' } },
          { name: 'value', valueInteger: 3 },
        ],
      },
    ),
    operation(
      { name: 'type', valueCode: 'insert' },
      { name: 'path', valueString: 'Observation.identifier' },
      { name: 'index', valueInteger: 0 },
      { name: 'value', valueIdentifier: { system: 'urn:first', value: '1' } },
    ),
    operation(
      { name: 'type', valueCode: 'move' },
      { name: 'path', valueString: 'Observation.identifier' },
      { name: 'source', valueInteger: 0 },
      { name: 'destination', valueInteger: 1 },
    ),
    operation(
      { name: 'type', valueCode: 'delete' },
      { name: 'path', valueString: "Observation.code.coding.where(system = 'http://loinc.org').display" },
    ),
    operation({ name: 'type', valueCode: 'delete' }, { name: 'path', valueString: 'Observation.bodySite' }),
  )
  const done = await ask('PATCH', `/Observation/${id}`, { body })
  expect([done.status, done.body?.issue]).toEqual([200, undefined])
  expect(done.body).toMatchObject({
    status: 'corrected',
    valueString: 'haemolytic',
    component: [{ code: { text: 'a part' }, valueInteger: 3 }],
    code: { coding: [{ system: 'http://loinc.org', code: '6298-4' }] },
  })
  expect(done.body.valueQuantity).toBeUndefined()
  expect(done.body.code.coding[0].display).toBeUndefined()
  expect(done.body.identifier[1]).toEqual({ system: 'urn:first', value: '1' })
  const wrong = async (path: string, type = 'delete') =>
    (
      await ask('PATCH', `/Observation/${id}`, {
        body: parameters(operation({ name: 'type', valueCode: type }, { name: 'path', valueString: path })),
      })
    ).status
  expect(await wrong("Observation.note.where(text.matches('(a+)+$'))")).toBe(422)
  expect(await wrong('Observation.(((')).toBe(422)
  for (const path of ['Observation.code.((', 'Observation.code.nothing[0', 'Observation.code[1]'])
    expect([path, await wrong(path, 'replace')]).toEqual([path, 422])
  expect((await ask('GET', `/Observation/${id}`)).body.code.coding).toHaveLength(1)
  expect(await wrong('Observation.status', 'polish')).toBe(422)
  expect(await wrong('Observation.identifier')).toBe(422)
})

test('a conditional patch, and patches inside a transaction and a batch', async () => {
  const { id } = await store('patched')
  const body = [{ op: 'replace', path: '/status', value: 'amended' }]
  const one = await ask('PATCH', at('patched'), { body, headers: jsonPatch })
  expect([one.status, one.body.id]).toEqual([200, id])
  expect((await ask('PATCH', at('never'), { body, headers: jsonPatch })).status).toBe(404)
  const entry = (resource: unknown, url = `Observation/${id}`) => ({
    resource,
    request: { method: 'PATCH', url },
  })
  const binary = {
    resourceType: 'Binary',
    contentType: 'application/json-patch+json',
    data: Buffer.from(JSON.stringify([{ op: 'replace', path: '/status', value: 'corrected' }])).toString(
      'base64',
    ),
  }
  const byPath = parameters(
    operation(
      { name: 'type', valueCode: 'replace' },
      { name: 'path', valueString: 'Observation.status' },
      { name: 'value', valueCode: 'final' },
    ),
  )
  const transaction = await ask('POST', '/', {
    body: { resourceType: 'Bundle', type: 'transaction', entry: [entry(binary)] },
  })
  expect(transaction.body.entry[0].resource.status).toBe('corrected')
  const batch = await ask('POST', '/', {
    body: {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        entry(byPath, 'Observation?identifier=urn:lis|patched'),
        entry(binary, 'Observation/none'),
        { request: { method: 'GET', url: `Observation/${id}`, ifNoneMatch: 'W/"4"' } },
        { request: { method: 'DELETE', url: 'Observation?identifier=urn:lis|patched' } },
      ],
    },
    headers: { prefer: 'return=OperationOutcome' },
  })
  const told = batch.body.entry.map((e: { response: { status: string } }) => e.response.status)
  expect(told).toEqual(['200 OK', '404', '304 Not Modified', '204 No Content'])
  expect(batch.body.entry[0].response.outcome.resourceType).toBe('OperationOutcome')
})

test('a Patient is patched by its module, which keeps what it masks', async () => {
  const body = {
    resourceType: 'Patient',
    name: [{ text: '李补丁' }],
    gender: 'female',
    identifier: [{ system: 'urn:his:mrn', value: 'PATCH-1' }],
    maritalStatus: { text: '已婚' },
  }
  const { id } = (await ask('POST', '/Patient', { body })).body
  const done = await ask('PATCH', `/Patient/${id}`, {
    body: [
      { op: 'replace', path: '/gender', value: 'male' },
      { op: 'replace', path: '/maritalStatus/text', value: '离异' },
    ],
    headers: jsonPatch,
  })
  expect([done.status, done.body.gender, done.body.maritalStatus.text]).toEqual([200, 'male', '离异'])
  const found = await ask('GET', '/Patient?identifier=urn:his:mrn|PATCH-1')
  expect(found.body.entry[0].resource.id).toBe(id)
})

test('who may write but not read is not shown what others stored', async () => {
  await store('hidden')
  const writer = { ...(await givenClient(world, hospital.id, ['system/Observation.cu'])).headers }
  const headers = { 'if-none-exist': 'identifier=urn:lis|hidden' }
  const known = await ask('POST', '/Observation', { body: named('hidden'), headers, as: writer })
  expect([known.status, known.body]).toEqual([200, null])
})

test('who may open the summary of a record only reads what it has recorded itself, and records nothing twice', async () => {
  const { id } = await givenResident(world, hospital.id)
  const subject = { reference: `Patient/${id}` }
  const theirs = (await ask('POST', '/Observation', { body: { ...named('theirs'), subject } })).body
  const ward = await givenInstitution(world)
  const given = { residentId: id, institutionId: ward.id, basis: 'referral', depth: 'summary' } as const
  await world.system((ctx) => grant(ctx, { ...given, source: 'test' }))
  const as = { ...(await givenClient(world, ward.id)).headers }
  const headers = { 'if-none-exist': 'identifier=urn:lis|own' }
  const body = { ...named('own'), subject }
  const [first, second] = [
    await ask('POST', '/Observation', { body, headers, as }),
    await ask('POST', '/Observation', { body, headers, as }),
  ]
  expect([first.status, second.status, second.body.id]).toEqual([201, 200, first.body.id])
  expect((await ask('GET', `/Observation/${first.body.id}`, { as })).status).toBe(200)
  expect((await ask('GET', `/Observation/${theirs.id}`, { as })).status).toBe(404)
  const found = (await ask('GET', `/Observation?patient=${id}`, { as })).body
  expect(found.entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([
    first.body.id,
  ])
})
