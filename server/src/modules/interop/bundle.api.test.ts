import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation, givenBundle } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let other: { id: string }
let resident: { id: string }
let stranger: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  other = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  stranger = await givenResident(world, other.id)
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

const bundle = (type: string, ...entry: unknown[]) => ({ resourceType: 'Bundle', type, entry })
const made = (fullUrl: string, resource: { resourceType: string }) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType },
})
const countOf = async (type: string) =>
  (
    await world.sql<{ n: number }>('select count(*)::int as n from kernel.resource where type = $1', [type])
  )[0]!.n

test('another institution’s resident does not exist: read, vread, history, $everything, search, Bundle, write', async () => {
  const { id } = await store()
  for (const path of [
    `/Observation/${id}`,
    `/Observation/${id}/_history/1`,
    `/Observation/${id}/_history`,
    `/Patient/${resident.id}`,
    `/Patient/${resident.id}/$everything`,
  ]) {
    const answer = await ask('GET', path, { as: theirs })
    expect([path, answer.status, answer.body.resourceType]).toEqual([path, 404, 'OperationOutcome'])
  }
  for (const path of [`/Observation?patient=${resident.id}`, `/Observation?_id=${id}`, '/Observation']) {
    const found = await ask('GET', path, { as: theirs })
    expect([path, found.status, found.body.entry]).toEqual([path, 200, undefined])
  }
  const read = { request: { method: 'GET', url: `Observation/${id}` } }
  expect((await ask('POST', '/', { body: bundle('transaction', read), as: theirs })).status).toBe(404)
  const batch = await ask('POST', '/', { body: bundle('batch', read), as: theirs })
  expect(batch.body.entry[0].response.status).toBe('404')
  const body = anObservation(resident.id)
  expect((await ask('POST', '/Observation', { body, as: theirs })).status).toBe(422)
  const taken = await ask('PUT', `/Observation/${id}`, {
    body: anObservation(stranger.id, { id }),
    as: theirs,
  })
  expect(taken.status).toBe(404)
  expect((await ask('DELETE', `/Observation/${id}`, { as: theirs })).status).toBe(404)
  expect((await ask('GET', `/Observation/${id}`)).status).toBe(200)
})

test('only the institution that recorded a fact changes it', async () => {
  const { id } = await store()
  await world.system((ctx) =>
    ctx.client.query(
      `insert into kernel.access_grant (resident_id, institution_id, basis, source, since) values ($1, $2, 'consult', 'test', now())`,
      [resident.id, other.id],
    ),
  )
  expect((await ask('GET', `/Observation/${id}`, { as: theirs })).status).toBe(200)
  const body = anObservation(resident.id, { id })
  expect((await ask('PUT', `/Observation/${id}`, { body, as: theirs })).status).toBe(403)
  await world.sql(`delete from kernel.access_grant where source = 'test'`)
  expect((await ask('GET', `/Observation/${id}`, { as: theirs })).status).toBe(404)
})

