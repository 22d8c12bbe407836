import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
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
const observed = (more: object = {}) => anObservation(resident.id, more)
const store = async (more: object = {}) => (await ask('POST', '/Observation', { body: observed(more) })).body

test('a body may come packed, is held against the limit unpacked, and is never guessed', async () => {
  const text = JSON.stringify(observed())
  const send = async (encoding: string, payload: Buffer) => {
    const headers = { ...mine, 'content-type': 'application/fhir+json', 'content-encoding': encoding }
    const answer = await world.app.inject({ method: 'POST', url: '/fhir/R4/Observation', headers, payload })
    expect(answer.json().resourceType).toBe(answer.statusCode === 201 ? 'Observation' : 'OperationOutcome')
    return answer.statusCode
  }
  expect(await send('gzip', gzipSync(text))).toBe(201)
  expect(await send('deflate', deflateSync(text))).toBe(201)
  expect(await send('br', brotliCompressSync(text))).toBe(201)
  expect(await send('identity', Buffer.from(text))).toBe(201)
  expect(await send('gzip', Buffer.from(text))).toBe(400)
  expect(await send('gzip', gzipSync(text).subarray(0, 40))).toBe(400)
  expect(await send('zstd', Buffer.from(text))).toBe(415)
  const large = JSON.stringify(observed({ note: [{ text: 'x'.repeat(6 * 1_048_576) }] }))
  expect(await send('gzip', gzipSync(large))).toBe(413)
})

