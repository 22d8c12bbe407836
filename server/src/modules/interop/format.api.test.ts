import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { fromXml } from './from-xml.ts'
import { toXml } from './to-xml.ts'

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

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH'
const ask = (method: Method, path: string, headers: Record<string, string> = {}, payload?: string) =>
  world.app.inject({
    method,
    url: `/fhir/R4${path}`,
    headers: { ...mine, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const xmlType = { 'content-type': 'application/fhir+xml' }
const asXml = { accept: 'application/fhir+xml' }

test('a resource comes in as XML and goes out as XML or JSON, as the caller wants it', async () => {
  const body = toXml(anObservation(resident.id))
  const made = await ask('POST', '/Observation', { ...xmlType, ...asXml }, body)
  expect([made.statusCode, made.headers['content-type']]).toEqual([
    201,
    'application/fhir+xml; charset=utf-8',
  ])
  const stored = fromXml(made.body)
  expect(stored).toMatchObject(anObservation(resident.id))
  const path = `/Observation/${stored.id}`
  const json = (await ask('GET', path)).json()
  for (const [asked, headers] of [
    [`${path}?_format=xml`, {}],
    [`${path}?_format=application/fhir+xml`, {}],
    [path, { accept: 'text/html;q=0.4, application/xml;q=0.9, application/json;q=0.5' }],
  ] as const) {
    const answer = await ask('GET', asked, headers)
    expect([asked, fromXml(answer.body)]).toEqual([asked, json])
  }
  expect((await ask('GET', `${path}?_format=json`, asXml)).json()).toEqual(json)
  const pretty = await ask('GET', `${path}?_pretty=true`)
  expect(pretty.body).toBe(JSON.stringify(json, null, 2))
})

test('Bundles, errors and what the server can do are answered as XML too', async () => {
  const found = await ask('GET', `/Observation?patient=${resident.id}&_format=xml`)
  expect(fromXml(found.body)).toMatchObject({ resourceType: 'Bundle', type: 'searchset' })
  const missing = await ask('GET', '/Observation/none', asXml)
  expect([missing.statusCode, fromXml(missing.body).resourceType]).toEqual([404, 'OperationOutcome'])
  const capability = await ask('GET', '/metadata', asXml)
  expect(fromXml(capability.body).resourceType).toBe('CapabilityStatement')
  const broken = await ask('POST', '/Observation', { ...xmlType, ...asXml }, '<Observation>')
  expect([broken.statusCode, fromXml(broken.body).resourceType]).toEqual([400, 'OperationOutcome'])
  const misshapen = await ask('POST', '/Observation', xmlType, '<Observation xmlns="http://hl7.org/fhir"/>')
  expect(misshapen.statusCode).toBe(422)
})

test('the form of a search says how to answer, and the next page is answered so too', async () => {
  for (let n = 0; n < 2; n++)
    await ask('POST', '/Observation', xmlType, toXml(anObservation(resident.id) as never))
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const asked = (format: string) =>
    ask('POST', '/Observation/_search', form, `patient=${resident.id}&_count=1&_format=${format}`)
  const first = await asked('xml')
  expect(first.headers['content-type']).toContain('application/fhir+xml')
  const links = fromXml(first.body).link as { relation: string; url: string }[]
  const next = links.find(({ relation }) => relation === 'next')?.url ?? ''
  const second = await ask('GET', next.replace(/^.*\/fhir\/R4/, ''))
  expect([second.statusCode, second.headers['content-type']]).toEqual([
    200,
    'application/fhir+xml; charset=utf-8',
  ])
  expect((await asked('yaml')).statusCode).toBe(406)
  const whole = await ask('GET', `/Patient/${resident.id}/$everything?_format=xml&_count=1`)
  expect(whole.body).toContain('_format=xml')
})

test('a transaction may be XML, with its narrative untouched', async () => {
  const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>血钾 4.1&#160;mmol/L</p></div>'
  const resource = anObservation(resident.id, { text: { status: 'additional', div } })
  const request = { method: 'POST', url: 'Observation' }
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [{ resource, request }] }
  const answer = await ask('POST', '/', { ...xmlType, ...asXml }, toXml(bundle as never))
  expect(answer.statusCode).toBe(200)
  const [entry] = fromXml(answer.body).entry as { resource: { text: { div: string } } }[]
  expect(entry?.resource.text.div).toBe(div)
})

test('a narrative that would leave an answer in XML unreadable is refused, naming the element', async () => {
  const json = { 'content-type': 'application/fhir+json' }
  for (const div of ['<div xmlns="http://www.w3.org/1999/xhtml"><p>open</div>', '<div>a & b</div>']) {
    const body = anObservation(resident.id, { text: { status: 'generated', div } })
    const refused = await ask('POST', '/Observation', json, JSON.stringify(body))
    expect([refused.statusCode, refused.body.includes('Observation.text.div')]).toEqual([422, true])
  }
})

test('other formats are 406, other bodies 415', async () => {
  for (const [path, headers] of [
    ['/metadata', { accept: 'image/png' }],
    ['/metadata?_format=yaml', {}],
    ['/Observation?_format=constructor', {}],
  ] as const) {
    const answer = await ask('GET', path, headers)
    expect([answer.statusCode, answer.json().resourceType]).toEqual([406, 'OperationOutcome'])
  }
  const turtle = await ask('POST', '/Observation', { 'content-type': 'text/turtle' }, 'a b c')
  expect([turtle.statusCode, turtle.json().resourceType]).toEqual([415, 'OperationOutcome'])
})

test('GB18030 is read where it is declared; bytes in another charset than they say are refused, never kept wrong', async () => {
  const text = '血钾測定€𠀀'
  const whole = anObservation(resident.id, { code: { text } })
  const send = async (type: string, body: string, charset: string) => {
    const answer = await world.app.inject({
      ...{ method: 'POST', url: '/fhir/R4/Observation', payload: iconv.encode(body, charset) },
      headers: { ...mine, 'content-type': type },
    })
    return answer.statusCode === 201 ? answer.json().code.text : answer.statusCode
  }
  const json = JSON.stringify(whole)
  const xml = `<?xml version="1.0" encoding="GB18030"?>${toXml(whole).replace(/^<\?xml[^>]*\?>/, '')}`
  for (const type of ['application/fhir+json', 'application/json']) {
    expect(await send(`${type}; charset=GB18030`, json, 'gb18030')).toBe(text)
    expect(await send(`${type}; charset="gbk"`, json, 'gb18030')).toBe(text)
    expect(await send(`${type}; charset=utf-8`, json, 'utf8')).toBe(text)
    expect(await send(type, `\ufeff${json}`, 'utf8')).toBe(text)
    expect(await send(type, json, 'gb18030')).toBe(400)
    expect(await send(`${type}; charset=utf-16`, json, 'utf16')).toBe(415)
  }
  expect(await send('application/fhir+xml', xml, 'gb18030')).toBe(text)
  expect(await send('application/xml; charset=gb18030', xml, 'gb18030')).toBe(text)
  expect(await send('application/fhir+xml', toXml(whole), 'gb18030')).toBe(400)
})
