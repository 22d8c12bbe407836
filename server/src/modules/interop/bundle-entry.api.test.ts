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
let readsOnly: Record<string, string>

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  readsOnly = { ...(await givenClient(world, hospital.id, ['system/Observation.rs'])).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)

interface Response {
  readonly resource?: Record<string, never>
  readonly response: { status: string; outcome?: { issue: { diagnostics: string }[] } }
}
const run = async (type: 'batch' | 'transaction', entry: readonly unknown[], as = mine) => {
  const { status, body } = await ask('POST', '/', { body: { resourceType: 'Bundle', type, entry }, as })
  return { status, body, entries: (body.entry ?? []) as Response[] }
}
const at = (method: string, url: string, more: object = {}, request: object = {}) => ({
  ...more,
  request: { method, url, ...request },
})
const observed = (more: object = {}) => anObservation(resident.id, more)
const urn = (n: number) => `urn:uuid:0b0e3ad2-0000-4000-8000-00000000010${n}`
const store = async (more: object = {}) =>
  (await ask('POST', '/Observation', { body: observed(more) })).body.id as string

test('a Bundle asks what an address is asked: versions, histories, searches and operations that read', async () => {
  const id = await store()
  const own = 'http://127.0.0.1:8080/fhir/R4'
  const male = 'system=http://hl7.org/fhir/administrative-gender&code=male'
  const match = { name: 'resource', resource: { resourceType: 'Patient', name: [{ text: '张三' }] } }
  const asked = [
    at('GET', `Observation/${id}/_history/1`),
    at('GET', `${own}/Observation/${id}`),
    at('GET', `Observation/${id}/_history`),
    at('GET', 'Observation/_history?_count=1'),
    at('GET', '_history?_type=Observation&_count=1'),
    at('GET', '?_type=Observation&_count=1'),
    at('GET', `Patient/${resident.id}/Observation`),
    at('GET', `Patient/${resident.id}/$everything?_count=1`),
    at('GET', `Patient/${resident.id}/$summary`),
    at('GET', `CodeSystem/$lookup?${male}`),
    at('GET', 'ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender'),
    at('POST', `Observation/_search?_id=${id}`),
    at('POST', 'Observation/$validate', { resource: observed() }),
    at('POST', 'Patient/$match', { resource: { resourceType: 'Parameters', parameter: [match] } }),
  ]
  const kinds = [
    ...['Observation', 'Observation', 'Bundle', 'Bundle', 'Bundle', 'Bundle', 'Bundle', 'Bundle', 'Bundle'],
    ...['Parameters', 'ValueSet', 'Bundle', 'OperationOutcome', 'Bundle'],
  ]
  for (const type of ['batch', 'transaction'] as const) {
    const { status, entries } = await run(type, asked)
    expect(status).toBe(200)
    expect(entries.map(({ response }) => response.status)).toEqual(asked.map(() => '200 OK'))
    expect(entries.map(({ resource }) => resource?.resourceType)).toEqual(kinds)
  }
})

