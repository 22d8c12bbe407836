import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH'
const ask = (method: Method, path: string, payload?: string, headers: Record<string, string> = {}) =>
  world.app.inject({
    method,
    url: `/fhir/R4${path}`,
    headers: { 'content-type': 'application/fhir+json', ...mine, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const quantity = { valueQuantity: { value: 0, unit: 'mmol/L' } }
const written = (value: string, more = {}) =>
  JSON.stringify(anObservation(resident.id, { ...quantity, ...more })).replace(
    '"value":0',
    `"value":${value}`,
  )

async function stored(value: string): Promise<string> {
  const answer = await ask('POST', '/Observation', written(value))
  expect([value, answer.statusCode]).toEqual([value, 201])
  expect(answer.body).toContain(`"value":${value},`)
  return answer.json().id
}

test.each(['1.50', '1.0', '1E3', '0.10', '12.5e-2', '100.00', '-0.0', '3.14159265358979323846', '0.0000001'])(
  'a decimal that comes as %s is read, found and told of as it came',
  async (value) => {
    const id = await stored(value)
    const own = `"value":${value},`
    const paths = [
      ...[`/Observation/${id}`, `/Observation/${id}/_history/1`, `/Observation/${id}/_history`],
      ...[`/Observation?_id=${id}`, `/Observation?_id=${id}&_summary=true`],
      ...[`/Observation/${id}?_elements=value`, `/Patient/${resident.id}/$everything?_count=500`],
    ]
    for (const path of paths)
      expect([path, (await ask('GET', path)).body]).toEqual([path, expect.stringContaining(own)])
    const xml = await ask('GET', `/Observation/${id}?_format=xml`)
    expect(xml.body).toContain(`<value value="${value}"/>`)
    expect((await ask('GET', `/Observation/${id}?_pretty=true`)).body).toContain(`"value": ${value},`)
    const query = `{ Observation(id: "${id}") { valueQuantity { value } } }`
    const graph = await ask('GET', `/$graphql?query=${encodeURIComponent(query)}`)
    expect(graph.body).toContain(`"value":${value}}`)
  },
)

test('XML keeps a decimal too, and what is written over keeps its own', async () => {
  const id = await stored('2.50')
  const xml = (await ask('GET', `/Observation/${id}?_format=xml`)).body.replace('"2.50"', '"2.500"')
  const type = { 'content-type': 'application/fhir+xml' }
  const changed = await ask('PUT', `/Observation/${id}`, xml, type)
  expect([changed.statusCode, changed.body]).toEqual([200, expect.stringContaining('"value":2.500,')])
  expect((await ask('GET', `/Observation/${id}/_history`)).body).toMatch(/"value":2\.500,.*"value":2\.50,/)
})

test('transactions and batches keep decimals, in what they point at as well', async () => {
  const request = '"request":{"method":"POST","url":"Observation"}'
  for (const type of ['transaction', 'batch']) {
    const entry = `{"fullUrl":"urn:uuid:6f1c1f5e-0000-4000-8000-000000000001","resource":${written('7.250')},${request}}`
    const pointed = written('1.10', {
      hasMember: [{ reference: 'urn:uuid:6f1c1f5e-0000-4000-8000-000000000001' }],
    })
    const second = type === 'batch' ? '' : `,{"resource":${pointed},${request}}`
    const bundle = `{"resourceType":"Bundle","type":"${type}","entry":[${entry}${second}]}`
    const answer = await ask('POST', '/', bundle)
    expect([type, answer.statusCode, answer.body]).toEqual([
      type,
      200,
      expect.stringContaining('"value":7.250,'),
    ])
    if (second) expect(answer.body).toContain('"value":1.10,')
  }
})

describe('a patch', () => {
  const json = { 'content-type': 'application/json-patch+json' }

  test('keeps what it does not touch, and what it brings as it brings it', async () => {
    const id = await stored('1.50')
    const path = `/Observation/${id}`
    const touched = await ask('PATCH', path, '[{"op":"replace","path":"/status","value":"amended"}]', json)
    expect(touched.body).toContain('"value":1.50,')
    const ops = [
      '{"op":"replace","path":"/valueQuantity/value","value":1.5000}',
      '{"op":"add","path":"/referenceRange","value":[{"low":{"value":3.10}}]}',
      '{"op":"add","path":"/referenceRange/-","value":{"high":{"value":5.0}}}',
    ]
    const brought = (await ask('PATCH', path, `[${ops}]`, json)).body
    for (const one of ['"value":1.5000,', '"low":{"value":3.10}', '"high":{"value":5.0}'])
      expect(brought).toContain(one)
    const fewer = await ask(
      'PATCH',
      path,
      '[{"op":"replace","path":"/valueQuantity/value","value":1.5}]',
      json,
    )
    expect(fewer.body).toContain('"value":1.5,')
  })

  test('in FHIRPath does so too', async () => {
    const id = await stored('1.50')
    const parts = (type: string, path: string, value: string) =>
      `{"name":"operation","part":[{"name":"type","valueCode":"${type}"},{"name":"path","valueString":"${path}"},{"name":"value",${value}}]}`
    const patch = `{"resourceType":"Parameters","parameter":[
      ${parts('replace', 'Observation.status', '"valueCode":"amended"')},
      ${parts('replace', 'Observation.valueQuantity.value', '"valueDecimal":9.90')}]}`
    const first = patch.replace(/,\s*\{"name":"operation".*9\.90.*/s, ']}')
    expect((await ask('PATCH', `/Observation/${id}`, first)).body).toContain('"value":1.50,')
    expect((await ask('PATCH', `/Observation/${id}`, patch)).body).toContain('"value":9.90}')
  })
})

test('an element that stands beside what a module owns keeps its decimals', async () => {
  const extension = '"extension":[{"url":"urn:example:weight","valueDecimal":63.40}]'
  const patient = (await ask('GET', `/Patient/${resident.id}`)).body
  const answer = await ask('PUT', `/Patient/${resident.id}`, patient.replace(/^\{/, `{${extension},`))
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('"valueDecimal":63.40')])
  expect((await ask('GET', `/Patient/${resident.id}`)).body).toContain('"valueDecimal":63.40')
})

test('an integer has no decimals: 1.0 is none', async () => {
  const body = written('1').replace(/"valueQuantity":\{[^}]*\}/, '"valueInteger":1.0')
  const answer = await ask('POST', '/Observation', body)
  expect([answer.statusCode, answer.body]).toEqual([422, expect.stringContaining('is no integer')])
})

test('a number that is sought is as precise as it is written', async () => {
  const code = { coding: [{ system: 'urn:example:decimals', code: 'precise' }] }
  for (const value of ['1.494', '1.495', '1.50', '1.5049', '1.505', '94', '95', '104.9', '105'])
    expect((await ask('POST', '/Observation', written(value, { code }))).statusCode).toBe(201)
  const found = async (query: string) => {
    const url = `/Observation?code=urn:example:decimals|precise&${query}`
    const { entry = [] } = (await ask('GET', url)).json()
    const values = entry.map(
      (one: { resource: { valueQuantity: { value: number } } }) => one.resource.valueQuantity.value,
    )
    return values.sort((a: number, b: number) => a - b)
  }
  expect(await found('value-quantity=1.50')).toEqual([1.495, 1.5, 1.5049])
  expect(await found('value-quantity=1.500')).toEqual([1.5])
  expect(await found('value-quantity=gt1.50')).toEqual([1.5049, 1.505, 94, 95, 104.9, 105])
  expect(await found('value-quantity=1e2')).toEqual([95, 104.9])
  expect(await found('value-quantity=100')).toEqual([])
})
