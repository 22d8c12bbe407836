import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'
import { givenLicence, givenPractitioner } from '../../../test/given-workforce.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
  await g.world.sql(`update network.institution set latitude = 30.3, longitude = 124.5 where id = $1`, [
    g.centre,
  ])
})
afterAll(() => g.world.close())

const at = (longitude: number) => ({ latitude: 30.3, longitude })
const today = () => new Date(g.world.world.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

test('the visits of a day are ordered along the way, each proven by when and where; the resident sees who comes', async () => {
  const [near, far, unknown] = [await g.resident(), await g.resident(), await g.resident()]
  const contracts: string[] = []
  for (const one of [near, far, unknown]) contracts.push(await g.signed(one))
  const plan = (n: number, more: object) =>
    g.post(g.boss, `/contracts/${contracts[n]}/visits`, { on: today(), reason: '巡诊', ...more })
  const first = (await plan(1, { place: at(124.7), until: '12:00' })).json
  const second = (await plan(0, { place: at(124.52) })).json
  const third = (await plan(2, {})).json
  expect((await plan(0, { from: '10:00', until: '09:00' })).json.code).toBe('contract.window-backwards')
  expect((await plan(0, { on: '2020-01-01' })).json.code).toBe('contract.visit-in-past')
  expect(
    (await g.post(g.elsewhere, `/contracts/${contracts[0]}/visits`, { on: today(), reason: 'x' })).status,
  ).toBe(404)

  const route = (await g.post(g.boss, '/home-visits/route', { on: today() })).json
  expect(route.visits.map((one: { id: string; seq: number | null }) => [one.id, one.seq])).toEqual([
    ...[
      [second.id, 1],
      [first.id, 2],
      [third.id, null],
    ],
  ])
  expect(route.travelMinutes).toBeGreaterThan(0)
  const { headers: me } = await givenResidentAccount(g.world, near)
  expect((await g.get(me, '/me/home-visits')).json.items).toMatchObject([
    { id: second.id, status: 'planned' },
  ])
  expect((await g.get(me, '/me/home-visits')).json.items[0].arrivesAt).toBe(route.visits[0].arrivesAt)

  const act = (id: string, move: string, body: object, headers = g.boss) =>
    g.post(headers, `/home-visits/${id}/${move}`, body)
  expect((await act(second.id, 'finish', { note: '好' })).json.code).toBe('contract.visit-not-now')
  expect((await act(second.id, 'start', { place: at(124.52) })).json.status).toBe('underWay')
  const done = (
    await act(second.id, 'finish', { note: '血压平稳', place: at(124.52), itemCode: 'health-check' })
  ).json
  expect(done).toMatchObject({ status: 'done', note: '血压平稳', startPlace: at(124.52) })
  const service = await g.world.sql<{ status: string; place: object }>(
    `select status, proof->'place' as place from contract.service where id = $1`,
    [done.serviceId],
  )
  expect(service).toEqual([{ status: 'done', place: at(124.52) }])
  // The place is remembered for the next time.
  const again = (await plan(0, {})).json
  expect(again.place).toEqual(at(124.52))
  expect((await act(again.id, 'cancel', { note: '去女儿家了' })).json.status).toBe('cancelled')
  expect((await act(first.id, 'start', {}, g.elsewhere)).status).toBe(404)
})

test('a conversation becomes a visit, and is over with it', async () => {
  const one = await g.resident()
  const contractId = await g.signed(one)
  const { headers: me } = await givenResidentAccount(g.world, one)
  const ask = { residentId: one, subject: '腿肿', text: '走不了路，能来家里看看吗？' }
  const asked = (await g.post(me, '/me/contract-advices', ask)).json
  const body = { on: today(), reason: '腿肿', adviceId: asked.id }
  const visit = (await g.post(g.boss, `/contracts/${contractId}/visits`, body)).json
  const advice = (await g.get(g.boss, `/contract-advices/${asked.id}`)).json
  expect(advice).toMatchObject({ status: 'converted', became: 'visit', becameId: visit.id })
})

test('a doctor plans a visit for a nurse, who finds it on her day; nobody goes whose licence has run out or who is not from here', async () => {
  const contractId = await g.signed(await g.resident())
  const nurse = await givenPractitioner(g.world, g.centre, {
    ...{ name: '梅护士', kind: 'nurse', title: 'none' },
    licences: [givenLicence({ kind: 'nursePractice', scopes: ['nursing'] })],
  })
  const lapsed = await givenPractitioner(g.world, g.centre, {
    licences: [givenLicence({ until: '2021-01-01' })],
  })
  const mayGo = (await g.get(g.boss, '/practitioners?act=followUp&limit=200')).json.items
  const ids = mayGo.map((one: { id: string }) => one.id)
  expect(ids).toContain(nurse.id)
  expect(ids).not.toContain(lapsed.id)

  const plan = (practitionerId: string) =>
    g.post(g.boss, `/contracts/${contractId}/visits`, { on: today(), reason: '换药', practitionerId })
  expect(await plan(lapsed.id)).toMatchObject({ status: 403, json: { code: 'workforce.licence-expired' } })
  expect(await plan(g.thirdDoctor)).toMatchObject({
    ...{ status: 403, json: { code: 'workforce.not-registered-here' } },
  })
  const visit = (await plan(nurse.id)).json
  expect(visit.practitioner.id).toBe(nurse.id)
  const { headers: hers } = await givenStaff(g.world, g.centre, ['nurse'], { practitioner: nurse.id })
  const route = (await g.get(hers, `/home-visits/route?on=${today()}`)).json
  expect(route.visits.map((one: { id: string }) => one.id)).toEqual([visit.id])

  const { headers: lapsedOwn } = await givenStaff(g.world, g.centre, ['nurse'], { practitioner: lapsed.id })
  expect((await g.post(lapsedOwn, `/home-visits/${visit.id}/start`, {})).status).toBe(403)
  expect((await g.post(hers, `/home-visits/${visit.id}/start`, {})).json.status).toBe('underWay')
})
