import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

type Headers = Readonly<Record<string, string>>

let world: Region
let mine: Headers
let theirs: Headers
let resident: { id: string }
/** Bytes that are no text in any encoding. */
const pdf = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  Buffer.from([0, 255, 254, 128, 10]),
  Buffer.from('%%EOF'),
])

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  mine = (await givenClient(world, hospital.id)).headers
  theirs = (await givenClient(world, other.id)).headers
})
afterAll(() => world.close())

const send = (
  method: 'POST' | 'PUT' | 'GET',
  path: string,
  { headers = {}, payload, as = mine }: { headers?: Headers; payload?: Buffer | string; as?: Headers } = {},
) =>
  world.app.inject({
    ...{ method, url: `/fhir/R4${path}`, headers: { ...as, ...headers } },
    ...(payload === undefined ? {} : { payload }),
  })
const upload = async (headers: Headers = {}) => {
  const answer = await send('POST', '/Binary', {
    headers: { 'content-type': 'application/pdf', ...headers },
    payload: pdf,
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json() as { id: string }
}

test('a file sent as it is is a Binary, and is read as it is or in FHIR’s form', async () => {
  const { id } = await upload({ 'x-security-context': `Patient/${resident.id}` })
  const raw = await send('GET', `/Binary/${id}`, { headers: { accept: 'application/pdf' } })
  expect([raw.statusCode, raw.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(raw.rawPayload.equals(pdf)).toBe(true)
  expect(raw.headers['content-disposition']).toBe('attachment')
  expect(raw.headers['content-security-policy']).toContain('sandbox')
  for (const accept of ['application/octet-stream', 'application/*;q=0.1, application/pdf'])
    expect((await send('GET', `/Binary/${id}`, { headers: { accept } })).rawPayload.equals(pdf), accept).toBe(
      true,
    )

  for (const accept of ['application/fhir+json', '*/*', 'text/html,application/xhtml+xml,*/*;q=0.8'])
    expect((await send('GET', `/Binary/${id}`, { headers: { accept } })).json()).toMatchObject({
      resourceType: 'Binary',
      contentType: 'application/pdf',
      securityContext: { reference: `Patient/${resident.id}` },
      data: pdf.toString('base64'),
    })
  const xml = await send('GET', `/Binary/${id}`, { headers: { accept: 'application/fhir+xml' } })
  expect(xml.body).toContain('<contentType value="application/pdf"')
  expect((await send('GET', `/Binary/${id}`, { headers: { accept: 'image/png' } })).statusCode).toBe(406)
  const { etag = '' } = raw.headers
  const again = await send('GET', `/Binary/${id}`, {
    headers: { accept: 'application/pdf', 'if-none-match': String(etag) },
  })
  expect(again.statusCode).toBe(304)
})

test('it is changed as it is, and only by the version that was read', async () => {
  const { id } = await upload()
  const next = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  const put = await send('PUT', `/Binary/${id}`, {
    headers: { 'content-type': 'image/svg+xml', 'if-match': 'W/"1"' },
    payload: next,
  })
  expect([put.statusCode, put.json().meta?.versionId]).toEqual([200, '2'])
  const stale = await send('PUT', `/Binary/${id}`, {
    headers: { 'content-type': 'image/png', 'if-match': 'W/"1"' },
    payload: next,
  })
  expect(stale.statusCode).toBe(412)
  const image = await send('GET', `/Binary/${id}`, { headers: { accept: 'image/*' } })
  expect([image.headers['content-type'], image.headers['content-disposition'], image.body]).toEqual([
    'image/svg+xml',
    'attachment',
    next.toString(),
  ])
})

test('nobody else’s institution reads it, and it is filed under nobody whom the sender may not see', async () => {
  const { id } = await upload({ 'x-security-context': `Patient/${resident.id}` })
  for (const accept of ['application/pdf', 'application/fhir+json'])
    expect((await send('GET', `/Binary/${id}`, { headers: { accept }, as: theirs })).statusCode).toBe(404)
  const foreign = await send('POST', '/Binary', {
    headers: { 'content-type': 'application/pdf', 'x-security-context': `Patient/${resident.id}` },
    payload: pdf,
    as: theirs,
  })
  expect(foreign.statusCode).toBe(422)
})

test('what is too long, empty or of no media type is refused in words', async () => {
  const type = { 'content-type': 'application/pdf' }
  const long = await send('POST', '/Binary', { headers: type, payload: Buffer.alloc(5 * 1_048_576 + 1) })
  expect([long.statusCode, long.json().issue[0].diagnostics]).toEqual([
    413,
    expect.stringContaining('"bytesMax":5242880'),
  ])
  const most = await send('POST', '/Binary', { headers: type, payload: Buffer.alloc(5 * 1_048_576, 7) })
  expect(most.statusCode).toBe(201)
  const refused = async (headers: Headers, payload: Buffer | string) => {
    const { statusCode, body } = await send('POST', '/Binary', { headers, payload })
    expect(body).toContain('OperationOutcome')
    return statusCode
  }
  expect(await refused(type, Buffer.alloc(0))).toBe(400)
  expect(await refused({ 'content-type': 'nonsense' }, pdf)).toBe(415)
  expect(await refused({ ...type, 'x-security-context': 'who knows' }, pdf)).toBe(400)
  expect(await refused({ 'content-type': 'application/fhir+json' }, '{"resourceType":"Patient"}')).toBe(400)
  expect(
    (await world.app.inject({ method: 'POST', url: '/fhir/R4/Binary', headers: type, payload: pdf }))
      .statusCode,
  ).toBe(401)
})
