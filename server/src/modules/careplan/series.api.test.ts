import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenClient } from '../../../test/given-identity.ts'

let g: ContractRegion
let residentId = ''
let deviceId = ''
beforeAll(async () => {
  g = await contractRegion()
  residentId = await g.resident()
  const made = await g.post(g.boss, '/devices', { serial: 'F-1', model: '手环', kinds: ['heartRate'] })
  deviceId = made.json.id
  await g.post(g.boss, `/devices/${deviceId}/lend`, { residentId, agreement: '借用三个月', signer: '王小明' })
  await g.later(3)
  const at = (minutes: number) => new Date(g.world.world.now().getTime() - minutes * 60_000).toISOString()
  const readings = [
    { seq: 1, at: at(50), kind: 'bloodPressure', value: 132, value2: 84 },
    ...[40, 30, 20, 10].map((minutes) => ({
      seq: minutes,
      at: at(minutes),
      kind: 'heartRate',
      value: 60 + minutes,
    })),
    { seq: 99, at: at(5), kind: 'temperature', value: 36.6 },
  ]
  await g.ask('POST', '/device-readings', { body: { token: made.json.token, readings } })
  const stored = await g.world.app.inject({
    ...{ method: 'POST', url: '/fhir/R4/Observation' },
    headers: { ...g.boss, 'content-type': 'application/fhir+json' },
    payload: {
      ...{ resourceType: 'Observation', status: 'final', effectiveDateTime: at(25) },
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
      subject: { reference: `Patient/${residentId}` },
      valueQuantity: { value: 77 },
    },
  })
  if (stored.statusCode !== 201) throw new Error(stored.body)
})
afterAll(() => g.world.close())

interface Found {
  id: string
  effectiveDateTime: string
  valueQuantity?: { value: number; code: string }
}
const fhir = async (path: string, headers = g.boss) => {
  const answer = await g.world.app.inject({ url: `/fhir/R4/${path}`, headers: { ...headers } })
  return { status: answer.statusCode, json: answer.json() }
}
const entries = (json: { entry?: { resource: Found }[] }) => (json.entry ?? []).map((one) => one.resource)
const values = (json: { entry?: { resource: Found }[] }) =>
  entries(json).map((one) => one.valueQuantity?.value)

test('readings are found as Observations by patient, code, device and date, and read by their id', async () => {
  const all = (await fhir(`Observation?patient=${residentId}`)).json
  expect(entries(all)).toHaveLength(7)
  const warm = (await fhir(`Observation?patient=${residentId}&code=http://loinc.org|8310-5`)).json
  expect(values(warm)).toEqual([36.6])
  const pressure = (await fhir(`Observation?subject=Patient/${residentId}&code=85354-9`)).json
  expect(entries(pressure)).toMatchObject([
    {
      ...{ resourceType: 'Observation', device: { reference: `Device/${deviceId}` } },
      component: [
        { valueQuantity: { value: 132, code: 'mm[Hg]' } },
        { valueQuantity: { value: 84, code: 'mm[Hg]' } },
      ],
    },
  ])
  const heart = `Observation?patient=${residentId}&code=8867-4`
  expect(values((await fhir(`${heart}&device=Device/${deviceId}`)).json)).toEqual([70, 80, 90, 100])
  expect((await fhir(`${heart}&_summary=count`)).json.total).toBe(5)
  const [first] = entries((await fhir(`${heart}&_sort=date&_count=1`)).json)
  const since = encodeURIComponent(`gt${first?.effectiveDateTime}`)
  expect(values((await fhir(`${heart}&_sort=date&date=${since}`)).json)).toEqual([90, 77, 80, 70])
  expect((await fhir(`Observation/${first?.id}`)).json).toEqual(first)
  expect((await fhir(`Device/${deviceId}`)).json).toMatchObject({
    patient: { reference: `Patient/${residentId}` },
  })
})

test('page after page, in the order of time or not, none is left out or shown twice', async () => {
  for (const sort of ['', '&_sort=-date', '&_sort=date']) {
    const seen: string[] = []
    const times: string[] = []
    let next: string | undefined = `Observation?patient=${residentId}${sort}&_count=2`
    while (next) {
      const { json } = await fhir(next)
      seen.push(...entries(json).map((one) => one.id))
      times.push(...entries(json).map((one) => one.effectiveDateTime))
      const link = json.link.find((one: { relation: string }) => one.relation === 'next')?.url
      next = link?.slice(link.indexOf('Observation'))
    }
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
    if (sort) expect(times).toEqual(sort === '&_sort=date' ? times.toSorted() : times.toSorted().reverse())
  }
})

