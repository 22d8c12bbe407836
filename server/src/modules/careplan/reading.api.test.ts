import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

let serial = 0
const kinds = ['bloodPressure', 'glucose', 'weight', 'ecg']
/** A device in the hands of a resident since a moment ago, with what it sends. */
async function lent() {
  const residentId = await g.resident()
  const { id, token } = (
    await g.post(g.boss, '/devices', { serial: `BP-${serial++}`, model: '血压计', kinds })
  ).json
  const loan = await g.post(g.boss, `/devices/${id}/lend`, {
    residentId,
    agreement: '借用三个月，早晚各测一次',
    signer: '王小明',
  })
  if (loan.status !== 200) throw new Error(JSON.stringify(loan.json))
  await g.later(2)
  await g.stayIn()
  const send = (readings: unknown[]) => g.ask('POST', '/device-readings', { body: { token, readings } })
  return { residentId, id, token, send }
}
const ago = (minutes: number) => new Date(g.world.world.now().getTime() - minutes * 60_000).toISOString()
const pressure = (seq: number, value: number, minutes = 5) => ({
  ...{ seq, at: ago(minutes), kind: 'bloodPressure', value, value2: 80 },
})

test('each reading of a batch fares by itself: kept once by device and sequence, or refused by name, none lost', async () => {
  const { send, id, residentId } = await lent()
  const bad = [
    { seq: 3, at: ago(3), kind: 'temperature', value: -4 },
    { seq: 4, at: ago(-24 * 60), kind: 'glucose', value: 6 },
    { seq: 5, at: ago(60 * 24 * 30), kind: 'glucose', value: 6 },
    { seq: 6, at: ago(2), kind: 'mood', value: 7 },
    'nonsense',
  ]
  const good = [pressure(2, 132, 4), pressure(1, 128, 60)]
  const answer = await send([...good, ...bad])
  expect(answer.json).toEqual({
    ...{ accepted: 2, repeated: 0 },
    refused: [
      { index: 2, problem: 'careplan.reading-implausible' },
      { index: 3, problem: 'careplan.reading-in-future' },
      { index: 4, problem: 'careplan.reading-before-loan' },
      { index: 5, problem: 'careplan.reading-kind-unknown' },
      { index: 6, problem: 'careplan.reading-not-understood' },
    ],
  })
  expect((await send(good)).json).toMatchObject({ accepted: 0, repeated: 2 })
  expect((await g.get(g.boss, `/devices/${id}/refused-readings`)).json.total).toBe(5)
  const span = `kind=bloodPressure&from=${ago(60 * 24 * 365)}&to=${ago(-60)}`
  const year = (await g.get(g.boss, `/residents/${residentId}/reading-series?${span}`)).json
  expect(year).toMatchObject({
    step: 'day',
    points: [{ value: 130, least: 128, most: 132, value2: 80, n: 2 }],
  })
  expect((await g.get(g.elsewhere, `/residents/${residentId}/reading-series?${span}`)).status).toBe(404)
})

test('an ECG strip is kept sample by sample and comes back piece by piece', async () => {
  const { send, id, residentId } = await lent()
  const file = new URL('../../../test/material/wearable/mitbih208_30s_360hz.csv', import.meta.url)
  const samples = readFileSync(file, 'utf8').trim().split('\n').map(Number)
  const strip = { seq: 9, at: ago(1), kind: 'ecg', hertz: 360, samples }
  expect((await send([strip, strip])).json).toMatchObject({ accepted: 1, repeated: 1 })
  const list = (await g.get(g.boss, `/residents/${residentId}/ecg-strips`)).json
  expect(list.items).toMatchObject([{ deviceId: id, seq: 9, hertz: 360, seconds: 30 }])
  const piece = `${id}/9?from=10&seconds=10`
  const shown = (await g.get(g.boss, `/residents/${residentId}/ecg-strips/${piece}`)).json
  expect(shown.samples).toEqual(samples.slice(3600, 7200).map((one) => Math.round(one * 1000)))
  expect((await g.get(g.elsewhere, `/residents/${residentId}/ecg-strips/${piece}`)).status).toBe(404)
})