test('a reference by search finds what the same transaction makes or changes, whatever the order; nothing is not found', async () => {
  const org = {
    resourceType: 'Organization',
    name: '下级检验所',
    identifier: [{ system: 'urn:x:org', value: 'low' }],
  }
  const higher = { ...org, name: '上级检验所', identifier: [{ system: 'urn:x:org', value: 'high' }] }
  const numbered = (value: string, more: object = {}) => ({
    ...observed(more),
    identifier: [{ system: 'urn:x:obs', value }],
  })
  const seeking = (...values: string[]) => ({
    hasMember: values.map((value) => ({ reference: `Observation?identifier=urn:x:obs|${value}` })),
  })
  const known = await store({ identifier: [{ system: 'urn:x:obs', value: 'known' }] })
  const make = (resource: { resourceType: string }, more: object = {}) =>
    at('POST', resource.resourceType, { resource, ...more })
  const asked = [
    make(numbered('a', { ...seeking('b', 'known'), performer: [{ reference: urn(1) }] })),
    make(numbered('b', seeking('c', 'put'))),
    make(numbered('c')),
    at('PUT', 'Observation?identifier=urn:x:obs|put', { resource: numbered('put') }),
    make({ ...org, partOf: { reference: 'Organization?identifier=urn:x:org|high' } } as never, {
      fullUrl: urn(1),
    }),
    make(higher),
    at('GET', 'Observation?identifier=urn:x:obs|a'),
  ]
  const { status, entries } = await run('transaction', asked)
  expect(status).toBe(200)
  const made = entries.map(({ resource }) => resource as never as { id: string; [name: string]: unknown })
  const [a, b, c, put, low, high] = made.map(({ id }) => id)
  expect(made[0]?.hasMember).toEqual([b, known].map((id) => ({ reference: `Observation/${id}` })))
  expect(made[0]?.performer).toEqual([{ reference: `Organization/${low}` }])
  expect(made[1]?.hasMember).toEqual([c, put].map((id) => ({ reference: `Observation/${id}` })))
  expect(made[4]?.partOf).toEqual({ reference: `Organization/${high}` })
  expect(JSON.stringify(made[6])).toContain(`Observation/${a}`)
  const round = await run('transaction', [
    make(numbered('d', seeking('e'))),
    make(numbered('f', seeking('d', 'e'))),
  ])
  expect([round.status, round.body.issue[0].expression]).toEqual([412, ['Bundle.entry[0]']])
  expect(
    (await ask('GET', '/Observation?identifier=urn:x:obs|d,urn:x:obs|f&_summary=count')).body.total,
  ).toBe(0)
})

test('what a Bundle asks sees what the transaction has written', async () => {
  const search = 'Observation?identifier=urn:lis|now'
  const { entries } = await run('transaction', [
    at('GET', search),
    at('POST', 'Observation', { resource: observed({ identifier: [{ system: 'urn:lis', value: 'now' }] }) }),
  ])
  expect(entries[0]?.resource).toMatchObject({ type: 'searchset', total: 1 })
})

test('what cannot be answered in a Bundle says so with its place, and what a scope does not cover is 403 there too', async () => {
  const wrong: [object | null, string, RegExp][] = [
    [at('GET', '$export'), '422', /not answered in a Bundle/],
    [at('GET', 'metadata'), '422', /not answered in a Bundle/],
    [at('GET', 'Patient/$nix'), '404', /\$nix/],
    [at('GET', 'Foo/1'), '422', /no resource type/],
    [at('GET', 'http://elsewhere.test/Patient/1'), '422', /elsewhere/],
    [at('HEAD', 'Patient/1'), '422', /HEAD/],
    [at('POST', 'Observation/7', { resource: observed() }), '422', /names no resource/],
    [at('PUT', 'Observation/7', { resource: observed({ id: '8' }) }), '400', /not the id in the address/],
    [at('POST', 'Observation', { resource: observed() }, { ifNoneExist: '?' }), '412', /at least one/],
    [at('POST', 'Observation', { resource: observed() }, { ifNoneExist: 'foo=1' }), '400', /foo/],
    [{ resource: observed() }, '422', /has no request/],
    [null, '422', /has no request/],
  ]
  const { entries } = await run(
    'batch',
    wrong.map(([entry]) => entry),
  )
  for (const [n, [entry, status, words]] of wrong.entries()) {
    const { response } = entries[n] as Response
    const said = JSON.stringify(response.outcome)
    expect([entry, response.status]).toEqual([entry, status])
    expect(said).toMatch(words)
    expect(said).toContain(`Bundle.entry[${n}]`)
  }
  const read = await run('batch', [at('GET', 'Patient/_history'), at('GET', 'Observation')], readsOnly)
  expect(read.entries.map(({ response }) => response.status)).toEqual(['403', '200 OK'])
  const whole = { resourceType: 'Bundle', type: 'batch', entry: {} }
  expect((await ask('POST', '/', { body: whole })).status).toBe(400)
})

