import { afterAll, beforeAll, expect, test } from 'vitest'
import { code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let patient: { id: string }
let foreign: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id)
  foreign = await givenResident(world, other.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
})
afterAll(() => world.close())

const { ask, find, post, observe } = finding(
  () => world,
  () => mine,
  () => patient,
)

test('a Composition and what it points at are one document, with what the caller may see only', async () => {
  const inside = await observe({ valueQuantity: { value: 4.1, unit: 'mmol/L' } })
  const theirOwn = await observe({}, foreign.id, theirs)
  const composition = await post({
    ...{ resourceType: 'Composition', status: 'final', date: '2026-01-02', title: '小结' },
    type: { text: '小结' },
    subject: { reference: `Patient/${patient.id}` },
    author: [{ reference: `Organization/${hospital.id}` }],
    section: [{ title: '检验', entry: [inside, theirOwn].map((id) => ({ reference: `Observation/${id}` })) }],
  })
  const { status, body } = await ask('GET', `/Composition/${composition}/$document`)
  expect([status, body.type, body.entry[0].resource.id]).toEqual([200, 'document', composition])
  const names = body.entry.map(({ resource }: { resource: { resourceType: string; id: string } }) =>
    [resource.resourceType, resource.id].join('/'),
  )
  expect(names.slice(1).sort()).toEqual([`Observation/${inside}`, `Patient/${patient.id}`])
  expect((await ask('GET', `/Composition/${composition}/$document`, { as: theirs })).status).toBe(404)
  const kept = await ask('GET', `/Composition/${composition}/$document?persist=true`)
  expect([kept.status, JSON.stringify(kept.body)]).toEqual([422, expect.stringContaining('persist')])
  const scoped = await givenClient(world, hospital.id, ['system/Patient.rs'])
  expect((await ask('GET', `/Composition/${composition}/$document`, { as: scoped.headers })).status).toBe(403)
  const { body: capability } = await ask('GET', '/metadata')
  expect(JSON.stringify(capability)).toContain('OperationDefinition/Composition-document')
})

test('everything about all patients comes page by page, of those whom the caller may see', async () => {
  await observe(code('all'))
  const pages = async (query: string, as = mine) => {
    const found: string[] = []
    for (let at: string | undefined = `/Patient/$everything?${query}`; at; ) {
      const page = await find(at, as)
      found.push(...(page.entry ?? []).map(({ resource }) => `${resource.resourceType}/${resource.id}`))
      at = page.link.find(({ relation }) => relation === 'next')?.url.replace(/^.*\/fhir\/R4/, '')
    }
    return found
  }
  const all = await pages('_count=2')
  expect(all).toContain(`Patient/${patient.id}`)
  expect(new Set(all).size).toBe(all.length)
  expect(all.some((name) => name === `Patient/${foreign.id}` || name.startsWith('Organization/'))).toBe(false)
  expect((await pages('_count=200')).sort()).toEqual([...all].sort())
  const observations = await pages('_type=Observation')
  expect(observations.sort()).toEqual(all.filter((name) => name.startsWith('Observation/')).sort())
  expect(await pages('_since=2999-01-01T00:00:00Z')).toEqual([])
  expect((await pages('_since=2020-01-01T00:00:00Z&_count=3')).length).toBe(all.length)
  expect((await ask('GET', '/Patient/$everything?_since=yesterday')).status).toBe(400)
  const scoped = await givenClient(world, hospital.id, ['system/Patient.rs'])
  expect(await pages('', scoped.headers)).toEqual([`Patient/${patient.id}`])
})

test('an export says that it has no associated data', async () => {
  const path = '/Patient/$export?includeAssociatedData=LatestProvenanceResources'
  const answer = await ask('GET', path, { headers: { prefer: 'respond-async' } })
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([
    400,
    expect.stringContaining('includeAssociatedData'),
  ])
})