test('a critical reading is on the family doctor’s list and in their inbox at once, escalates unanswered, and leaves with the answer', async () => {
  const { send, residentId } = await lent()
  await g.signed(residentId)
  await send([pressure(1, 186)])
  await send([pressure(2, 190, 1)])
  const open = (await g.get(g.boss, `/alerts?residentId=${residentId}&mine=true`)).json
  expect(open.items).toMatchObject([
    { rule: 'systolic-critical', level: 'critical', times: 2, value: 190, practitioner: '林晓' },
  ])
  const [{ id }] = open.items
  const cases = () =>
    g.world.sql<{ escalated: number; closed: boolean }>(
      'select escalated, closed_at is not null as closed from kernel.case where thing = $1',
      [`alert:${id}`],
    )
  const inbox = async () =>
    (await g.get(g.boss, '/notices?limit=200')).json.items
      .filter((one: { thing: string }) => one.thing === `alert:${id}`)
      .map((one: { code: string }) => one.code)
  await g.world.deliver()
  expect(await inbox()).toEqual(['careplan.alert-raised'])
  const work = (await g.get(g.boss, '/work-list?limit=200')).json.items as { thing: string; step: string }[]
  expect(work).toContainEqual(expect.objectContaining({ thing: `alert:${id}`, step: 'critical' }))
  await g.later(1)
  await g.world.sweep()
  await g.world.deliver()
  expect(await cases()).toEqual([{ escalated: 1, closed: false }])
  expect((await inbox()).toSorted()).toEqual(['careplan.alert-raised', 'case.escalated'])
  const said = { response: 'called', note: '已嘱立即就诊' }
  expect((await g.post(g.elsewhere, `/alerts/${id}/answer`, said)).status).toBe(404)
  expect((await g.post(g.boss, `/alerts/${id}/answer`, said)).json).toMatchObject({ status: 'answered' })
  expect(await cases()).toEqual([{ escalated: 1, closed: true }])
  expect((await g.post(g.boss, `/alerts/${id}/answer`, said)).json.code).toBe('careplan.alert-answered')
})

test('a device of which nothing comes for a week is missed; one that is taken back is known no more', async () => {
  const { send, id, residentId } = await lent()
  await g.later(24 * 8)
  await g.stayIn()
  await g.world.runJob('careplan.raise-silent')
  const open = (await g.get(g.boss, `/alerts?residentId=${residentId}`)).json
  expect(open.items).toMatchObject([{ rule: 'pressure-silence', value: null }])
  expect((await g.post(g.boss, `/devices/${id}/take-back`)).json.status).toBe('stock')
  expect((await send([pressure(1, 120)])).json.code).toBe('careplan.device-unknown')
  const lost = { reason: 'lost', note: '搬家时丢失' }
  expect((await g.post(g.elsewhere, `/devices/${id}/end`, lost)).status).toBe(404)
  expect((await g.post(g.boss, `/devices/${id}/end`, lost)).json).toMatchObject({
    ...{ status: 'retired', resident: null, ended: { reason: 'lost', note: '搬家时丢失' } },
  })
  expect((await g.post(g.boss, `/devices/${id}/end`, lost)).json.code).toBe('careplan.device-ended')
})

test('raw readings go when the rule says so, their hours and days stay, and none that old comes in again', async () => {
  const { send, residentId } = await lent()
  const old = [pressure(1, 131, 60), pressure(2, 133, 30)]
  await send(old)
  const raw = async () =>
    (
      await g.world.sql<{ n: number }>(
        'select count(*)::int as n from careplan.reading where resident_id = $1',
        [residentId],
      )
    )[0]?.n
  await g.later(24 * 31 * 23)
  await g.stayIn()
  await g.world.runJob('careplan.keep-parts')
  expect(await raw()).toBe(2)
  await g.later(24 * 31 * 3)
  await g.stayIn()
  await g.world.runJob('careplan.keep-parts')
  expect(await raw()).toBe(0)
  const again = (await send(old)).json
  expect(again).toMatchObject({ accepted: 0, refused: [{ problem: 'careplan.reading-too-old' }, {}] })
  const [rolled] = await g.world.sql(
    'select sum(n)::int as n, min(least) as least from careplan.reading_day where resident_id = $1',
    [residentId],
  )
  expect(rolled).toEqual({ n: 2, least: 131 })
})

