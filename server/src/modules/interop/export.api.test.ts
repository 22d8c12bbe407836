import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let patient: { id: string }
let another: { id: string }
let strangers: { id: string }
let mine: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  const elsewhere = await givenInstitution(world)
  patient = await givenResident(world, hospital.id)
  another = await givenResident(world, hospital.id, { name: '李另外', phone: '19900000002' })
  strangers = await givenResident(world, elsewhere.id, { name: '王别处', phone: '19900000003' })
  mine = { ...(await givenClient(world, hospital.id)).headers }
  const theirs = (await givenClient(world, elsewhere.id)).headers
  for (const one of [patient, another]) await ask('POST', '/Observation', { body: anObservation(one.id) })
  await ask('POST', '/Observation', { body: anObservation(strangers.id), as: theirs })
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)
const async_ = { prefer: 'respond-async' }
const placeOf = (headers: Record<string, unknown>) =>
  String(headers['content-location']).replace('http://127.0.0.1:8080/fhir/R4', '')

async function exported(path: string, as = mine) {
  const begun = await ask('GET', path, { headers: async_, as })
  expect(begun.status).toBe(202)
  const place = placeOf(begun.headers)
  const waiting = await ask('GET', place, { as })
  expect([waiting.status, waiting.headers['x-progress']]).toEqual([202, expect.stringContaining('0 of')])
  await world.runJob('interop.export', { id: place.split('/').pop() })
  return { place, manifest: (await ask('GET', place, { as })).body }
}

async function linesOf(manifest: { output: { type: string; url: string }[] }, as = mine) {
  const all: { resourceType: string; id: string; subject?: { reference: string } }[] = []
  for (const { url } of manifest.output) {
    const path = url.replace('http://127.0.0.1:8080', '')
    const file = await world.app.inject({ url: path, headers: as })
    expect(file.headers['content-type']).toContain('application/fhir+ndjson')
    for (const line of file.body.trim().split('\n')) all.push(JSON.parse(line))
  }
  return all
}

test('an export takes searches on its types, and does not leave out silently what it does not know', async () => {
  const { manifest } = await exported(
    '/$export?_type=Observation,Patient&_typeFilter=Observation%3Fstatus%3Dpreliminary',
  )
  expect(manifest.output.map(({ type }: { type: string }) => type)).toEqual(['Patient'])
  const some = await exported(
    '/$export?_type=Observation&_typeFilter=Observation%3Fstatus%3Dpreliminary,Observation%3Fstatus%3Dfinal',
  )
  expect(some.manifest.output).toMatchObject([{ type: 'Observation', count: 2 }])
  const begin = async (query: string, prefer = 'respond-async') =>
    (await ask('GET', `/$export?${query}`, { headers: { prefer } })).status
  expect(await begin('_type=Patient&_typeFilter=Observation%3Fstatus%3Dfinal')).toBe(400)
  expect(await begin('_type=Observation&_typeFilter=Observation%3Fnope%3Dfinal')).toBe(400)
  expect(await begin('_type=Observation&_typeFilter=Observation%3F_count%3D1')).toBe(400)
  expect(await begin('includeAssociatedData=urn:something-else')).toBe(400)
  expect(await begin('organizeOutputBy=Patient')).toBe(400)
  const lenient = 'respond-async, handling=lenient'
  expect(await begin('_type=Patient&organizeOutputBy=Patient', lenient)).toBe(202)
})

test('an export takes the elements that are wanted, of all types or of one', async () => {
  const query = '_type=Observation,Patient&_elements=Patient.name,status'
  const { manifest } = await exported(`/Patient/$export?${query}`)
  for (const line of await linesOf(manifest)) {
    const { id: _, meta, resourceType, ...rest } = line as never as Record<string, { tag?: unknown }>
    expect(meta?.tag).toMatchObject([{ code: 'SUBSETTED' }])
    expect(Object.keys(rest)).toEqual(String(resourceType) === 'Patient' ? ['name'] : ['status', 'code'])
  }
  for (const wrong of ['Patient.', 'Nonsense.name', 'a.b.c', 'Name'])
    expect((await ask('GET', `/$export?_elements=${wrong}`, { headers: async_ })).status).toBe(400)
})