test('an address with a slash at its end is the one without it', async () => {
  const { id, meta } = await store()
  const links = (body: { link: { url: string }[] }) => body.link.map(({ url }) => url.split('/fhir/R4')[1])
  const asked = async (method: 'GET' | 'PUT' | 'POST', path: string, body?: object) =>
    (await ask(method, path, body ? { body } : {})).status
  expect((await ask('GET', `/Observation/${id}/`)).body.id).toBe(id)
  expect((await ask('GET', `/Observation/${id}/_history/${meta.versionId}/`)).body.id).toBe(id)
  expect(links((await ask('GET', `/Observation/?_id=${id}`)).body)).toEqual([`/Observation?_id=${id}`])
  expect(await asked('GET', `/?_type=Observation&_id=${id}`)).toBe(200)
  expect(await asked('GET', '/metadata/')).toBe(200)
  expect(await asked('PUT', `/Observation/${id}/`, observed({ id, status: 'amended' }))).toBe(200)
  expect(await asked('POST', '/Observation/', observed())).toBe(201)
  expect(await asked('POST', '/', { resourceType: 'Bundle', type: 'batch', entry: [] })).toBe(200)
  const entry = ['Observation/', `Observation/${id}/`].map((url) => ({ request: { method: 'GET', url } }))
  const { body } = await ask('POST', '/', { body: { resourceType: 'Bundle', type: 'batch', entry } })
  expect(body.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual([
    '200 OK',
    '200 OK',
  ])
})

test('a search by POST is asked within a compartment too, and a list that is empty is left out', async () => {
  const { id } = await store()
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const path = `/Patient/${resident.id}/Observation/_search`
  const found = await ask('POST', path, { body: `_id=${id}`, headers: form })
  expect([found.status, found.body.entry.length]).toEqual([200, 1])
  const none = await ask('POST', path, { body: '_id=nobody', headers: form })
  expect([none.body.total, none.body.entry]).toEqual([0, undefined])
  const { body } = await ask('POST', '/', { body: { resourceType: 'Bundle', type: 'batch' } })
  expect(body).toEqual({ resourceType: 'Bundle', type: 'batch-response' })
})

test('who shows a token that is none any more learns it from the challenge', async () => {
  const challenge = async (as: Record<string, string>) =>
    (await ask('GET', '/Observation', { as })).headers['www-authenticate']
  expect(await challenge({})).toBe('Bearer')
  expect(await challenge({ authorization: 'Bearer client.none' })).toBe('Bearer error="invalid_token"')
})

test('another version of FHIR, or a form, is not taken for a resource of R4', async () => {
  const { id } = await store()
  const path = `/Observation/${id}`
  const reading = async (accept: string) => (await ask('GET', path, { headers: { accept } })).status
  expect(await reading('application/fhir+json; fhirVersion=4.0')).toBe(200)
  expect(await reading('application/fhir+json; fhirVersion=3.0')).toBe(406)
  expect(await reading('application/fhir+json; fhirVersion=5.0, application/fhir+json')).toBe(200)
  const writing = async (type: string) =>
    (await ask('POST', '/Observation', { body: observed(), headers: { 'content-type': type } })).status
  expect(await writing('application/fhir+json; charset=utf-8; fhirVersion=4.0')).toBe(201)
  expect(await writing('application/fhir+json;fhirVersion="5.0"')).toBe(415)
  expect(await writing('application/x-www-form-urlencoded')).toBe(415)
})

test('pages of another origin are let in at the base too, and may read what was refused', async () => {
  const headers = { origin: 'https://app.example' }
  const preflight = await world.app.inject({ method: 'OPTIONS', url: '/fhir/R4', headers })
  expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([204, '*'])
  const refused = await ask('GET', '/Patient?_format=html', { headers })
  expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([406, '*'])
})

test('a preference is understood however it is written', async () => {
  const answer = async (prefer: string) =>
    (await ask('POST', '/Observation', { body: observed(), headers: { prefer } })).body?.resourceType ?? null
  expect(await answer('return=minimal')).toBe(null)
  expect(await answer('handling=strict; RETURN="minimal"')).toBe(null)
  expect(await answer('respond-async, return=operationoutcome')).toBe('OperationOutcome')
  expect(await answer('return=nothing')).toBe('Observation')
})

test('a read may want a part only, and says that it is one', async () => {
  const { id } = await store({ note: [{ text: 'x' }] })
  const part = async (query: string) => (await ask('GET', `/Observation/${id}${query}`)).body
  expect(await part('?_elements=note')).toMatchObject({
    note: [{ text: 'x' }],
    meta: { tag: [{ code: 'SUBSETTED' }] },
  })
  for (const path of ['?_summary=true', '/_history/1?_elements=status', '?_summary=text'])
    expect((await part(path)).note, path).toBeUndefined()
  expect((await part('?_summary=false')).meta.tag).toBeUndefined()
  expect((await ask('GET', `/Observation/${id}?_summary=count`)).status).toBe(400)
})

test('the history of one resource is paged and asked since when', async () => {
  const { id, meta } = await store()
  for (const status of ['preliminary', 'amended', 'final'])
    await ask('PUT', `/Observation/${id}`, { body: observed({ id, status }) })
  const versions = async (path: string) => {
    const { status, body } = await ask('GET', path)
    if (status !== 200) return { status, seen: [], next: '' }
    const seen = (body.entry ?? []).map((one: { response: { etag: string } }) => one.response.etag)
    const next = body.link.find((one: { relation: string }) => one.relation === 'next')?.url ?? ''
    return { status, seen, next: next.replace('http://127.0.0.1:8080/fhir/R4', '') }
  }
  const first = await versions(`/Observation/${id}/_history?_count=3`)
  expect(first.seen).toEqual(['W/"4"', 'W/"3"', 'W/"2"'])
  expect((await versions(first.next)).seen).toEqual(['W/"1"'])
  expect((await versions(`/Observation/${id}/_history?_since=2990-01-01`)).seen).toEqual([])
  expect((await versions(`/Observation/${id}/_history?_at=${meta.lastUpdated}`)).seen).toEqual(['W/"1"'])
  const [second] = (await ask('GET', `/Observation/${id}/_history/2`)).body.meta.lastUpdated.split('Z')
  expect((await versions(`/Observation/${id}/_history?_at=${second}Z`)).seen).toEqual(['W/"2"'])
  expect((await versions(`/Observation/${id}/_history?_at=2990-01-01`)).seen).toEqual(['W/"4"'])
  const year = meta.lastUpdated.slice(0, 4)
  const whole = await versions(`/Observation/${id}/_history?_at=${year}&_count=3`)
  expect([...whole.seen, ...(await versions(whole.next)).seen]).toEqual(['W/"4"', 'W/"3"', 'W/"2"', 'W/"1"'])
  expect((await versions(`/Observation/_history?_at=${Number(year) - 1}`)).seen).toEqual([])
  expect((await versions(`/Observation/${id}/_history?_since=soon`)).status).toBe(400)
  expect((await versions('/Observation/nobody/_history')).status).toBe(404)
})

test('what is to be made only is not written over', async () => {
  const headers = { 'if-none-match': '*' }
  const put = async () =>
    (await ask('PUT', '/Observation/only-once', { body: observed({ id: 'only-once' }), headers })).status
  expect([await put(), await put()]).toEqual([201, 412])
  const request = { method: 'PUT', url: 'Observation/only-once', ifNoneMatch: '*' }
  const entry = [{ resource: observed({ id: 'only-once' }), request }]
  for (const [type, status] of [
    ['transaction', 412],
    ['batch', 200],
  ] as const) {
    const answer = await ask('POST', '/', { body: { resourceType: 'Bundle', type, entry } })
    expect(answer.status).toBe(status)
    expect(JSON.stringify(answer.body)).toContain('record.there-already')
  }
})

test('everything about a patient may be asked of a time', async () => {
  const { id } = await givenResident(world, (await givenInstitution(world)).id)
  const { id: other } = await ask('POST', '/Patient', {
    body: { resourceType: 'Patient', name: [{ text: '时间测试' }], birthDate: '1950-01-01' },
  }).then(({ body }) => body)
  for (const effectiveDateTime of ['2019-05-01', '2021-05-01'])
    await ask('POST', '/Observation', { body: anObservation(other, { effectiveDateTime }) })
  const times = async (query: string, as = other) => {
    const { status, body } = await ask('GET', `/Patient/${as}/$everything?${query}`)
    if (status !== 200) return status
    const all = (body.entry ?? []).map((one: { resource: { effectiveDateTime?: string } }) => one.resource)
    return all.map((one: { effectiveDateTime?: string }) => one.effectiveDateTime ?? 'Patient')
  }
  expect(await times('start=2020')).toEqual(['2021-05-01', 'Patient'])
  expect(await times('end=2019-05-01')).toEqual(['2019-05-01', 'Patient'])
  expect(await times('start=2019&end=2019')).toEqual(['2019-05-01', 'Patient'])
  expect([await times('start=soon'), await times('start=2020', id)]).toEqual([400, 404])
  const parameter = [{ name: '_count', valueInteger: 1 }]
  const one = await ask('POST', `/Patient/${other}/$everything`, {
    body: { resourceType: 'Parameters', parameter },
  })
  expect(one.body.entry).toHaveLength(1)
})

test('an address with Chinese as it is written is no request; the answer says how it is encoded, as FHIR says it', async () => {
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((world.app.server.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET /fhir/R4/Patient?name=张 HTTP/1.1\r\nhost: x\r\n\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  const [head = '', body = ''] = String(answer).split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 400 [\s\S]*content-type: application\/fhir\+json/)
  expect(JSON.parse(body)).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ code: 'invalid', details: { text: expect.stringContaining('percent-encoded') } }],
  })
})

