import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { allowApp, exchange, givenApp, requestOf } from '../../../test/given-app.ts'
import { clientToken, givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

type Headers = Record<string, string>

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
const category = (code: string) => ({ category: [{ coding: [{ system: CATEGORY, code }] }] })

let world: Region
let hospital: { id: string }
let resident: { id: string }
let whole: Headers
/** Holds `system/Observation.cruds?category=laboratory` and reads patients. */
let lab: Headers
let laboratory: string
let vital: string

const ask = asking(
  () => world,
  () => lab,
)
const signed = async (scopes: readonly string[]): Promise<Headers> => ({
  ...(await givenClient(world, hospital.id, scopes)).headers,
})
const observe = async (code: string, as: Headers) => {
  const body = anObservation(resident.id, category(code))
  return ask('POST', '/Observation', { body, as })
}
const idsIn = (body: { entry?: { resource: { id: string; resourceType: string } }[] }) =>
  (body.entry ?? []).flatMap(({ resource }) => (resource.resourceType === 'Observation' ? [resource.id] : []))

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  resident = await givenResident(world, hospital.id)
  whole = await signed(['system/*.cruds'])
  lab = await signed(['system/Observation.cruds?category=laboratory', 'system/Patient.rs'])
  laboratory = (await observe('laboratory', whole)).body.id
  vital = (await observe('vital-signs', whole)).body.id
})
afterAll(() => world.close())

describe('a scope with a query leaves the rest of the type out', () => {
  test('of reading, versions and history', async () => {
    expect((await ask('GET', `/Observation/${laboratory}`)).status).toBe(200)
    for (const path of ['', '/_history', '/_history/1'])
      expect((await ask('GET', `/Observation/${vital}${path}`)).status, path).toBe(404)
    const { body } = await ask('GET', '/Observation/_history')
    expect(idsIn(body)).toEqual([laboratory])
  })

  test('of searching, counting, what is included and what is asked through chains', async () => {
    for (const path of [
      '/Observation',
      `/Observation?patient=${resident.id}`,
      `/Observation?_id=${laboratory},${vital}`,
      '/Observation?_sort=date',
      `/Patient?_id=${resident.id}&_revinclude=Observation:patient`,
      `/Patient/${resident.id}/Observation`,
    ])
      expect(idsIn((await ask('GET', path)).body), path).toEqual([laboratory])
    expect((await ask('GET', '/Observation?_summary=count')).body.total).toBe(1)
    expect((await ask('GET', '/Observation?category=vital-signs')).body.entry).toBeUndefined()
    const through = await ask('GET', '/Patient?_has:Observation:patient:category=vital-signs')
    expect([through.status, through.body.entry]).toEqual([200, undefined])
  })

  test('of everything about a patient, of GraphQL and of whole exports', async () => {
    expect(idsIn((await ask('GET', `/Patient/${resident.id}/$everything`)).body)).toEqual([laboratory])
    const query = `{ Patient(id: "${resident.id}") { ObservationList(_reference: patient) { id } } Observation(id: "${vital}") { id } }`
    const { body } = await ask('POST', '/$graphql', {
      body: { query },
      headers: { 'content-type': 'application/json' },
    })
    expect(body.data.Patient.ObservationList).toEqual([{ id: laboratory }])
    expect([body.data.Observation, body.errors.length]).toEqual([null, 1])

    const begun = await ask('GET', '/$export?_type=Observation', { headers: { prefer: 'respond-async' } })
    expect(begun.status, JSON.stringify(begun.body)).toBe(202)
    const place = String(begun.headers['content-location']).replace('http://127.0.0.1:8080/fhir/R4', '')
    await world.runJob('interop.export', { id: place.split('/').pop() })
    const { output } = (await ask('GET', place)).body as { output: { url: string }[] }
    const files = await Promise.all(
      output.map(({ url }) =>
        world.app.inject({ url: url.replace('http://127.0.0.1:8080', ''), headers: lab }),
      ),
    )
    const lines = files.flatMap((file) =>
      file.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    )
    expect(lines).toEqual([laboratory])
  })

  test('of writing: neither made, nor changed into it, nor changed, nor removed, in a Bundle either', async () => {
    const made = await observe('laboratory', lab)
    expect(made.status).toBe(201)
    const refused = await observe('vital-signs', lab)
    expect([refused.status, refused.body.issue[0].details.coding[0].code]).toEqual([
      403,
      'kernel.not-permitted',
    ])
    const { id } = made.body
    const moved = await ask('PUT', `/Observation/${id}`, {
      body: { ...made.body, ...category('vital-signs') },
    })
    expect(moved.status).toBe(403)
    const patch = [{ op: 'replace', path: '/category/0/coding/0/code', value: 'vital-signs' }]
    const patched = await ask('PATCH', `/Observation/${id}`, {
      body: patch,
      headers: { 'content-type': 'application/json-patch+json' },
    })
    expect(patched.status).toBe(403)
    const kept = await ask('PUT', `/Observation/${id}`, { body: { ...made.body, note: [{ text: '复核' }] } })
    expect(kept.status).toBe(200)
    expect(
      (await ask('PUT', `/Observation/${vital}`, { body: { ...anObservation(resident.id), id: vital } }))
        .status,
    ).toBe(404)
    expect((await ask('DELETE', `/Observation/${vital}`)).status).toBe(404)
    const entry = [
      {
        resource: anObservation(resident.id, category('vital-signs')),
        request: { method: 'POST', url: 'Observation' },
      },
    ]
    const bundle = await ask('POST', '/', { body: { resourceType: 'Bundle', type: 'transaction', entry } })
    expect(bundle.status).toBe(403)
    expect((await ask('DELETE', `/Observation/${id}`)).status).toBe(204)
    expect((await ask('GET', `/Observation/${id}`)).status).toBe(410)
    expect((await ask('GET', `/Observation/${vital}`, { as: whole })).body.meta.versionId).toBe('1')
  })
})