test('an export of some patients holds nothing of others, and says whom it could not have', async () => {
  const named = (...ids: string[]) => ({
    resourceType: 'Parameters',
    parameter: [
      ...ids.map((id) => ({ name: 'patient', valueReference: { reference: `Patient/${id}` } })),
      { name: '_type', valueString: 'Patient,Observation' },
    ],
  })
  const run = async (path: string, body: object) => {
    const begun = await ask('POST', path, { body, headers: async_ })
    if (begun.status !== 202) return begun
    const place = placeOf(begun.headers)
    await world.runJob('interop.export', { id: place.split('/').pop() })
    return ask('GET', place)
  }
  const { body: manifest } = await run('/Patient/$export', named(patient.id, strangers.id, 'nobody'))
  const lines = await linesOf(manifest)
  expect(lines.map((one) => one.subject?.reference ?? `Patient/${one.id}`)).toEqual(
    manifest.output.map(() => `Patient/${patient.id}`),
  )
  const missing = JSON.stringify(await linesOf({ output: manifest.error }))
  expect([missing.includes(strangers.id), missing.includes('nobody'), missing.includes(patient.id)]).toEqual([
    true,
    true,
    false,
  ])
  const entity = { reference: `Patient/${another.id}` }
  const group = { resourceType: 'Group', type: 'person', actual: true, member: [{ entity }] }
  const { id } = (await ask('POST', '/Group', { body: group })).body
  const inGroup = (await run(`/Group/${id}/$export`, named(patient.id))).body
  expect([inGroup.output, inGroup.error.length]).toEqual([[], 1])
  expect((await run('/$export', named(patient.id))).status).toBe(400)
  expect((await ask('GET', `/Patient/$export?patient=${patient.id}`, { headers: async_ })).status).toBe(400)
})

test('an export since a time says what was removed, of those whom it is about', async () => {
  const since = world.world.now().toISOString()
  const gone: string[] = []
  for (const { id: of } of [patient, another]) {
    const { id } = (await ask('POST', '/Observation', { body: anObservation(of) })).body
    await ask('DELETE', `/Observation/${id}`)
    gone.push(id)
  }
  const removed = async (path: string) => {
    const { manifest } = await exported(path)
    const all = (await linesOf({ output: manifest.deleted })) as never as {
      entry: { request: { url: string } }[]
    }[]
    return all.flatMap(({ entry }) => entry.map(({ request }) => request.url)).toSorted()
  }
  expect(await removed(`/Patient/$export?_since=${since}`)).toEqual(
    gone.map((id) => `Observation/${id}`).toSorted(),
  )
  expect(await removed('/Patient/$export?_type=Observation')).toEqual([])
  const member = [{ entity: { reference: `Patient/${patient.id}` } }]
  const group = { resourceType: 'Group', type: 'person', actual: true, member }
  const { id } = (await ask('POST', '/Group', { body: group })).body
  expect(await removed(`/Group/${id}/$export?_since=${since}`)).toEqual([`Observation/${gone[0]}`])
})

test('a whole export holds what the client may lawfully see and nothing of another institution’s resident', async () => {
  const { status } = await ask('POST', '/Medication', {
    body: { resourceType: 'Medication', code: { text: '药' } },
  })
  expect(status).toBe(201)
  const { manifest } = await exported('/$export')
  expect(manifest).toMatchObject({ requiresAccessToken: true, deleted: [], error: [] })
  const lines = await linesOf(manifest)
  const patients = lines.filter((one) => one.resourceType === 'Patient').map((one) => one.id)
  expect(patients.toSorted()).toEqual([patient.id, another.id].toSorted())
  expect(JSON.stringify(lines)).not.toContain(strangers.id)
  expect(lines.filter((one) => one.resourceType === 'Observation')).toHaveLength(2)
  expect(lines.some((one) => one.resourceType === 'Medication')).toBe(true)
  const opened = await world.sql<{ n: number }>(
    `select count(distinct resident_id)::int as n from kernel.access where thing = 'Observation?'`,
  )
  expect(opened[0]?.n).toBe(2)
})

test('an export of patients holds no directory, and only the types and the time asked for', async () => {
  const whole = await exported('/Patient/$export')
  expect((await linesOf(whole.manifest)).map((one) => one.resourceType)).not.toContain('Medication')
  const some = await exported('/Patient/$export?_type=Observation&_outputFormat=ndjson')
  expect(some.manifest.output).toMatchObject([{ type: 'Observation', count: 2 }])
  const since = new Date(world.world.now().getTime() + 60_000).toISOString()
  const none = await exported(`/Patient/$export?_type=Observation&_since=${since}`)
  expect(none.manifest.output).toEqual([])
})

test('an export of a group holds its members', async () => {
  const member = [{ entity: { reference: `Patient/${patient.id}` } }]
  const body = { resourceType: 'Group', type: 'person', actual: true, member }
  const { body: group } = await ask('POST', '/Group', { body })
  const { manifest } = await exported(`/Group/${group.id}/$export?_type=Patient,Observation`)
  const lines = await linesOf(manifest)
  expect(lines.map((one) => one.resourceType).toSorted()).toEqual(['Observation', 'Patient'])
  expect(lines.every((one) => JSON.stringify(one).includes(patient.id))).toBe(true)
  expect((await ask('GET', '/Group/nobody/$export', { headers: async_ })).status).toBe(404)
})

