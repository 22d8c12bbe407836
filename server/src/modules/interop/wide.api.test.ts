import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { setSame } from '../../kernel/same-person.ts'

let world: Region
let patient: { id: string }
let twin: { id: string }
let foreign: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>
let encounter: string
let observation: string
let theirOwn: string

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id)
  twin = await givenResident(world, hospital.id)
  foreign = await givenResident(world, other.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
  encounter = await post({
    ...{ resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } },
    subject: { reference: `Patient/${patient.id}` },
  })
  observation = await observe({ ...code('wide'), encounter: { reference: `Encounter/${encounter}` } })
  await observe({ ...code('wide-2') })
  theirOwn = await observe({ ...code('wide') }, foreign.id, theirs)
})
afterAll(() => world.close())

const { ask, find, ids, post, observe } = finding(
  () => world,
  () => mine,
  () => patient,
)

/** All ids over all pages. */
async function pages(path: string, as = mine): Promise<string[]> {
  const found: string[] = []
  for (let at: string | undefined = path; at; ) {
    const page: Answer = await find(at, as)
    found.push(...(page.entry ?? []).map(({ resource }) => resource.id))
    at = page.link.find(({ relation }) => relation === 'next')?.url.replace(/^.*\/fhir\/R4/, '')
  }
  return found
}

describe('a compartment', () => {
  test('of a patient holds the patient’s record, searched as always', async () => {
    expect(await ids(`/Patient/${patient.id}/Observation?code=wide`)).toEqual([observation])
    expect(await ids(`/Patient/${twin.id}/Observation?code=wide`)).toEqual([])
    expect(await ids(`/Patient/${foreign.id}/Observation`)).toEqual([])
    expect(await ids(`/Patient/${foreign.id}/Observation`, theirs)).toEqual([theirOwn])
  })

  test('of an encounter holds what points at it', async () => {
    expect(await ids(`/Encounter/${encounter}/Observation`)).toEqual([observation])
    expect(await ids(`/Encounter/${encounter}/Observation`, theirs)).toEqual([])
    expect((await ask('GET', `/Encounter/${encounter}/Location`)).status).toBe(404)
    expect((await ask('GET', `/Encounter/${encounter}/Nonsense`)).status).toBe(404)
  })

  test('is searched over all types, page by page', async () => {
    const all = await pages(`/Patient/${patient.id}/*?_count=1`)
    expect(all.length).toBeGreaterThanOrEqual(4)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual(expect.arrayContaining([patient.id, encounter, observation]))
    expect(await pages(`/Encounter/${encounter}/*?_count=1`)).toEqual([encounter, observation])
  })
})

describe('a search over several types', () => {
  test('finds what all of them can be asked', async () => {
    const path = `/?_type=Observation,Encounter&patient=${patient.id}`
    expect(await pages(`${path}&_count=1`)).toHaveLength(3)
    expect((await find(`${path}&_summary=count`)).total).toBe(3)
    expect(await ids(`/?_id=${observation},${encounter},${theirOwn}`)).toEqual([encounter, observation])
  })

  test('is refused where a type does not know the parameter, or types are not named', async () => {
    expect((await ask('GET', '/?_type=Observation,Patient&code=wide')).status).toBe(400)
    expect((await ask('GET', '/?_lastUpdated=ge2020')).status).toBe(400)
    expect((await ask('GET', '/?_type=Nonsense')).status).toBe(400)
    expect((await ask('GET', '/?_type=Observation&_cursor=e30')).status).toBe(400)
  })

  test('keeps to the scopes of the caller', async () => {
    const institution = await givenInstitution(world)
    const { headers } = await givenClient(world, institution.id, ['system/Observation.rs'])
    const statuses = [
      '/?_type=Encounter',
      '/Encounter/_history',
      '/_history?_type=Encounter',
      `/Patient/${patient.id}/Encounter`,
    ]
    for (const path of statuses)
      expect([path, (await ask('GET', path, { as: headers })).status]).toEqual([path, 403])
    expect((await ask('GET', '/_history', { as: headers })).status).toBe(200)
  })
})

describe('what has changed', () => {
  interface Change {
    fullUrl: string
    request: { method: string }
    response: { etag: string }
  }

  async function changes(path: string, as = mine): Promise<string[]> {
    const found: string[] = []
    for (let at: string | undefined = path; at; ) {
      const { status, body }: Awaited<ReturnType<typeof ask>> = await ask('GET', at, { as })
      expect([status, body.issue]).toEqual([200, undefined])
      const entries: Change[] = body.entry ?? []
      found.push(
        ...entries.map(
          (one) => `${one.request.method} ${one.fullUrl.split('/').at(-1)} ${one.response.etag}`,
        ),
      )
      at = body.link
        .find((one: { relation: string }) => one.relation === 'next')
        ?.url.replace(/^.*\/fhir\/R4/, '')
    }
    return found
  }

  test('is told of one type and of all, the newest first, removals too, each once', async () => {
    const before = world.world.now().toISOString()
    const id = await observe({ ...code('changing') })
    const body = { ...(await ask('GET', `/Observation/${id}`)).body, status: 'amended' }
    await ask('PUT', `/Observation/${id}`, { body })
    await ask('DELETE', `/Observation/${id}`)
    const expected = [`DELETE ${id} W/"3"`, `PUT ${id} W/"2"`, `POST ${id} W/"1"`]
    const since = `_since=${encodeURIComponent(before)}`
    expect(await changes(`/Observation/_history?${since}&_count=1`)).toEqual(expected)
    expect(await changes(`/_history?${since}&_count=2`)).toEqual(expected)
    expect(await changes(`/Encounter/_history?${since}`)).toEqual([])
    expect(await changes(`/Observation/_history?${since}`, theirs)).toEqual([])
    expect(await changes('/Observation/_history', theirs)).toEqual([`POST ${theirOwn} W/"1"`])
    for (const wrong of ['_count=0', '_cursor=e30', '_since=yesterday'])
      expect((await ask('GET', `/_history?${wrong}`)).status).toBe(400)
  })
})

test('a search by patient follows whoever is the same person', async () => {
  const elsewhere = await observe({ ...code('of-twin') }, twin.id)
  const find2 = () => ids(`/Observation?patient=${patient.id}&code=of-twin`)
  expect(await find2()).toEqual([])
  const pair = (a: string, b: string) => ({ residentId: a, otherId: b, kind: 'seealso' as const })
  await world.world.asSystem(null, (ctx) =>
    setSame(ctx, [patient.id, twin.id], [pair(patient.id, twin.id), pair(twin.id, patient.id)]),
  )
  expect(await find2()).toEqual([elsewhere])
  expect(await ids(`/Patient/${patient.id}/Observation?code=of-twin`)).toEqual([elsewhere])
  expect(await ids(`/Observation?subject=Patient/${patient.id},Device/none&code=of-twin`)).toEqual([
    elsewhere,
  ])
})