test('no two entries of a transaction write one resource', async () => {
  const id = await store()
  const put = at('PUT', `Observation/${id}`, { resource: observed({ id }) })
  for (const second of [put, at('DELETE', `Observation/${id}`), at('DELETE', `Observation?_id=${id}`)]) {
    const { status, body } = await run('transaction', [put, second])
    expect([status, body.issue[0].details.coding[0].code]).toEqual([422, 'record.written-twice'])
  }
  expect((await ask('GET', `/Observation/${id}`)).headers.etag).toBe('W/"1"')
  const batch = await run('batch', [put, put])
  expect(batch.entries.map(({ response }) => response.status)).toEqual(['200 OK', '200 OK'])
})

test('what is to be made twice under one condition is made once, and both names mean it', async () => {
  const resource = observed({ identifier: [{ system: 'urn:lis', value: 'twice' }] })
  const condition = { ifNoneExist: 'identifier=urn:lis|twice' }
  const { entries } = await run('transaction', [
    at('POST', 'Observation', { fullUrl: urn(1), resource }, condition),
    at('POST', 'Observation', { fullUrl: urn(2), resource }, condition),
    at('POST', 'Observation', { resource: observed({ derivedFrom: [{ reference: urn(2) }] }) }),
  ])
  expect(entries.map(({ response }) => response.status)).toEqual(['201 Created', '200 OK', '201 Created'])
  expect(entries[1]?.resource?.id).toBe(entries[0]?.resource?.id)
  expect(entries[2]?.resource).toMatchObject({
    derivedFrom: [{ reference: `Observation/${entries[0]?.resource?.id}` }],
  })
})

test('pointers are resolved in extensions and narratives, and from relative references by the address of their entry', async () => {
  const there = 'http://elsewhere.test/fhir'
  const div = `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${urn(3)}">x</a></div>`
  const { entries } = await run('transaction', [
    at('POST', 'Observation', { fullUrl: urn(3), resource: observed() }),
    at('POST', 'Observation', { fullUrl: `${there}/Observation/a`, resource: observed() }),
    at('POST', 'Observation', {
      fullUrl: `${there}/Observation/b`,
      resource: observed({
        text: { status: 'additional', div },
        extension: [
          { url: 'urn:x', valueReference: { reference: urn(3) } },
          { url: 'urn:y', valueUri: urn(3) },
        ],
        derivedFrom: [{ reference: 'Observation/a' }, { reference: `${there}/Observation/a` }],
      }),
    }),
  ])
  const [one, two] = entries.map(({ resource }) => `Observation/${resource?.id}`)
  expect(entries[2]?.resource).toMatchObject({
    text: { div: div.replace(urn(3), one ?? '') },
    extension: [{ valueReference: { reference: one } }, { valueUri: one }],
    derivedFrom: [{ reference: two }, { reference: two }],
  })
})

test('what never was is not removed: by its id that is refused, by a condition nothing of the kind is there, as was wanted', async () => {
  const none = '/Observation?identifier=urn:lis|never-was'
  expect((await ask('DELETE', '/Observation/never-was')).status).toBe(404)
  expect((await ask('DELETE', none)).status).toBe(204)
  const told = await ask('DELETE', none, { headers: { prefer: 'return=OperationOutcome' } })
  expect([told.status, JSON.stringify(told.body)]).toEqual([
    200,
    expect.stringContaining('no such Observation'),
  ])
  const gone = await store()
  for (const status of [204, 204]) expect((await ask('DELETE', `/Observation/${gone}`)).status).toBe(status)
  const { entries } = await run('batch', [
    at('DELETE', 'Observation/never-was'),
    at('DELETE', none.slice(1)),
    at('DELETE', `Observation/${gone}`),
  ])
  expect(entries.map(({ response }) => response.status.slice(0, 3))).toEqual(['404', '204', '204'])
})