test('what was measured is changed and removed by no road of FHIR, and no second one comes under its id', async () => {
  const { send, residentId } = await lent()
  await send([{ seq: 1, at: ago(5), kind: 'weight', value: 60.5 }])
  const write = async (
    method: string,
    path: string,
    payload?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const kind = Array.isArray(payload) ? 'application/json-patch+json' : 'application/fhir+json'
    const { statusCode: status, body } = await g.world.app.inject({
      ...{ method: method as 'PUT', url: `/fhir/R4${path}`, headers: { ...g.boss, ...headers } },
      ...(payload ? { payload: JSON.stringify(payload) } : {}),
      ...(payload ? { headers: { ...g.boss, 'content-type': kind, ...headers } } : {}),
    })
    return { status, json: body ? JSON.parse(body) : {} }
  }
  const found = `Observation?patient=${residentId}&code=http://loinc.org|29463-7`
  const before = (await write('GET', `/${found}`)).json.entry[0].resource
  const { id, ...nameless } = { ...before, valueQuantity: { ...before.valueQuantity, value: 41 } }
  const next = { id, ...nameless }
  const patch = [{ op: 'replace', path: '/valueQuantity/value', value: 41 }]
  const binary = {
    ...{ resourceType: 'Binary', contentType: 'application/json-patch+json' },
    data: Buffer.from(JSON.stringify(patch)).toString('base64'),
  }
  const roads = [
    await write('PUT', `/Observation/${id}`, next),
    await write('PUT', `/Observation/${id}`, next, { 'if-match': 'W/"1"' }),
    await write('PUT', `/Observation/${id}`, next, { 'if-none-match': '*' }),
    await write('PATCH', `/Observation/${id}`, patch),
    await write('PUT', `/${found}`, nameless),
    await write('PUT', `/Observation?_id=${id}`, nameless),
    await write('PATCH', `/${found}`, patch),
    await write('DELETE', `/Observation/${id}`),
    await write('DELETE', `/${found}`),
  ]
  for (const type of ['batch', 'transaction'])
    for (const entry of [
      { request: { method: 'PUT', url: `Observation/${id}` }, resource: next },
      { request: { method: 'PUT', url: found }, resource: nameless },
      { request: { method: 'PATCH', url: `Observation/${id}` }, resource: binary },
      { request: { method: 'DELETE', url: `Observation/${id}` } },
    ]) {
      const { status, json } = await write('POST', '', { resourceType: 'Bundle', type, entry: [entry] })
      const { response } = json.entry?.[0] ?? {}
      roads.push(
        response ? { status: Number(response.status.slice(0, 3)), json: response.outcome } : { status, json },
      )
    }
  const said = roads.map(({ status, json }) => [status, json.issue?.[0]?.details?.coding?.[0]?.code])
  expect(said).toEqual(roads.map(() => [409, 'record.kept-as-sent']))
  expect((await write('PUT', `/Observation/${id}`, next, g.elsewhere)).status).toBe(404)
  expect((await write('DELETE', `/Observation/${id}`, undefined, g.elsewhere)).status).toBe(404)
  const known = await write('POST', '/Observation', nameless, { 'if-none-exist': found })
  expect([known.status, known.json.id]).toEqual([200, id])
  const second = await g.world.sql(`select id from kernel.resource where type = 'Observation' and id = $1`, [
    id,
  ])
  expect(second).toEqual([])
  const after = (await write('GET', `/${found}`)).json.entry
  expect(after.map((one: { resource: unknown }) => one.resource)).toEqual([before])
})
