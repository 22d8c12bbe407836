import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'

let world: Region
let hospital: { id: string }
let other: { id: string }
let resident: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  other = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)

const store = async (more: Partial<Record<string, unknown>> = {}) =>
  (await ask('POST', '/Observation', { body: anObservation(resident.id, more) })).body as { id: string }

test('a resource is created under an id of the server, with version, time and address', async () => {
  const answer = await ask('POST', '/Observation', { body: anObservation(resident.id) })
  expect(answer.status).toBe(201)
  expect(answer.headers.etag).toBe('W/"1"')
  expect(answer.headers.location).toBe(
    `http://127.0.0.1:8080/fhir/R4/Observation/${answer.body.id}/_history/1`,
  )
  expect(new Date(String(answer.headers['last-modified'])).getTime()).toBeLessThanOrEqual(
    Date.parse(answer.body.meta.lastUpdated),
  )
  expect(answer.body).toMatchObject({ meta: { versionId: '1' }, valueQuantity: { value: 4.1 } })
})

test('what was stored is read back as it is, and 304 tells who has it already', async () => {
  const { id } = await store()
  const read = await ask('GET', `/Observation/${id}`)
  expect(read.status).toBe(200)
  expect(read.headers['content-type']).toBe('application/fhir+json; charset=utf-8')
  expect(read.body).toMatchObject({ id, ...anObservation(resident.id) })
  const again = await ask('GET', `/Observation/${id}`, { headers: { 'if-none-match': 'W/"1"' } })
  expect(again.status).toBe(304)
})

test('each reading of a resident stands in the access log with its basis', async () => {
  const { id } = await store()
  await ask('GET', `/Observation/${id}`)
  const lines = await world.sql('select basis, actor_kind from kernel.access where thing = $1', [
    `Observation/${id}`,
  ])
  expect(lines).toEqual([{ basis: 'treatment', actor_kind: 'client' }])
})

test('every version stays: vread and history give them back', async () => {
  const { id } = await store()
  const changed = anObservation(resident.id, { id, status: 'amended' })
  const put = await ask('PUT', `/Observation/${id}`, { body: changed, headers: { 'if-match': 'W/"1"' } })
  expect(put.status).toBe(200)
  expect(put.headers.etag).toBe('W/"2"')
  expect((await ask('GET', `/Observation/${id}/_history/1`)).body.status).toBe('final')
  expect((await ask('GET', `/Observation/${id}/_history/2`)).body.status).toBe('amended')
  expect((await ask('GET', `/Observation/${id}/_history/3`)).status).toBe(404)
  const history = await ask('GET', `/Observation/${id}/_history`)
  expect(history.body.entry.map((e: { request: { method: string } }) => e.request.method)).toEqual([
    'PUT',
    'POST',
  ])
})

test('a stale If-Match is 412 and changes nothing', async () => {
  const { id } = await store()
  const body = anObservation(resident.id, { id, status: 'amended' })
  await ask('PUT', `/Observation/${id}`, { body })
  const stale = await ask('PUT', `/Observation/${id}`, { body, headers: { 'if-match': 'W/"1"' } })
  expect(stale.status).toBe(412)
  expect(stale.body.resourceType).toBe('OperationOutcome')
  expect((await ask('GET', `/Observation/${id}`)).headers.etag).toBe('W/"2"')
})

test('a PUT under a new id keeps the caller’s id', async () => {
  const body = anObservation(resident.id, { id: 'lis-2024.001' })
  const put = await ask('PUT', '/Observation/lis-2024.001', { body })
  expect(put.status).toBe(201)
  expect((await ask('GET', '/Observation/lis-2024.001')).body.id).toBe('lis-2024.001')
  const wrong = await ask('PUT', '/Observation/lis-2024.002', { body })
  expect(wrong.status).toBe(400)
})

