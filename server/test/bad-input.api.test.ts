import { roles } from '@tongmai/api/identity/role'
import { type Api, type Endpoint, kernelApi } from '@tongmai/api/kernel'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayAfter, dayOf } from '../src/kernel/day.ts'
import { modules } from '../src/modules.ts'
import { asking } from './ask-fhir.ts'
import { givenClient, givenStaff } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { anObservation } from './given-record.ts'
import { givenChineseId, givenResident } from './given-resident.ts'
import { givenLicence, givenPractitioner } from './given-workforce.ts'
import { type Region, region } from './world.ts'

/** What no table can hold, no calendar knows and no form should send: each gets its own answer and changes nothing. */

let world: Region
let institutionId: string
let everybody: Readonly<Record<string, string>>
let client: Readonly<Record<string, string>>
const fhir = asking(
  () => world,
  () => client,
)

beforeAll(async () => {
  world = await region()
  institutionId = (await givenInstitution(world)).id
  everybody = (await givenStaff(world, institutionId, Object.keys(roles) as never)).headers
  client = (await givenClient(world, institutionId)).headers
})
afterAll(() => world.close())

const endpoints = [{ name: 'kernel', api: kernelApi as Api }, ...modules]
  .flatMap(({ name: module, api = {} }) =>
    Object.entries(api as Api).map(([name, endpoint]) => ({ name: `${module}.${name}`, endpoint })),
  )
  .filter(({ endpoint }) => endpoint.may === 'anyone' || (endpoint.for ?? ['staff']).includes('staff'))

const json = { 'content-type': 'application/json' }
const post = (url: string, payload: string | object, headers = everybody) =>
  world.app.inject({ method: 'POST', url, payload, headers: { ...json, ...headers } })
const get = (url: string, headers = everybody) => world.app.inject({ url, headers })
const told = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
]
const urlOf = (e: Endpoint, id: string) => `/api${e.path.replace(/:(\w+)/g, id)}`
const someId = '01990000-0000-7000-8000-000000000000'
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