test('an export is its client’s own; scopes bind it, and cancelling takes its files away', async () => {
  const { place, manifest } = await exported('/$export?_type=Patient')
  const other = (await givenClient(world, hospital.id)).headers
  expect((await ask('GET', place, { as: other })).status).toBe(404)
  const file = String(manifest.output[0].url).replace('http://127.0.0.1:8080/fhir/R4', '')
  expect((await ask('GET', file, { as: other })).status).toBe(404)
  expect((await ask('DELETE', place)).status).toBe(202)
  expect((await ask('GET', place)).status).toBe(404)
  expect((await ask('GET', file)).status).toBe(404)

  const narrow = (await givenClient(world, hospital.id, ['system/Observation.rs'])).headers
  const refused = await ask('GET', '/$export?_type=Patient', { headers: async_, as: narrow })
  expect(refused.status).toBe(403)
  const { manifest: own } = await exported('/$export', narrow)
  expect(own.output.map((one: { type: string }) => one.type)).toEqual(['Observation'])
  const doctor = await givenStaff(world, hospital.id, ['specialist'])
  expect((await ask('GET', '/$export', { headers: async_, as: doctor.headers })).status).toBe(403)
})

test('the list of exports is searched by client and type, narrowed by level and state, and sorted', async () => {
  const client = await givenClient(world, hospital.id)
  await world.sql('update identity.client set name = $1 where id = $2', ['检验信息系统', client.id])
  const { place } = await exported('/Patient/$export?_type=Observation,Patient', client.headers)
  await ask('GET', '/$export?_type=Condition', { headers: async_, as: client.headers })
  const it = await givenStaff(world, hospital.id, ['it'])
  const list = async (query: string) => {
    const { json } = await world.app.inject({ url: `/api/exports?${query}`, headers: it.headers })
    return json().items as { id: string; clientName: string; resources: number; types: string[] }[]
  }
  const q = `q=${encodeURIComponent('检验')}`
  const mine = await list(q)
  expect(mine.map(({ types }) => types)).toEqual([['Condition'], ['Observation', 'Patient']])
  expect(mine[0]?.clientName).toBe('检验信息系统')
  expect((await list(`${q}&order=oldest`)).map(({ id }) => id)).toEqual(mine.map(({ id }) => id).toReversed())
  const whole = mine.filter(({ id }) => place.endsWith(id))
  expect(whole).toHaveLength(1)
  for (const narrow of ['level=patient', 'state=done', `q=observation&order=most&state=done&level=patient`])
    expect((await list(narrow.startsWith('q') ? narrow : `${q}&${narrow}`))[0]).toEqual(whole[0])
  expect(await list(`${q}&state=waiting&level=patient`)).toEqual([])
  expect(await list(`q=${client.id.toUpperCase()}`)).toHaveLength(2)
  expect(await list('q=%25')).toEqual([])
  const refused = await world.app.inject({ url: '/api/exports?state=lost', headers: it.headers })
  expect(refused.statusCode).toBe(400)
})

test('IT ends an export of its institution with the reason; the files go, and its client has to ask anew', async () => {
  const client = await givenClient(world, hospital.id)
  const { place, manifest } = await exported('/$export?_type=Patient', client.headers)
  const file = String(manifest.output[0].url).replace('http://127.0.0.1:8080/fhir/R4', '')
  const cancel = async (who: { headers: Record<string, string> }, payload: object) => {
    const url = `/api/exports/${place.split('/').pop()}/cancel`
    const answer = await world.app.inject({ method: 'POST', url, headers: who.headers, payload })
    return { status: answer.statusCode, body: answer.json() }
  }
  const it = await givenStaff(world, hospital.id, ['it'])
  const stranger = await givenStaff(world, (await givenInstitution(world)).id, ['it'])
  expect((await cancel(stranger, { note: '不是我们的' })).status).toBe(404)
  expect((await cancel(it, { note: ' ' })).status).toBe(400)
  const note = '取错了范围，请按科室重取'
  expect(await cancel(it, { note })).toMatchObject({
    status: 200,
    body: { state: 'cancelled', problem: note },
  })
  for (const path of [place, file]) expect((await ask('GET', path, { as: client.headers })).status).toBe(404)
  expect(await cancel(it, { note })).toMatchObject({ status: 409, body: { code: 'interop.export-over' } })
  const list = await world.app.inject({ url: `/api/exports?q=${client.id}`, headers: it.headers })
  expect(list.json().items[0]).toMatchObject({ state: 'cancelled', problem: note })
})

test('an export that is not asked for as it should be is refused, and its files do not lie there for ever', async () => {
  expect((await ask('GET', '/$export')).status).toBe(400)
  expect((await ask('GET', '/$export?_outputFormat=csv', { headers: async_ })).status).toBe(400)
  expect((await ask('GET', '/Patient/$export?_type=Organization', { headers: async_ })).status).toBe(400)
  const { place } = await exported('/$export?_type=Patient')
  const it = await givenStaff(world, hospital.id, ['it'])
  const list = await world.app.inject({ url: '/api/exports', headers: it.headers })
  expect(list.json().items[0]).toMatchObject({
    state: 'done',
    level: 'system',
    types: ['Patient'],
    resources: 2,
  })
  await world.setNow(new Date(world.world.now().getTime() + 25 * 3_600_000))
  await world.runJob('interop.sweep-exports')
  const client = await world.sql<{ state: string }>('select state from interop.export where id = $1', [
    place.split('/').pop(),
  ])
  expect(client[0]?.state).toBe('cancelled')
})
