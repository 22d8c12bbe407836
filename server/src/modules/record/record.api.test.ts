import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient, givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation, givenBundle, givenHistory } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import { importBundle, type Progress } from './index.ts'

let world: Region
let hospital: { id: string }
let other: { id: string }
let doctor: { headers: Readonly<Record<string, string>> }
let stranger: { headers: Readonly<Record<string, string>> }
let patient: string

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  other = await givenInstitution(world)
  doctor = await givenStaff(world, hospital.id, ['gp'])
  stranger = await givenStaff(world, other.id, ['gp'])
  patient = (await givenHistory(world, hospital.id, 'Mafalda')).residentId
})
afterAll(() => world.close())

const get = (url: string, as = doctor) => world.app.inject({ url: `/api${url}`, headers: as.headers })
const counts = async () =>
  Object.fromEntries(
    (
      await world.sql<{ type: string; n: number }>(
        'select type, count(*)::int as n from kernel.resource group by type order by type',
      )
    ).map(({ type, n }) => [type, n]),
  )
const run = async (bundle: unknown, institutionId = hospital.id) => {
  const told: Progress[] = []
  await importBundle(world.world, institutionId, bundle, (progress) => told.push(progress))
  return told
}

test('an import run twice adds nothing', async () => {
  const before = await counts()
  const events = await world.sql('select count(*) as n from kernel.event')
  const told = await run(givenBundle('Mafalda'))
  expect(new Set(told.map(({ result }) => result))).toEqual(new Set(['known']))
  expect(await counts()).toEqual(before)
  expect(await world.sql('select count(*) as n from kernel.event')).toEqual(events)
})

test('an Organization met in many files is one, external and no member', async () => {
  const bundle = givenBundle('Liz')
  const organization = bundle.entry.find(({ resource }) => resource.resourceType === 'Organization')!
  const before = await counts()
  for (let file = 0; file < 5; file++) {
    const fullUrl = `urn:uuid:00000000-0000-4000-8000-00000000000${file}`
    await run({ ...bundle, entry: [{ ...organization, fullUrl }] })
  }
  expect((await counts()).Organization).toBe(before.Organization! + 1)
  const [row] = await world.sql<{ external: boolean }>(
    'select external from network.institution where name = $1',
    [organization.resource.name],
  )
  expect(row!.external).toBe(true)
})

test('a broken Bundle in the middle is refused whole and named, what comes after goes on', async () => {
  const before = await counts()
  const broken = givenBundle('Desmond')
  const observation = broken.entry.findIndex(({ resource }) => resource.resourceType === 'Observation')
  const { fullUrl } = broken.entry[observation]!
  broken.entry[observation] = {
    ...broken.entry[observation]!,
    resource: { resourceType: 'Observation' } as never,
  }
  const failed = await run(broken).catch((error: { extra: { fields: { path: string }[] } }) => error)
  expect(JSON.stringify(failed)).toContain(`Bundle.entry[${observation}].resource`)
  expect(await counts()).toEqual(before)
  const dangling = givenBundle('Desmond')
  dangling.entry[observation]!.resource = {
    ...anObservation('x'),
    id: 'y',
    subject: { reference: 'urn:uuid:00000000-0000-4000-8000-0000000000ff' },
  } as never
  const second = await run(dangling).catch((error: { extra: object }) => error)
  expect(JSON.stringify(second)).toContain(fullUrl)
  expect(await counts()).toEqual(before)
  expect((await run(givenBundle('Desmond'))).every(({ result }) => result === 'added')).toBe(true)
})