test('a removed resource is 410 and its versions stay', async () => {
  const { id } = await store()
  expect((await ask('DELETE', `/Observation/${id}`)).status).toBe(204)
  const gone = await ask('GET', `/Observation/${id}`)
  expect(gone.status).toBe(410)
  expect(gone.body.issue[0].code).toBe('deleted')
  expect((await ask('GET', `/Observation/${id}/_history/1`)).status).toBe(200)
  expect((await ask('DELETE', `/Observation/${id}`)).status).toBe(204)
})

test('whoever writes a removed resource again is told that it is there anew', async () => {
  const { id } = await store()
  const body = { ...anObservation(resident.id), id }
  await ask('DELETE', `/Observation/${id}`)
  const back = await ask('PUT', `/Observation/${id}`, { body })
  expect([back.status, back.headers.etag]).toEqual([201, 'W/"3"'])
  expect((await ask('PUT', `/Observation/${id}`, { body })).status).toBe(200)
  await ask('DELETE', `/Observation/${id}`)
  const entry = [{ resource: body, request: { method: 'PUT', url: `Observation/${id}` } }]
  const again = await ask('POST', '/', { body: { resourceType: 'Bundle', type: 'transaction', entry } })
  expect(again.body.entry[0].response.status).toBe('201 Created')
})

test('a condition that only says how to answer means nothing, and is refused', async () => {
  const headers = { 'if-none-exist': '_count=1&_format=json' }
  const made = await ask('POST', '/Observation', { body: anObservation(resident.id), headers })
  expect(made.status).toBe(412)
  for (const query of ['_summary=true', '_sort=date', '_include=Observation:subject'])
    expect([query, (await ask('DELETE', `/Observation?${query}`)).status]).toEqual([query, 412])
})

test('the caller chooses what comes back from a write', async () => {
  const body = anObservation(resident.id)
  const minimal = await ask('POST', '/Observation', { body, headers: { prefer: 'return=minimal' } })
  expect([minimal.status, minimal.body]).toEqual([201, null])
  const outcome = await ask('POST', '/Observation', { body, headers: { prefer: 'return=OperationOutcome' } })
  expect(outcome.body.resourceType).toBe('OperationOutcome')
})

test('every error is an OperationOutcome with its own status', async () => {
  const text = await world.app.inject({
    method: 'POST',
    url: '/fhir/R4/Observation',
    headers: { ...mine, 'content-type': 'text/plain' },
    payload: 'x',
  })
  const errors = {
    400: await ask('POST', '/Observation', { body: '{"resourceType": ' }),
    401: await ask('GET', `/Patient/${resident.id}`, { as: {} }),
    404: await ask('GET', '/Observation/none'),
    413: await ask('POST', '/Observation', { body: `{"a":"${'x'.repeat(6_000_000)}"}` }),
    415: { status: text.statusCode, body: text.json() },
    422: await ask('POST', '/Observation', { body: { resourceType: 'Observation', status: 'fine' } }),
  }
  for (const [status, answer] of Object.entries(errors)) {
    expect([answer.status, answer.body.resourceType]).toEqual([Number(status), 'OperationOutcome'])
  }
  const paths = errors[422].body.issue.flatMap((issue: { expression: string[] }) => issue.expression)
  expect(paths).toContain('Observation.status')
  expect(paths).toContain('Observation.code')
  for (const path of ['/Nonsense/1', '/Nonsense', '/a/b/c/d'])
    expect((await ask('GET', path)).body.resourceType).toBe('OperationOutcome')
  expect((await ask('GET', '/Nonsense/1')).status).toBe(404)
})

test('a client does only what its scopes say', async () => {
  const reader = { ...(await givenClient(world, hospital.id, ['system/Observation.rs'])).headers }
  const { id } = await store()
  expect((await ask('GET', `/Observation/${id}`, { as: reader })).status).toBe(200)
  const write = await ask('POST', '/Observation', { body: anObservation(resident.id), as: reader })
  expect([write.status, write.body.issue[0].code]).toEqual([403, 'forbidden'])
  expect((await ask('GET', `/Patient/${resident.id}`, { as: reader })).status).toBe(403)
  const clerk = await givenStaff(world, hospital.id, ['pharmacist'])
  const read = await ask('GET', `/Observation/${id}`, { as: { ...clerk.headers } })
  expect(read.status).toBe(200)
  const refused = await ask('POST', '/Observation', {
    body: anObservation(resident.id),
    as: { ...clerk.headers },
  })
  expect(refused.status).toBe(403)
})

