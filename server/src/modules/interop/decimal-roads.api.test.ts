import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hl7 } from '../../../test/given-hl7.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenSubscribing, type Subscribing, turn } from '../../../test/given-subscription.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { storeBytes } from '../../kernel/file.ts'
import { exactIn } from '../../kernel/resource/exact.ts'
import { importBundle } from '../record/index.ts'

let given: Subscribing
let mine: Readonly<Record<string, string>>

beforeAll(async () => {
  given = await givenSubscribing()
  mine = given.writer.headers
})
afterAll(() => given.close())

const raw = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: string, headers = {}) => {
  const type = { 'content-type': 'application/fhir+json' }
  const body = payload === undefined ? {} : { payload }
  return given.world.app.inject({
    ...{ method, url: `/fhir/R4${path}`, headers: { ...mine, ...(payload ? type : {}), ...headers } },
    ...body,
  })
}
const weighed = (value: string, more = {}) =>
  JSON.stringify(
    anObservation(given.patient.id, {
      ...{ valueQuantity: { value: 0, unit: 'mmol/L' }, referenceRange: [{ low: { value: 3.25 } }] },
      ...more,
    }),
  )
    .replace('"value":0', `"value":${value}`)
    .replace('3.25', '3.10')

async function stored(value: string, more = {}): Promise<string> {
  const answer = await raw('POST', '/Observation', weighed(value, more))
  expect(answer.statusCode).toBe(201)
  return answer.json().id
}

test('an export writes decimals as they came, whole or in parts', async () => {
  await stored('1.50')
  for (const query of ['_type=Observation', '_type=Observation&_elements=value,referenceRange']) {
    const begun = await raw('GET', `/$export?${query}`, undefined, { prefer: 'respond-async' })
    const place = String(begun.headers['content-location']).replace('http://127.0.0.1:8080/fhir/R4', '')
    await given.world.runJob('interop.export', { id: place.split('/').pop() })
    const [{ url }] = (await raw('GET', place)).json().output
    const { body } = await raw('GET', url.replace('http://127.0.0.1:8080/fhir/R4', ''))
    expect(body).toContain('"value":1.50,')
    expect(body).toContain('"low":{"value":3.10}')
  }
})

test('a summary holds them as they came', async () => {
  await stored('4.20', { code: { text: '血氯' } })
  const { body } = await raw('GET', `/Patient/${given.patient.id}/$summary`)
  expect(body).toContain('"value":4.20,')
  expect(body).toContain('4.20 mmol/L')
})