test('a transaction resolves what points inside it and what is searched for', async () => {
  const known = bundle(
    'transaction',
    made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000001', {
      resourceType: 'Condition',
      subject: { reference: `Patient/${resident.id}` },
      identifier: [{ system: 'urn:his', value: 'dx-1' }],
    } as never),
    made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000002', {
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${resident.id}` },
      diagnosis: [{ condition: { reference: 'urn:uuid:0b0e3ad2-0000-4000-8000-000000000001' } }],
    } as never),
  )
  const answer = await ask('POST', '/', { body: known })
  expect(answer.status).toBe(200)
  const [condition, encounter] = answer.body.entry
  expect(condition.response).toMatchObject({ status: '201 Created', etag: 'W/"1"' })
  expect(encounter.resource.diagnosis[0].condition.reference).toBe(`Condition/${condition.resource.id}`)
  const pointing = bundle(
    'transaction',
    made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000003', {
      ...anObservation(resident.id),
      derivedFrom: [{ reference: 'Observation?identifier=urn:his|none' }],
    } as never),
  )
  expect((await ask('POST', '/', { body: pointing })).status).toBe(412)
  const found = bundle(
    'transaction',
    made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000004', {
      resourceType: 'Procedure',
      status: 'completed',
      subject: { reference: `Patient/${resident.id}` },
      reasonReference: [{ reference: 'Condition?identifier=urn:his|dx-1' }],
    } as never),
  )
  const made4 = await ask('POST', '/', { body: found })
  expect(made4.body.entry[0].resource.reasonReference[0].reference).toBe(`Condition/${condition.resource.id}`)
})

test('a failed transaction names its entry and leaves nothing', async () => {
  const before = await countOf('Condition')
  const good = made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000011', {
    resourceType: 'Condition',
    subject: { reference: `Patient/${resident.id}` },
  } as never)
  const bad = made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000012', {
    ...anObservation(resident.id),
    encounter: { reference: 'urn:uuid:0b0e3ad2-0000-4000-8000-0000000000ff' },
  } as never)
  const refused = await ask('POST', '/', { body: bundle('transaction', good, bad) })
  expect(refused.status).toBe(422)
  expect(JSON.stringify(refused.body)).toContain('Bundle.entry[1]')
  expect(JSON.stringify(refused.body)).toContain('0b0e3ad2-0000-4000-8000-000000000012')
  const foreign = made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000013', anObservation(stranger.id))
  const other404 = await ask('POST', '/', { body: bundle('transaction', good, foreign) })
  expect(other404.status).toBe(422)
  const misshapen = made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000014', { resourceType: 'Observation' })
  const shape = await ask('POST', '/', { body: bundle('transaction', good, misshapen) })
  expect(shape.body.issue[0].expression[0]).toBe('Bundle.entry[1].resource.status')
  expect(await countOf('Condition')).toBe(before)
})

test('a batch takes what is right and says what was wrong with the rest', async () => {
  const answer = await ask('POST', '/', {
    body: bundle(
      'batch',
      made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000021', anObservation(resident.id)),
      made('urn:uuid:0b0e3ad2-0000-4000-8000-000000000022', { resourceType: 'Observation' }),
      { request: { method: 'GET', url: `Observation?patient=${resident.id}&_count=1` } },
    ),
  })
  const statuses = answer.body.entry.map((e: { response: { status: string } }) => e.response.status)
  expect(statuses).toEqual(['201 Created', '422', '200 OK'])
  expect(answer.body.entry[1].response.outcome.resourceType).toBe('OperationOutcome')
  expect(answer.body.entry[2].resource.type).toBe('searchset')
})

test('a whole foreign history comes in as one transaction', async () => {
  const answer = await ask('POST', '/', { body: givenBundle('Desmond') })
  expect(answer.status).toBe(200)
  expect(answer.body.entry).toHaveLength(givenBundle('Desmond').entry.length)
  const patient = answer.body.entry[0].resource
  expect(patient.resourceType).toBe('Patient')
  const all: { resource: { id: string; resourceType: string } }[] = []
  let path = `/Patient/${patient.id}/$everything?_count=30`
  for (let pages = 0; path && pages < 10; pages++) {
    const page = (await ask('GET', path)).body
    all.push(...page.entry)
    const next = page.link.find((l: { relation: string }) => l.relation === 'next')?.url ?? ''
    path = next.replace('http://127.0.0.1:8080/fhir/R4', '')
  }
  expect(new Set(all.map(({ resource }) => resource.id)).size).toBe(all.length)
  const shared = new Set(['Organization', 'Practitioner'])
  const own = givenBundle('Desmond').entry.filter(({ resource }) => !shared.has(resource.resourceType))
  expect(all).toHaveLength(own.length)
  expect(JSON.stringify(all)).not.toContain('urn:uuid:')
  expect(JSON.stringify(all)).not.toContain('sealed_')
})

test('a resource is found by identifier, patient, id and time; the rest is left out of self', async () => {
  const { id } = await store({ identifier: [{ system: 'urn:lis', value: 'S-77' }] })
  const ids = (answer: { body: { entry?: { resource: { id: string } }[] } }) =>
    (answer.body.entry ?? []).map(({ resource }) => resource.id)
  expect(ids(await ask('GET', '/Observation?identifier=urn:lis|S-77'))).toEqual([id])
  expect(ids(await ask('GET', '/Observation?identifier=S-77'))).toEqual([id])
  expect(ids(await ask('GET', '/Observation?identifier=urn:other|S-77'))).toEqual([])
  expect(ids(await ask('GET', `/Observation?subject=Patient/${resident.id}&_id=${id}`))).toEqual([id])
  expect(ids(await ask('GET', `/Observation?_id=${id}&_lastUpdated=lt2001-01-01`))).toEqual([])
  const lenient = await ask('GET', `/Observation?_id=${id}&colour=red`)
  expect(lenient.body.link[0].url).toBe(`http://127.0.0.1:8080/fhir/R4/Observation?_id=${id}`)
  const strict = await ask('GET', `/Observation?_id=${id}&colour=red`, {
    headers: { prefer: 'handling=strict' },
  })
  expect(strict.status).toBe(400)
})