test('a removal that names a media type and sends nothing is a removal', async () => {
  const headers = { 'content-type': 'application/fhir+json' }
  for (const type of ['application/fhir+json', 'application/json', 'application/fhir+xml']) {
    const { id } = await store()
    const answer = await ask('DELETE', `/Observation/${id}`, { headers: { 'content-type': type } })
    expect([type, answer.status]).toEqual([type, 204])
    expect((await ask('GET', `/Observation/${id}`)).status).toBe(410)
  }
  expect((await ask('POST', '/Observation', { headers, body: '' })).status).toBe(400)
})

test('a search asks for many values at once, and is told where they are too many', async () => {
  const { id } = await store()
  const found = async (query: string) => {
    const { status, body } = await ask('GET', `/Observation?${query}`)
    return status === 200 ? (body.entry ?? []).length : [status, body.issue.at(-1).diagnostics]
  }
  const many = (count: number) => Array.from({ length: count }, (_, n) => `n${n}`).join(',')
  expect(await found(`_id=${many(2_000)},${id}`)).toBe(1)
  expect(await found(`_id=${id}&code=${many(900)},6298-4`)).toBe(1)
  expect(await found(`_id=${id}&code=${many(900)}`)).toBe(0)
  const tooMany = [400, expect.stringContaining('more than 1000 values')]
  expect(await found(`code=${many(1_001)}`)).toEqual(tooMany)
  expect(await found(Array.from({ length: 1_001 }, () => 'code=a').join('&'))).toEqual(tooMany)
})