test('a collection is taken entry by entry, and what is wrong with one is told', async () => {
  const { entry } = givenBundle('Liz')
  const facts = entry.map(({ fullUrl, resource }) => ({ fullUrl, resource }))
  const bad = { fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000aa', resource: { resourceType: 'Flag' } }
  const told = await run({ resourceType: 'Bundle', type: 'collection', entry: [bad, ...facts] })
  expect(told.filter(({ result }) => result === 'refused')).toMatchObject([{ type: 'Flag' }])
  expect(told.filter(({ result }) => result !== 'refused')).toHaveLength(facts.length)
})

test('the record on one page shows what is going on, in Chinese, with its source', async () => {
  const answer = await get(`/residents/${patient}/record`)
  expect(answer.statusCode).toBe(200)
  const summary = answer.json()
  const names = (facts: { label: { text: string } }[]) => facts.map(({ label }) => label.text)
  expect(names(summary.problems)).toContain('心房颤动')
  expect(names(summary.pastProblems)).toContain('急性病毒性咽炎')
  expect(names(summary.medicines)).toEqual(expect.arrayContaining(['华法林钠片 5 mg', '地高辛片 0.125 mg']))
  expect(summary.problems[0].institution.id).toBe(hospital.id)
  const pressure = summary.vitals.find((t: { label: { text: string } }) => t.label.text === '血压')
  expect(pressure.series.map((s: { points: unknown[] }) => s.points.length)).toEqual([
    pressure.series[0].points.length,
    pressure.series[0].points.length,
  ])
  expect(pressure.latest.values).toHaveLength(2)
  expect(summary.counts.encounter).toBe(19)
  expect(summary.encounters[0].provider).toBeTruthy()
})

test('opening a record stands in the access log as such, with its basis', async () => {
  const last = async () =>
    (
      await world.sql(
        'select thing, basis from kernel.access where resident_id = $1 order by at desc, id desc limit 1',
        [patient],
      )
    )[0]
  await get(`/residents/${patient}/record`)
  expect(await last()).toEqual({ thing: 'record', basis: 'treatment' })
  await get(`/residents/${patient}/allergies`)
  expect(await last()).toEqual({ thing: 'card', basis: 'treatment' })
  await get(`/residents/${patient}/timeline`)
  expect(await last()).toEqual({ thing: 'record', basis: 'treatment' })
})

test('the time line is the latest first, paged, and filtered by kind, institution and dates', async () => {
  const all = (await get(`/residents/${patient}/timeline?limit=5`)).json()
  const times = all.items.map((fact: { at: string }) => Date.parse(fact.at))
  expect(times).toEqual([...times].sort((a, b) => b - a))
  expect(all.total).toBeGreaterThan(150)
  const next = (await get(`/residents/${patient}/timeline?limit=5&offset=5`)).json()
  expect(next.items[0].id).not.toBe(all.items[0].id)
  const kinds = (await get(`/residents/${patient}/timeline?kinds=encounter,problem&limit=100`)).json()
  expect(new Set(kinds.items.map((fact: { kind: string }) => fact.kind))).toEqual(
    new Set(['encounter', 'problem']),
  )
  const day = kinds.items[0].at.slice(0, 10)
  const dated = (await get(`/residents/${patient}/timeline?from=2015-01-01&to=2015-12-31&limit=100`)).json()
  expect(
    dated.items.every((fact: { at: string }) => fact.at >= '2014-12-31T16' && fact.at < '2015-12-31T16'),
  ).toBe(true)
  expect(day).toBeTruthy()
  const elsewhere = (await get(`/residents/${patient}/timeline?institutionId=${other.id}`)).json()
  expect(elsewhere.total).toBe(0)
  expect((await get(`/residents/${patient}/timeline?kinds=weather`)).statusCode).toBe(400)
})

test('referrals and orders are one type to FHIR, and counted and paged apart here', async () => {
  const { id } = await givenResident(world, hospital.id)
  const { headers } = await givenClient(world, hospital.id)
  const request = (code: string, text: string) => ({
    ...{ resourceType: 'ServiceRequest', status: 'active', intent: 'order', code: { text } },
    ...{ subject: { reference: `Patient/${id}` }, category: [{ coding: [{ system: 'urn:his', code }] }] },
  })
  for (const [code, text] of [
    ['3457005', '转心内科'],
    ['108252007', '血常规'],
    ['363679005', '胸片'],
  ] as const) {
    const payload = request(code, text)
    await world.app.inject({ method: 'POST', url: '/fhir/R4/ServiceRequest', headers, payload })
  }
  const of = async (kinds: string) => {
    const page = (await get(`/residents/${id}/timeline?kinds=${kinds}&limit=1`)).json()
    return [page.total, ...page.items.map((fact: { kind: string }) => fact.kind)]
  }
  expect(await of('referral')).toEqual([1, 'referral'])
  expect(await of('order')).toEqual([2, 'order'])
  expect(await of('order,encounter')).toEqual([2, 'order'])
  expect((await of('order,referral'))[0]).toBe(3)
  const { counts: shown } = (await get(`/residents/${id}/record`)).json()
  expect(shown).toMatchObject({ referral: 1, order: 2 })
})

test('a fact shows everything its source says, and every version with who wrote it', async () => {
  const client = await givenClient(world, hospital.id)
  const send = (method: 'POST' | 'PUT', url: string, body: object) =>
    world.app.inject({
      method,
      url: `/fhir/R4${url}`,
      headers: { ...client.headers, 'content-type': 'application/fhir+json' },
      payload: body,
    })
  const performer = [{ reference: `Practitioner/${(await givenPractitioner(world, hospital.id)).id}` }]
  const { id } = (await send('POST', '/Observation', anObservation(patient))).json()
  await send('PUT', `/Observation/${id}`, anObservation(patient, { id, status: 'corrected', performer }))
  const opened = (await get(`/residents/${patient}/record/Observation/${id}`)).json()
  expect(opened.fact).toMatchObject({ label: { text: '钾', original: 'Potassium' }, status: 'corrected' })
  expect(opened.recorder).toEqual(expect.any(String))
  expect(opened.fact.values[0]).toMatchObject({ text: '4.1 mmol/L', number: 4.1 })
  expect(opened.versions.map((v: { version: number; change: string }) => [v.version, v.change])).toEqual([
    [2, 'changed'],
    [1, 'created'],
  ])
  expect(opened.versions[0].institution.id).toBe(hospital.id)
  expect(JSON.parse(opened.source).status).toBe('corrected')
})

test('another institution finds neither record, time line nor fact', async () => {
  const [row] = await world.sql<{ id: string }>(
    `select id from kernel.resource where type = 'Condition' and resident_id = $1 limit 1`,
    [patient],
  )
  for (const path of ['record', 'timeline', `record/Condition/${row!.id}`])
    expect([path, (await get(`/residents/${patient}/${path}`, stranger)).statusCode]).toEqual([path, 404])
})

test('a fact of one resident is not read under the name of another', async () => {
  const second = await givenResident(world, hospital.id)
  const [row] = await world.sql<{ id: string }>(
    `select id from kernel.resource where type = 'Condition' and resident_id = $1 limit 1`,
    [patient],
  )
  expect((await get(`/residents/${second.id}/record/Condition/${row!.id}`)).statusCode).toBe(404)
})

test('residents read their own record and nobody else’s', async () => {
  const account = await givenResidentAccount(world, patient)
  const mine = await get(`/me/record/${patient}`, account)
  expect(mine.statusCode).toBe(200)
  expect(mine.json().problems.length).toBeGreaterThan(0)
  expect((await get(`/me/record/${patient}/timeline`, account)).json().total).toBeGreaterThan(150)
  const second = await givenResident(world, hospital.id)
  expect((await get(`/me/record/${second.id}`, account)).statusCode).toBe(404)
  expect((await get(`/residents/${patient}/record`, account)).statusCode).toBe(403)
})

test('an encounter opens the record to the institution that has it', async () => {
  const { id } = await givenResident(world, hospital.id)
  await world.sql("update kernel.access_grant set until = now() + interval '1 day' where resident_id = $1", [
    id,
  ])
  const client = await givenClient(world, hospital.id)
  await world.app.inject({
    method: 'POST',
    url: '/fhir/R4/Encounter',
    headers: { ...client.headers, 'content-type': 'application/fhir+json' },
    payload: {
      resourceType: 'Encounter',
      status: 'in-progress',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${id}` },
    },
  })
  const grants = await world.sql(
    "select basis, source, until > now() + interval '80 days' as long from kernel.access_grant where resident_id = $1 and source = $2",
    [id, 'encounter'],
  )
  expect(grants).toEqual([{ basis: 'treatment', source: 'encounter', long: true }])
})

test('the banner says each allergy once: not what is over, not what was written down by mistake', async () => {
  const client = await givenClient(world, hospital.id)
  const { id } = await givenResident(world, hospital.id)
  const clinical = (code: string) => ({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code }],
  })
  const wrong = {
    verificationStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
          code: 'entered-in-error',
        },
      ],
    },
  }
  const all = [
    { code: { text: '青霉素' }, clinicalStatus: clinical('active') },
    { code: { text: '青霉素' }, clinicalStatus: clinical('active') },
    { code: { text: '花粉' }, clinicalStatus: clinical('resolved') },
    { code: { text: '碘造影剂' }, ...wrong },
  ]
  for (const one of all) {
    const { statusCode, body } = await world.app.inject({
      ...{ method: 'POST', url: '/fhir/R4/AllergyIntolerance' },
      headers: { ...client.headers, 'content-type': 'application/fhir+json' },
      payload: { resourceType: 'AllergyIntolerance', patient: { reference: `Patient/${id}` }, ...one },
    })
    expect(statusCode, body).toBe(201)
  }
  const said = (await get(`/residents/${id}/allergies`)).json() as { label: { text: string } }[]
  expect(said.map(({ label }) => label.text)).toEqual(['青霉素'])
  expect((await get(`/residents/${id}/allergies`, stranger)).statusCode).toBe(404)
})
