import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'

let world: Region
let hospital: { id: string }
let patient: { id: string }
let foreign: { id: string }
let other: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  other = await givenInstitution(world)
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
  const scoped = await givenClient(world, hospital.id, ['system/Patient.rs'])
  expect((await ask('GET', `/Composition/${composition}/$document`, { as: scoped.headers })).status).toBe(403)
  const { body: capability } = await ask('GET', '/metadata')
  expect(JSON.stringify(capability)).toContain('OperationDefinition/Composition-document')
})

const aComposition = (entries: readonly string[]) =>
  post({
    ...{ resourceType: 'Composition', status: 'final', date: '2026-01-02', title: '小结' },
    type: { text: '小结' },
    subject: { reference: `Patient/${patient.id}` },
    author: [{ reference: `Organization/${hospital.id}` }],
    section: [
      { title: '检验', entry: [...entries, `Patient/${patient.id}`].map((reference) => ({ reference })) },
    ],
  })
const keep = (composition: string, as = mine, method: 'GET' | 'POST' = 'POST') =>
  ask(method, `/Composition/${composition}/$document?persist=true`, { as })
const basis = (institutionId: string, sensitive: number) =>
  world.sql(
    `insert into kernel.access_grant (resident_id, institution_id, basis, depth, source, since, sensitive)
     values ($1, $2, 'consult', 'full', $3, now(), $4)`,
    [patient.id, institutionId, `test-${sensitive}-${Math.random()}`, sensitive],
  )

describe('a document that is kept', () => {
  test('is a Bundle of the patient, answered with its place; asked for again it is another', async () => {
    const inside = await observe({ valueQuantity: { value: 4.5, unit: 'mmol/L' } })
    const composition = await aComposition([`Observation/${inside}`])
    const made = await keep(composition)
    const place = String(made.headers.location).replace(/^.*\/fhir\/R4|\/_history\/1$/g, '')
    expect([made.status, place, made.headers.etag]).toEqual([201, `/Bundle/${made.body.id}`, 'W/"1"'])
    expect(problemsOf(made.body)).toEqual([])
    const { status, body } = await ask('GET', place)
    expect([status, body]).toEqual([200, made.body])
    expect(body.entry.map((one: { resource: { id: string } }) => one.resource.id)).toEqual(
      expect.arrayContaining([composition, inside, patient.id]),
    )
    const shown = await ask('GET', `/Patient/${patient.id}`)
    const within = body.entry.find((one: { resource: { id: string } }) => one.resource.id === patient.id)
    expect(within.resource).toEqual(shown.body)
    const again = await keep(composition, mine, 'GET')
    expect(again.status).toBe(201)
    expect(again.body.id).not.toBe(made.body.id)
    expect((await ask('GET', `/Bundle?composition=${composition}`)).body.entry).toHaveLength(2)
    expect((await ask('DELETE', place)).status).toBe(204)
  })

  test('holds in the store nothing that is sealed there, and shows it to whoever may see it', async () => {
    const { body } = await keep(await aComposition([]))
    const [row] = await world.sql<{ content: string; resident_id: string }>(
      `select content, resident_id from kernel.resource where type = 'Bundle' and id = $1`,
      [body.id],
    )
    expect(row?.resident_id).toBe(patient.id)
    const [{ value }] = (await ask('GET', `/Patient/${patient.id}`)).body.identifier
    expect(row?.content).not.toContain(value)
    expect(JSON.stringify((await ask('GET', `/Bundle/${body.id}`)).body)).toContain(value)
  })

  test('is read on the basis, and as sensitive, as what is in it', async () => {
    const hiv = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20' }
    const theirOwn = await givenClient(world, other.id)
    await basis(other.id, 2)
    const sensitive = await post({
      ...{ resourceType: 'Condition', subject: { reference: `Patient/${patient.id}` } },
      code: { coding: [hiv] },
    })
    const [mark] = await world.sql<{ sensitivity: number }>(
      `select sensitivity from kernel.resource where type = 'Condition' and id = $1`,
      [sensitive],
    )
    expect(mark?.sensitivity).toBeGreaterThan(0)
    const composition = await aComposition([`Condition/${sensitive}`])
    const own = await keep(composition)
    const taken = await keep(composition, theirOwn.headers)
    expect([own.status, taken.status]).toEqual([201, 201])
    const seen = async (as: Record<string, string>) =>
      Promise.all(
        [own, taken].map(async ({ body }) => (await ask('GET', `/Bundle/${body.id}`, { as })).status),
      )
    expect(await seen({ ...theirOwn.headers })).toEqual([200, 200])
    // Theirs is sensitive to whoever did not record all of it, as nobody's.
    expect(await seen(mine)).toEqual([200, 404])
    // The grant goes on without what is sensitive: neither their own copy nor the other one may be read by it.
    await world.sql('update kernel.access_grant set sensitive = 0 where institution_id = $1', [other.id])
    expect(await seen({ ...theirOwn.headers })).toEqual([404, 404])
    await world.sql('delete from kernel.access_grant where institution_id = $1', [other.id])
    expect(await seen({ ...theirOwn.headers })).toEqual([404, 404])
  })

  test('is refused where not everybody may see a part of it, and to whoever may not write Bundles', async () => {
    const composition = await aComposition([])
    const list = await post({ resourceType: 'Basic', code: { text: '内部' } })
    const withOthers = await aComposition([`Basic/${list}`])
    const refused = await keep(withOthers)
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      422,
      expect.stringContaining(`Basic/${list}`),
    ])
    const reading = await givenClient(world, hospital.id, ['system/*.rs'])
    expect((await keep(composition, { ...reading.headers })).status).toBe(403)
    expect((await keep(composition, theirs)).status).toBe(404)
    const maybe = await ask('GET', `/Composition/${composition}/$document?persist=maybe`)
    expect(maybe.status).toBe(400)
    const entry = [{ request: { method: 'GET', url: `Composition/${composition}/$document?persist=true` } }]
    const batch = await ask('POST', '/', { body: { resourceType: 'Bundle', type: 'batch', entry } })
    expect(batch.body.entry[0].response.status).toContain('422')
  })
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