describe('at every endpoint', () => {
  test('a null character in the body is 400 and named', async () => {
    const wrong: string[] = []
    for (const { name, endpoint: e } of endpoints.filter((each) => each.endpoint.method === 'POST')) {
      const answer = await post(urlOf(e, someId), { note: ['a', 'b\0'] })
      const { code, fields } = answer.json()
      if (answer.statusCode !== 400 || code !== 'kernel.invalid-body' || fields[0].path !== 'note.1')
        wrong.push(`${name}: ${answer.statusCode} ${answer.body.slice(0, 80)}`)
    }
    expect(wrong).toEqual([])
  })

  test('a null character in the address is 400, in an id 404', async () => {
    const wrong: string[] = []
    for (const { name, endpoint: e } of endpoints.filter((each) => each.endpoint.method === 'GET')) {
      const query = await get(`${urlOf(e, someId)}?name=a%00`)
      if (query.statusCode !== 400) wrong.push(`${name}?: ${query.statusCode}`)
      if (!e.path.includes(':')) continue
      const inId = await get(urlOf(e, 'a%00'))
      if (inId.statusCode !== 404) wrong.push(`${name}: ${inId.statusCode}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('what cannot be kept or understood', () => {
  const search = '/api/residents/search'

  test.each([
    ['half a surrogate pair', '{"name":"\\ud800"}', 'kernel.invalid-body'],
    ['a null character in a name', '{"a\\u0000":1}', 'kernel.invalid-body'],
    ['what is nested a hundred thousand deep', `{"name":${nested(100_000)}}`, 'kernel.invalid-body'],
    ['a prototype', '{"__proto__":{"admin":true}}', 'kernel.malformed-json'],
    ['half a JSON', '{"name":', 'kernel.malformed-json'],
    ['nothing', '', 'kernel.empty-body'],
    ['a list instead of an object', '[]', 'kernel.invalid-body'],
    ['a number beyond all numbers', '{"name":"张","offset":1e999}', 'kernel.invalid-body'],
  ])('%s is 400', async (_what, body, code) => {
    expect(told(await post(search, body))).toEqual([400, code])
  })

  test('GB18030 is read where it is declared; bytes that are not in their charset are 400, an unknown charset is 415', async () => {
    const send = (type: string, body: Buffer) =>
      world.app.inject({
        ...{ method: 'POST', url: search, payload: body },
        headers: { ...everybody, 'content-type': type },
      })
    const text = '{"name":"张三丰"}'
    const gb = iconv.encode(text, 'gb18030')
    for (const charset of ['gb18030', '"GBK"'])
      expect((await send(`application/json; charset=${charset}`, gb)).statusCode).toBe(200)
    expect((await send('application/json; charset=utf-8', Buffer.from(text))).statusCode).toBe(200)
    expect(told(await send('application/json', gb))).toEqual([400, 'kernel.unreadable-text'])
    const overlong = Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])
    expect(told(await send('application/json; charset=utf-8', overlong))).toEqual([
      400,
      'kernel.unreadable-text',
    ])
    expect(told(await send('application/json; charset=big5', gb))).toEqual([415, 'kernel.media-type'])
  })

  test('a body larger than the limit is 413', async () => {
    expect(told(await post(search, { name: 'x'.repeat(1_100_000) }))).toEqual([413, 'kernel.body-too-large'])
  })

  test('an address that cannot be decoded is 400 in our own words', async () => {
    for (const url of ['/api/%E0%A4%A', '/%'])
      expect(told(await get(url))).toEqual([400, 'kernel.bad-request'])
    const answer = await get('/fhir/R4/%E0%A4%A')
    expect([answer.statusCode, answer.json().resourceType]).toEqual([400, 'OperationOutcome'])
  })

  test('a page before the first, past the last or of a million lines is 400', async () => {
    for (const query of ['offset=-1', 'offset=10001', 'limit=0', 'limit=1000000', 'offset=1e99', 'limit=x'])
      expect(told(await get(`/api/practitioners?${query}`))).toEqual([400, 'kernel.invalid-query'])
  })

  test('a day in the year 1 or 9999 is 400', async () => {
    for (const from of ['0001-01-01', '9999-12-31', '2026-02-30', '+275760-09-13'])
      expect(told(await get(`/api/duty-rota?from=${encodeURIComponent(from)}`))).toEqual([
        400,
        'kernel.invalid-query',
      ])
  })

  test('a token request with a null character is refused as RFC 6749 says', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await post(
      '/oauth/token',
      'grant_type=client_credentials&client_id=%00&client_secret=x',
      form,
    )
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: 'invalid_request' }])
  })

  test('text that a database or a spreadsheet would run stays text', async () => {
    const name = `=HYPERLINK("http://x")'; drop table kernel.event;--`
    const { id } = await givenInstitution(world, { name, code: 'EVIL' })
    const found = await get(`/api/institutions/${id}`)
    expect(found.json().name).toBe(name)
    const table = (await get('/api/institutions/export')).body
    expect(table).toContain(`"'=HYPERLINK(""http://x"")`)
  })
})

describe('over FHIR', () => {
  const codeOf = (body: { issue: { details: { coding: { code: string }[] } }[] }) =>
    body.issue[0]?.details.coding[0]?.code
  const asked = async (...ask: Parameters<typeof fhir>) => {
    const { status, body } = await fhir(...ask)
    return [status, codeOf(body)]
  }

  test.each([
    ['/Patient?identifier=%00', 400, 'kernel.invalid-query'],
    ['/Patient?_id=a%00b', 400, 'kernel.invalid-query'],
    ['/Patient/a%00', 404, 'kernel.missing'],
    ['/Patient?_lastUpdated=ge%2B275760-09-13', 400, 'record.bad-search'],
    ['/Patient?_lastUpdated=-200000-01-01', 400, 'record.bad-search'],
    [
      `/Patient?_cursor=${Buffer.from(`${'-'.repeat(36)} x`).toString('base64url')}`,
      400,
      'record.bad-search',
    ],
    ['/Patient?_count=-1', 400, 'record.bad-search'],
    ['/Nothing', 404, 'record.unknown-type'],
  ])('GET %s is %i', async (path, status, code) => {
    expect(await asked('GET', path)).toEqual([status, code])
  })

  test('a text with a null or control character is no FHIR text', async () => {
    const { id } = await givenResident(world, institutionId)
    const said = (text: string) =>
      asked('POST', '/Observation', { body: anObservation(id, { code: { text } }) })
    expect(await said('a\0')).toEqual([400, 'kernel.invalid-body'])
    expect(await said('a\u0001')).toEqual([422, 'record.invalid-resource'])
    const beside = { ...anObservation(id), _status: { extension: [{ url: 'x', valueString: 7 }] } }
    expect(await asked('POST', '/Observation', { body: beside })).toEqual([422, 'record.invalid-resource'])
    const deep = `{"resourceType":"Observation","_status":${nested(50_000)}}`
    expect(await asked('POST', '/Observation', { body: deep })).toEqual([400, 'kernel.invalid-body'])
  })

  test('nobody was born in 2099 or in the year 1', async () => {
    for (const birthDate of ['2099-01-01', '0001-01-01', '1700']) {
      const body = { resourceType: 'Patient', birthDate, identifier: [{ system: 'urn:x', value: birthDate }] }
      expect(await asked('POST', '/Patient', { body })).toEqual([422, 'resident.birth-date-out-of-range'])
    }
  })

  test('two who make the same resource at the same moment make one', async () => {
    const basic = { resourceType: 'Basic', id: 'made-at-once', code: { text: 'x' } }
    const puts = await Promise.all(
      Array.from({ length: 8 }, () => fhir('PUT', '/Basic/made-at-once', { body: basic })),
    )
    expect(puts.map((p) => p.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    const patient = {
      resourceType: 'Patient',
      name: [{ text: '并发' }],
      identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: givenChineseId() }],
    }
    const posts = await Promise.all(
      Array.from({ length: 8 }, () => fhir('POST', '/Patient', { body: patient })),
    )
    expect(posts.filter((p) => p.status === 201)).toHaveLength(1)
    expect(new Set(posts.map((p) => p.body.id)).size).toBe(1)
  })
})

test('no account acts in the name of another institution’s practitioner', async () => {
  const elsewhere = await givenPractitioner(world, (await givenInstitution(world)).id)
  const account = { username: 'borrowed.name', name: '甲', roles: ['specialist'] }
  const added = await post('/api/accounts', { ...account, practitionerId: elsewhere.id })
  expect(told(added)).toEqual([400, 'identity.practitioner-not-here'])
  const own = await givenPractitioner(world, institutionId)
  expect((await post('/api/accounts', { ...account, practitionerId: own.id })).statusCode).toBe(200)
})

test('whose licence ended yesterday reads the record and writes nothing into it', async () => {
  const { id } = await givenResident(world, institutionId)
  const until = dayAfter(dayOf(world.world.now()), -1)
  const doctor = await givenPractitioner(world, institutionId, { licences: [givenLicence({ until })] })
  const as = (await givenStaff(world, institutionId, ['specialist'], { practitioner: doctor.id })).headers
  const { body: known } = await fhir('POST', '/Observation', { body: anObservation(id) })
  const body = anObservation(id)
  const request = { method: 'POST', url: 'Observation' }
  const bundle = (type: string) => ({ resourceType: 'Bundle', type, entry: [{ request, resource: body }] })
  const refused = [
    await fhir('POST', '/Observation', { as, body }),
    await fhir('PUT', '/Observation/of-yesterday', { as, body: { ...body, id: 'of-yesterday' } }),
    await fhir('DELETE', `/Observation/${known.id}`, { as }),
    await fhir('POST', '/', { as, body: bundle('transaction') }),
    await fhir('POST', '/Observation', { body, headers: { 'x-practitioner': doctor.id } }),
  ]
  const expired = expect.objectContaining({
    coding: [expect.objectContaining({ code: 'workforce.licence-expired' })],
  })
  for (const { status, body: outcome } of refused)
    expect([status, outcome.issue[0].details]).toEqual([403, expired])
  const batch = await fhir('POST', '/', { as, body: bundle('batch') })
  expect(batch.body.entry[0].response.status).toBe('403')
  expect((await fhir('GET', `/Observation/${known.id}`, { as })).status).toBe(200)
})

test('a database that goes away in the middle is 503, and then all goes on', async () => {
  const { id } = await givenResident(world, institutionId)
  const observed = () => fhir('POST', '/Observation', { body: anObservation(id) })
  const running = Array.from({ length: 20 }, observed)
  await cutOff()
  const answers = await Promise.all(running)
  expect(answers.filter(({ status }) => status !== 201 && status !== 503)).toEqual([])
  const stored = answers.filter(({ status }) => status === 201)
  for (const { body } of stored) expect((await fhir('GET', `/Observation/${body.id}`)).status).toBe(200)
  await expect.poll(async () => (await observed()).status).toBe(201)
})

test('a connection that is cut while it lay idle is felt by nobody who reads or writes in a transaction', async () => {
  const { id } = await givenResident(world, institutionId)
  const { body } = await fhir('POST', '/Observation', { body: anObservation(id) })
  const read = () => fhir('GET', `/Observation/${body.id}`)
  const write = () => fhir('PUT', `/Observation/${body.id}`, { body: { ...anObservation(id), id: body.id } })
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 8 }, read))
    await cutOff()
    const answers = await Promise.all([...Array.from({ length: 8 }, read), write()])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  }
})

const cutOff = () =>
  world.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  )