test('a fact stays whose it is', async () => {
  const { id } = await store()
  const second = await givenResident(world, hospital.id)
  const moved = await ask('PUT', `/Observation/${id}`, { body: anObservation(second.id, { id }) })
  expect(moved.status).toBe(422)
})

test('a recorded fact cannot have happened in 2099', async () => {
  const ahead = await ask('POST', '/Observation', {
    body: anObservation(resident.id, { effectiveDateTime: '2099-01-01' }),
  })
  expect([ahead.status, ahead.body.issue[1].expression]).toEqual([422, ['Observation.effectiveDateTime']])
  const planned = await ask('POST', '/Encounter', {
    body: {
      resourceType: 'Encounter',
      status: 'planned',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${resident.id}` },
      period: { start: '2099-01-01' },
    },
  })
  expect(planned.status).toBe(201)
})

test('what names no resident is the recording institution’s own, and directories are everybody’s', async () => {
  const basic = await ask('POST', '/Basic', { body: { resourceType: 'Basic', code: { text: 'note' } } })
  expect(basic.status).toBe(201)
  expect((await ask('GET', `/Basic/${basic.body.id}`, { as: theirs })).status).toBe(404)
  const set = await ask('POST', '/ValueSet', { body: { resourceType: 'ValueSet', status: 'active' } })
  expect((await ask('GET', `/ValueSet/${set.body.id}`, { as: theirs })).status).toBe(200)
})

test('the same request under one Idempotency-Key is done once', async () => {
  const headers = { 'idempotency-key': 'a-key-of-enough-length' }
  const body = anObservation(resident.id)
  const first = await ask('POST', '/Observation', { body, headers })
  const again = await ask('POST', '/Observation', { body, headers })
  expect([again.status, again.body.id, again.headers.etag]).toEqual([201, first.body.id, 'W/"1"'])
})

test('what is stored is told to the audit trail', async () => {
  const { id } = await store()
  const events = await world.sql('select name, resident_id, data from kernel.event where thing = $1', [
    `Observation/${id}`,
  ])
  expect(events).toEqual([
    {
      name: 'record.stored',
      resident_id: resident.id,
      data: { type: 'Observation', id, version: 1, change: 'created' },
    },
  ])
})

test('the server says what it can do to anybody', async () => {
  const { status, body } = await ask('GET', '/metadata', { as: {} })
  expect([status, body.resourceType, body.fhirVersion]).toEqual([200, 'CapabilityStatement', '4.0.1'])
  expect(problemsOf(body)).toEqual([])
  const [{ resource, interaction }] = body.rest
  expect(interaction).toContainEqual({ code: 'transaction' })
  const patient = resource.find((one: { type: string }) => one.type === 'Patient')
  const names = (list: { code?: string; name?: string }[]) => list.map(({ code, name }) => code ?? name)
  expect(names(patient.interaction)).toEqual(expect.arrayContaining(['vread', 'patch', 'search-type']))
  expect(names(patient.searchParam)).toEqual(
    expect.arrayContaining(['birthdate', '_tag', 'general-practitioner']),
  )
  expect(names(patient.operation)).toEqual(expect.arrayContaining(['everything', 'match', 'validate']))
  expect(patient.searchRevInclude).toContain('Observation:patient')
  const mayGo = (type: string) => {
    const one = resource.find((of: { type: string }) => of.type === type)
    return [names(one.interaction).includes('delete'), one.conditionalDelete]
  }
  // Residents are linked and parted, never taken out.
  expect([mayGo('Patient'), mayGo('Observation')]).toEqual([
    [false, 'not-supported'],
    [true, 'single'],
  ])
})