test('several such scopes add up, one without a query takes all, one that is not understood gives nothing', async () => {
  const seen = async (...scopes: string[]) =>
    idsIn((await ask('GET', `/Observation?patient=${resident.id}`, { as: await signed(scopes) })).body).sort()
  const both = [laboratory, vital].sort()
  const [lab_, signs] = ['category=laboratory', `category=${CATEGORY}|vital-signs`].map(
    (one) => `system/Observation.rs?${one}`,
  )
  expect(await seen(lab_ ?? '', signs ?? '')).toEqual(both)
  expect(await seen('system/Observation.rs?category=laboratory,vital-signs')).toEqual(both)
  expect(await seen(lab_ ?? '', 'system/*.rs')).toEqual(both)
  expect(await seen('system/Observation.rs?category=laboratory&status=preliminary')).toEqual([])
  for (const query of ['date=2020', 'nothing=x']) {
    expect(await seen(lab_ ?? '', `system/Observation.rs?${query}`)).toEqual([laboratory])
    await expect(seen(`system/Observation.rs?${query}`)).rejects.toThrow('invalid_scope')
  }
})

test('what a search asks about a type that no scope covers is 403, neither all nor nothing', async () => {
  const as = await signed(['system/Observation.rs'])
  for (const asked of ['patient.gender=female', '_has:DiagnosticReport:result:status=final'])
    expect((await ask('GET', `/Observation?${asked}`, { as })).status).toBe(403)
})

test('a token asks for less than the client has, never for more; what is no FHIR stays shut', async () => {
  const client = await givenClient(world, hospital.id, ['system/Observation.cruds'])
  const token = await clientToken(world, { ...client, scope: 'system/Observation.rs?category=vital-signs' })
  const as = { authorization: `Bearer ${token}` }
  expect(idsIn((await ask('GET', '/Observation', { as })).body)).toEqual([vital])
  // The same client with another token is not narrowed by the first.
  expect(idsIn((await ask('GET', '/Observation', { as: { ...client.headers } })).body)).toHaveLength(2)
  const narrow = await givenClient(world, hospital.id, ['system/Observation.rs?category=laboratory'])
  const form = (scope: string) =>
    world.app.inject({
      ...{
        method: 'POST',
        url: '/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      payload: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: narrow.id, client_secret: narrow.secret, scope },
      }).toString(),
    })
  expect((await form('system/Observation.rs')).json().error).toBe('invalid_scope')
  expect((await form('system/Observation.r?category=laboratory&status=final')).statusCode).toBe(200)
  const record = await world.app.inject({
    url: `/api/residents/${resident.id}/record`,
    headers: narrow.headers,
  })
  expect([403, 404]).toContain(record.statusCode)
})

test('an app opened for a patient sees of them what the person allowed', async () => {
  const scope = 'launch/patient patient/Patient.r patient/Observation.rs?category=laboratory'
  const app = await givenApp(world, hospital.id, {
    scopes: ['launch/patient', 'patient/Patient.r', 'patient/Observation.rs'],
  })
  const doctor = await givenStaff(world, hospital.id, ['specialist'])
  const allowed = await allowApp(
    world,
    { ...doctor.headers },
    { request: requestOf(app, scope), residentId: resident.id },
  )
  expect(allowed.problem).toBeUndefined()
  const { json } = await exchange(world, app, allowed.code)
  expect(json.scope).toContain('patient/Observation.rs?category=laboratory')
  const as = { authorization: `Bearer ${json.access_token}` }
  expect(idsIn((await ask('GET', `/Observation?patient=${resident.id}`, { as })).body)).toEqual([laboratory])
  expect((await ask('GET', `/Observation/${vital}`, { as })).status).toBe(404)
})