test('without a lawful basis there is none, by search or by id; each opening is logged', async () => {
  const [one] = entries((await fhir(`Observation?patient=${residentId}&code=8310-5`)).json)
  expect(entries((await fhir(`Observation?patient=${residentId}`, g.elsewhere)).json)).toEqual([])
  expect((await fhir(`Observation/${one?.id}`)).status).toBe(200)
  expect((await fhir(`Observation/${one?.id}`, g.elsewhere)).status).toBe(404)
  expect((await fhir(`Observation/${deviceId.replaceAll('-', '')}-zz-zz`)).status).toBe(404)
  const broken = Buffer.from(JSON.stringify(['+', '', '', 'nonsense'])).toString('base64url')
  expect((await fhir(`Observation?patient=${residentId}&_cursor=${broken}`)).status).toBe(200)
  const log = await g.world.sql<{ thing: string }>(
    `select distinct thing from kernel.access where resident_id = $1 and thing like 'Observation%'`,
    [residentId],
  )
  expect(log.map((line) => line.thing)).toContain(`Observation/${one?.id}`)
})

const signed = async (scopes?: readonly string[]) =>
  (await givenClient(g.world, g.centre, scopes ? [...scopes] : undefined)).headers

test('everything about a patient ends with what was measured, page by page', async () => {
  const found: Found[] = []
  let path = `Patient/${residentId}/$everything?_type=Observation&_count=2`
  for (let page = 0; path && page < 10; page++) {
    const { json } = await fhir(path)
    found.push(...entries(json))
    const next = json.link.find((one: { relation: string }) => one.relation === 'next')?.url as
      | string
      | undefined
    path = next?.replace(/^.*\/fhir\/R4\//, '') ?? ''
  }
  expect(path).toBe('')
  expect(found).toHaveLength(7)
  expect(new Set(found.map(({ id }) => id)).size).toBe(7)
  const others = (await fhir(`Patient/${residentId}/$everything?_type=Patient`)).json
  expect(entries(others)).toHaveLength(1)
  const future = new Date(g.world.world.now().getTime() + 3_600_000).toISOString()
  expect(entries((await fhir(`Patient/${residentId}/$everything?_since=${future}`)).json)).toEqual([])
})

test('GraphQL finds, counts and reads them', async () => {
  const headers = { ...(await signed()), 'content-type': 'application/json' }
  const ask = async (query: string) => {
    const answer = await g.world.app.inject({
      method: 'POST',
      url: '/fhir/R4/$graphql',
      headers,
      payload: { query },
    })
    return answer.json()
  }
  const text = `{ Patient(id: "${residentId}") {
    ObservationList(_reference: patient, code: "8867-4") { id valueQuantity { value } }
    ObservationConnection(_reference: patient, code: "8867-4", _sort: "date", _count: 2) { count next edges { resource { id } } } } }`
  const { data, errors } = await ask(text)
  expect(errors).toBeUndefined()
  const { ObservationList: list, ObservationConnection: connection } = data.Patient
  expect(list.map((one: Found) => one.valueQuantity?.value).sort()).toEqual([100, 70, 77, 80, 90].sort())
  expect([connection.count, connection.edges.length, typeof connection.next]).toEqual([5, 2, 'string'])
  const onward = await ask(
    `{ ObservationList(patient: "${residentId}", code: "8867-4", _sort: "date", _cursor: "${connection.next}") { id } }`,
  )
  expect(onward.data.ObservationList).toHaveLength(3)
  const reading = list.find((one: Found) => one.valueQuantity?.value === 70)
  const one = await ask(`{ Observation(id: "${reading.id}") { valueQuantity { value } } }`)
  expect(one.data.Observation.valueQuantity.value).toBe(70)
})

test('a whole export has them too, and a narrowed scope leaves out of them what it leaves out', async () => {
  const lines = async (headers: Readonly<Record<string, string>>, query = '') => {
    const asked = { ...headers, prefer: 'respond-async' }
    const begun = await g.world.app.inject({
      url: `/fhir/R4/Patient/$export?_type=Observation${query}`,
      headers: asked,
    })
    expect(begun.statusCode, begun.body).toBe(202)
    const place = String(begun.headers['content-location']).replace('http://127.0.0.1:8080', '')
    await g.world.runJob('interop.export', { id: place.split('/').pop() })
    const { output } = (await g.world.app.inject({ url: place, headers })).json() as {
      output: { url: string }[]
    }
    const files = await Promise.all(
      output.map(({ url }) => g.world.app.inject({ url: url.replace('http://127.0.0.1:8080', ''), headers })),
    )
    return files.flatMap((file) =>
      file.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Found),
    )
  }
  const all = await lines(await signed())
  expect(new Set(all.map(({ id }) => id)).size).toBe(7)
  const later = new Date(g.world.world.now().getTime() + 1_000).toISOString()
  expect(await lines(await signed(), `&_since=${later}`)).toEqual([])
  const filtered = async (...filters: string[]) =>
    (
      await lines(
        await signed(),
        filters.map((one) => `&_typeFilter=${encodeURIComponent(`Observation?${one}`)}`).join(''),
      )
    )
      .map(({ valueQuantity }) => valueQuantity?.value)
      .toSorted()
  expect(await filtered('code=8867-4')).toEqual([100, 70, 77, 80, 90])
  expect(await filtered('code=8867-4&value-quantity=gt77,lt71')).toEqual([100, 70, 80, 90])
  expect(await filtered('value-quantity=36.6', 'code=8867-4&value-quantity=90')).toEqual([36.6, 90])
  expect(await filtered(`patient=${residentId}&status=final&date=lt2000`)).toEqual([])

  const vital = await signed(['system/Observation.rs?category=vital-signs', 'system/Patient.rs'])
  expect(await lines(vital)).toHaveLength(6)
  const lab = await signed(['system/Observation.rs?category=laboratory', 'system/Patient.rs'])
  expect(await lines(lab)).toEqual([])
  const reading = all.find(({ valueQuantity }) => valueQuantity?.value === 36.6)
  const seen = async (headers: Readonly<Record<string, string>>) => [
    (await fhir(`Observation/${reading?.id}`, headers)).status,
    entries((await fhir(`Observation?patient=${residentId}`, headers)).json).length,
    entries((await fhir(`Patient/${residentId}/$everything?_type=Observation`, headers)).json).length,
  ]
  expect(await seen(vital)).toEqual([200, 6, 6])
  expect(await seen(lab)).toEqual([404, 0, 0])
})