test('whom a description means is answered with what stands beside it', async () => {
  const extension = '"extension":[{"url":"urn:example:weight","valueDecimal":63.40}]'
  const patient = (await raw('GET', `/Patient/${given.patient.id}`)).body.replace(/^\{/, `{${extension},`)
  expect((await raw('PUT', `/Patient/${given.patient.id}`, patient)).statusCode).toBe(200)
  const { statusCode, body } = await raw('POST', '/Patient/$match', patient)
  expect([statusCode, body]).toEqual([200, expect.stringContaining('"valueDecimal":63.40')])
})

test('a notification carries them as they came, and says them again', async () => {
  await given.afresh()
  const id = await given.subscribe({ content: 'full-resource', filters: ['Observation'] })
  await stored('7.10')
  await turn(given.world)
  expect(given.last()?.text).toContain('"value":7.10,')
  const events = await given.world.app.inject({
    url: `/fhir/R4/Subscription/${id}/$events`,
    headers: given.client.headers,
  })
  expect(events.body).toContain('"value":7.10,')
})

test('a result by HL7 v2 is stored as OBX-5 writes it', async () => {
  const it = (await givenStaff(given.world, given.hospital.id, ['it'])).headers
  const payload = { name: 'LIS', facility: 'LIS', application: '', clientId: given.writer.id, charset: null }
  await given.world.app.inject({ method: 'POST', url: '/api/message-partners', headers: it, payload })
  const values = { NM: ['5.90', '05.10', '+6.0', '-0.20', '100', '0.0000001'], SN: ['<^1.50'] }
  const obx = Object.entries(values).flatMap(([type, all]) => all.map((value) => [type, value]))
  const message = hl7(
    'ORU^R01',
    'decimals',
    [
      'PID|1||DEC01^^^LIS^MR||陈小数||19800101|F',
      'OBR|1|P1|F1|24323-8^生化全套^LN|||20261122080000|||||||||||||||20261122100000|||F',
      ...obx.map(([type, value], n) => `OBX|${n + 1}|${type}|${6298 + n}-4^项目^LN||${value}|mmol/L|||||F`),
    ],
    { facility: 'LIS' },
  )
  const headers = { ...mine, 'content-type': 'application/hl7-v2' }
  const answer = await given.world.app.inject({ method: 'POST', url: '/api/hl7', headers, payload: message })
  expect(answer.body).toContain('MSA|AA')
  const [{ resource }] = (await raw('GET', '/Patient?identifier=DEC01')).json().entry
  const { body } = await raw('GET', `/Observation?patient=${resource.id}&_count=50`)
  const found = [...body.matchAll(/"value":(-?[\d.]+),/g)].map(([, value]) => value)
  expect(found.toSorted()).toEqual(['5.90', '5.10', '6.0', '-0.20', '100', '0.0000001', '1.50'].toSorted())
})

test('an import keeps them, at once or one by one', async () => {
  for (const [type, value] of [
    ['transaction', '8.10'],
    ['batch', '8.20'],
    ['collection', '8.30'],
  ] as const) {
    const pointing = {
      note: [{ text: type }],
      hasMember: [{ reference: 'urn:uuid:0a0a0a0a-0000-4000-8000-000000000000' }],
    }
    const first = `{"fullUrl":"urn:uuid:0a0a0a0a-0000-4000-8000-000000000000","resource":${weighed('1')},"request":{"method":"POST","url":"Observation"}}`
    const entry = `{"fullUrl":"urn:uuid:${value.replace('.', '')}0a0a0a-0000-4000-8000-000000000000x","resource":${weighed(value, pointing)},"request":{"method":"POST","url":"Observation"}}`
    const bundle = exactIn(`{"resourceType":"Bundle","type":"${type}","entry":[${first},${entry}]}`)
    await importBundle(given.world.world, given.hospital.id, bundle, ({ result, problem }) =>
      expect([result, problem]).not.toContain('refused'),
    )
    const [row] = await given.world.sql<{ content: string }>(
      `select content from kernel.resource where type = 'Observation' and content like $1`,
      [`%"text":"${type}"%`],
    )
    expect(row?.content).toContain(`"value":${value},`)
  }
})

test('what was done under a key is answered again as it was', async () => {
  const key = { 'idempotency-key': 'decimal-roads-key' }
  const entry = `{"resource":${weighed('9.50')},"request":{"method":"POST","url":"Observation"}}`
  const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[${entry}]}`
  const first = await raw('POST', '/', bundle, { ...key, prefer: 'return=representation' })
  const again = await raw('POST', '/', bundle, { ...key, prefer: 'return=representation' })
  expect([first.statusCode, first.body]).toEqual([200, expect.stringContaining('"value":9.50,')])
  expect(again.body).toBe(first.body)
})

test('the page of one fact says its numbers with their digits, and a document says its own', async () => {
  const id = await stored('5.60')
  const { id: practitioner } = await givenPractitioner(given.world, given.hospital.id)
  const { headers } = await givenStaff(given.world, given.hospital.id, ['gp'], { practitioner })
  const record = `/api/residents/${given.patient.id}/record`
  const { lines } = (await given.world.app.inject({ url: `${record}/Observation/${id}`, headers })).json()
  expect(lines).toContainEqual({ name: 'valueQuantity', text: '5.60 mmol/L' })
  expect(lines).toContainEqual({ name: 'referenceRange', text: '≥ 3.10' })

  const resident = await givenResident(given.world, given.hospital.id, {
    ...{ name: '周立新', birthDate: '1962-03-09', sex: 'male', phone: '19900000077' },
  })
  const paper = join(import.meta.dirname, '../../../test/material/cda/outpatient-record.xml')
  const words = { name: '周立新', identity: resident.number, sex: '1', birth: '19620309' }
  const text = Object.entries(words)
    .reduce((xml, [name, value]) => xml.replace(`{${name}}`, value), readFileSync(paper, 'utf8'))
    .replace(/<value xsi:type="ST">[^<]*<\/value>/, '<value xsi:type="PQ" value="5.10" unit="mmol/L"/>')
  const hash = await storeBytes(given.world.dataDir, Buffer.from(text))
  const papers = `/api/residents/${resident.id}/record/documents`
  const payload = { hash, fileName: '病历.xml' }
  const added = await given.world.app.inject({ method: 'POST', url: papers, headers, payload })
  const { body } = await given.world.app.inject({ url: `${papers}/${added.json().id}`, headers })
  expect(body).toContain('5.10 mmol/L')
})
