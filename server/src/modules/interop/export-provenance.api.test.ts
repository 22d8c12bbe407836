import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let patient: { id: string }
let another: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>
let hospital: { id: string }
/** Observations of the two patients, and of one whom only the other hospital knows. */
let [first, second, strange] = ['', '', '']

const ask = asking(
  () => world,
  () => mine,
)

const made = async (body: object, as = mine): Promise<string> => {
  const { status, body: stored } = await ask('POST', `/${(body as { resourceType: string }).resourceType}`, {
    ...{ body, as },
  })
  expect(status).toBe(201)
  return stored.id
}

/** Who recorded these things, when; answers the id of the Provenance. */
const recorded = (targets: readonly string[], at: string, as = mine): Promise<string> =>
  made(
    {
      resourceType: 'Provenance',
      target: targets.map((reference) => ({ reference })),
      recorded: at,
      agent: [{ who: { display: '检验科' } }],
    },
    as,
  )

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  const elsewhere = await givenInstitution(world)
  patient = await givenResident(world, hospital.id)
  another = await givenResident(world, hospital.id, { name: '李另外', phone: '19900000002' })
  const stranger = await givenResident(world, elsewhere.id, { name: '王别处', phone: '19900000003' })
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, elsewhere.id)).headers }
  first = await made(anObservation(patient.id))
  second = await made(anObservation(another.id))
  strange = await made(anObservation(stranger.id), theirs)
})
afterAll(() => world.close())

/** The ids of each type's file, fetched and then given up. */
async function exported(path: string, as = mine): Promise<Record<string, string[]>> {
  const begun = await ask('GET', path, { headers: { prefer: 'respond-async' }, as })
  expect(begun.status).toBe(202)
  const place = String(begun.headers['content-location']).replace('http://127.0.0.1:8080/fhir/R4', '')
  await world.runJob('interop.export', { id: place.split('/').pop() })
  const { body: manifest } = await ask('GET', place, { as })
  const found: Record<string, string[]> = {}
  for (const { type, url, count } of manifest.output) {
    const file = await world.app.inject({ url: url.replace('http://127.0.0.1:8080', ''), headers: as })
    found[type] = file.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id)
    expect(found[type]).toHaveLength(count)
  }
  await ask('DELETE', place, { as })
  return found
}

const latest = 'includeAssociatedData=LatestProvenanceResources'
const relevant = 'includeAssociatedData=RelevantProvenanceResources'

test('an export brings the Provenance of what is in it, the last of each or all, each once', async () => {
  const old = await recorded([`Observation/${first}`], '2026-01-01T00:00:00Z')
  const both = await recorded(
    [`Observation/${first}`, `Observation/${second}/_history/1`, `Patient/${patient.id}`],
    '2026-02-01T00:00:00Z',
  )
  const whole = await exported(`/Patient/$export?_type=Observation,Patient&${relevant}`)
  expect(whole.Provenance?.toSorted()).toEqual([old, both].toSorted())
  const last = await exported(`/Patient/$export?_type=Observation,Patient&${latest}`)
  expect(last.Provenance).toEqual([both])
  expect(await exported(`/Patient/$export?_type=Observation`)).toEqual({ Observation: expect.anything() })
  const named = await exported(`/$export?_type=Observation&${latest},RelevantProvenanceResources`)
  expect(named.Provenance?.toSorted()).toEqual([old, both].toSorted())
})

test('Provenance of what is not in the export stays out of it, even where Provenance is asked for', async () => {
  const other = await recorded([`Encounter/none`], '2026-03-01T00:00:00Z')
  const ofSecond = await recorded([`Observation/${second}`], '2026-03-02T00:00:00Z')
  const all = await exported('/$export?_type=Observation,Provenance')
  expect(all.Provenance).toContain(other)
  const own = await exported(`/$export?_type=Observation,Provenance&${relevant}`)
  expect(own.Provenance).toContain(ofSecond)
  expect(own.Provenance).not.toContain(other)
  const one = `_typeFilter=${encodeURIComponent(`Observation?_id=${first}`)}`
  expect((await exported(`/$export?_type=Observation&${one}&${relevant}`)).Provenance).not.toContain(ofSecond)
  const since = new Date(world.world.now().getTime() + 60_000).toISOString()
  expect(await exported(`/$export?_type=Observation&_since=${since}&${relevant}`)).toEqual({})
})

test('nothing of another institution leaves by it, and nothing that no scope covers', async () => {
  const foreign = await recorded(
    [`Observation/${first}`, `Observation/${strange}`],
    '2026-04-01T00:00:00Z',
    theirs,
  )
  const about = await recorded([`Observation/${strange}`], '2026-04-02T00:00:00Z')
  for (const kind of [latest, relevant]) {
    const found = (await exported(`/$export?_type=Observation,Patient&${kind}`)).Provenance ?? []
    expect([kind, found.includes(foreign), found.includes(about)]).toEqual([kind, false, false])
    const elsewhere = await exported(`/Patient/$export?_type=Observation&${kind}`, theirs)
    expect([kind, elsewhere]).toEqual([kind, { Observation: [strange], Provenance: [foreign] }])
  }
  const narrow = (await givenClient(world, hospital.id, ['system/Observation.rs'])).headers
  const refused = await ask('GET', `/$export?_type=Observation&${latest}`, {
    headers: { prefer: 'respond-async' },
    as: narrow,
  })
  expect(refused.status).toBe(403)
})