test('everything about all patients holds what was measured of each, page by page', async () => {
  const another = await g.resident()
  const made = await g.post(g.boss, '/devices', { serial: 'F-2', model: '血压计', kinds: ['heartRate'] })
  const lent = { residentId: another, agreement: '借用三个月', signer: '王小明' }
  await g.post(g.boss, `/devices/${made.json.id}/lend`, lent)
  await g.later(3)
  const at = new Date(g.world.world.now().getTime() - 60_000).toISOString()
  const readings = [{ seq: 1, at, kind: 'heartRate', value: 88 }]
  await g.ask('POST', '/device-readings', { body: { token: made.json.token, readings } })
  const pages = async (query: string, headers = g.boss) => {
    const found: Found[] = []
    let path = `Patient/$everything?_type=Observation&${query}`
    for (let page = 0; path && page < 20; page++) {
      const { status, json } = await fhir(path, headers)
      expect(status).toBe(200)
      found.push(...entries(json))
      const next = json.link.find((one: { relation: string }) => one.relation === 'next')?.url
      path = next?.replace(/^.*\/fhir\/R4\//, '') ?? ''
    }
    expect(path).toBe('')
    return found
  }
  for (const count of [1, 2, 3, 7, 8, 50]) {
    const found = await pages(`_count=${count}`)
    expect([count, found.length, new Set(found.map(({ id }) => id)).size]).toEqual([count, 8, 8])
  }
  expect(await pages('_count=3', g.elsewhere)).toEqual([])
  const future = new Date(g.world.world.now().getTime() + 3_600_000).toISOString()
  expect(await pages(`_since=${future}`)).toEqual([])
  const vital = await signed(['system/Patient.r', 'system/Observation.rs?category=laboratory'])
  expect(await pages('', vital)).toEqual([])
  const cursor = (...place: string[]) => Buffer.from(JSON.stringify(place)).toString('base64url')
  for (const wrong of [
    ['Observation', '+', 'x'],
    ['Patient', '+'],
  ])
    expect((await fhir(`Patient/$everything?_type=Observation&_cursor=${cursor(...wrong)}`)).status).toBe(400)
})