test('a search is paged without gap or double', async () => {
  const seen: string[] = []
  let path = `/Observation?patient=${resident.id}&_count=3`
  while (path) {
    const { body } = await ask('GET', path)
    seen.push(...(body.entry ?? []).map((e: { resource: { id: string } }) => e.resource.id))
    const next = body.link.find((l: { relation: string }) => l.relation === 'next')?.url ?? ''
    path = next.replace('http://127.0.0.1:8080/fhir/R4', '')
  }
  const [row] = await world.sql<{ n: number }>(
    `select count(*)::int as n from kernel.resource where type = 'Observation' and resident_id = $1 and not deleted`,
    [resident.id],
  )
  expect(new Set(seen).size).toBe(row!.n)
  expect(seen).toHaveLength(row!.n)
})

test('a Patient is registered by the resident module and keeps what that module does not model', async () => {
  const body = {
    resourceType: 'Patient',
    name: [{ text: '李测试' }],
    gender: 'female',
    birthDate: '1950-04-01',
    identifier: [{ system: 'urn:his:mrn', value: 'M-1' }],
    maritalStatus: { text: '已婚' },
  }
  const first = await ask('POST', '/Patient', { body })
  expect(first.status).toBe(201)
  expect(first.body.maritalStatus).toEqual({ text: '已婚' })
  const again = await ask('POST', '/Patient', { body })
  expect([again.status, again.body.id]).toEqual([200, first.body.id])
  const found = await ask('GET', '/Patient?identifier=urn:his:mrn|M-1')
  expect(found.body.entry[0].resource.id).toBe(first.body.id)
  const [row] = await world.sql<{ content: string }>('select content from kernel.resource where id = $1', [
    first.body.id,
  ])
  expect(row!.content).not.toContain('M-1')
})

test('a Patient may keep the id its hospital gave it', async () => {
  const body = { resourceType: 'Patient', id: 'his-4711', name: [{ text: '王测试' }], gender: 'male' }
  expect((await ask('PUT', '/Patient/his-4711', { body })).status).toBe(201)
  expect((await ask('GET', '/Patient/his-4711')).body.id).toBe('his-4711')
  const fact = await ask('POST', '/Observation', { body: anObservation('his-4711') })
  expect(fact.status).toBe(201)
  const changed = await ask('PUT', '/Patient/his-4711', { body: { ...body, name: [{ text: '王更名' }] } })
  expect([changed.status, changed.headers.etag]).toEqual([200, 'W/"2"'])
  expect(changed.body.name[0].text).toBe('王更名')
})

test('a condition on create finds what is there', async () => {
  const headers = { 'if-none-exist': 'identifier=urn:lis|once' }
  const body = anObservation(resident.id, { identifier: [{ system: 'urn:lis', value: 'once' }] })
  const first = await ask('POST', '/Observation', { body, headers })
  const again = await ask('POST', '/Observation', { body, headers })
  expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id])
})
