import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const servicesOf = async (contractId: string) =>
  (await g.get(g.boss, `/contract-services?contractId=${contractId}&limit=200`)).json.items
const now = () => g.world.world.now().toISOString()
const reading = { name: '收缩压', value: 132, unit: 'mmHg' }
const pulse = { name: '脉搏', value: 71, unit: '次/分' }

test('a contract owes what its packages say, to whom of the team it falls, and its end lapses the rest', async () => {
  const id = await g.signed(await g.resident())
  const owed = await servicesOf(id)
  expect(owed.map((one: { itemCode: string; dueOn: string }) => [one.itemCode, one.dueOn])).toEqual([
    ['bp', '2027-02-22'],
    ['bp', '2027-05-22'],
    ['bp', '2027-08-22'],
    expect.anything(),
    expect.anything(),
  ])
  expect(owed[0].assignee.name).toBe('林晓')
  await g.post(g.boss, `/contracts/${id}/rescind`, { reason: 'residentWish' })
  const { json } = await g.get(g.boss, `/contracts/${id}`)
  expect(json.ending).toMatchObject({ reason: 'residentWish', unserved: 2 })
  expect((await servicesOf(id)).every((one: { status: string }) => one.status === 'lapsed')).toBe(true)
})

test('a service counts as done only with the evidence that its item asks for, once, and not before its time', async () => {
  const id = await g.signed(await g.resident())
  const [first, second] = await servicesOf(id)
  const bare = await g.post(g.boss, `/contract-services/${first.id}/deliver`, { at: now() })
  expect(bare).toMatchObject({ status: 422, json: { code: 'contract.evidence-missing' } })
  const body = { at: now(), measurements: [reading] }
  expect((await g.post(g.boss, `/contract-services/${second.id}/deliver`, body)).json.code).toBe(
    'contract.not-due-yet',
  )
  const done = await g.post(g.boss, `/contract-services/${first.id}/deliver`, body)
  expect(done.json).toMatchObject({ status: 'done', doneBy: '林晓', proof: { measurements: [reading] } })
  expect((await g.post(g.boss, `/contract-services/${first.id}/deliver`, body)).json.code).toBe(
    'contract.service-done-already',
  )
  const refused = await g.post(g.boss, `/contract-services/${second.id}/refuse`, { note: '本人不愿意' })
  expect(refused.json.status).toBe('refused')
  expect((await g.post(g.elsewhere, `/contract-services/${second.id}/refuse`, { note: 'x' })).status).toBe(
    404,
  )
})

test('a quota is used up once, whoever delivers at the same moment; what is given as needed is never', async () => {
  const id = await g.signed(await g.resident())
  const check = { itemCode: 'health-check', at: now(), note: '评估完成' }
  const both = await Promise.all([0, 1].map(() => g.post(g.boss, `/contracts/${id}/deliveries`, check)))
  expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  expect(both.find((one) => one.status === 409)?.json).toMatchObject({
    code: 'contract.quota-used-up',
    details: { item: '健康评估' },
  })
  const advice = { itemCode: 'advice', at: now(), note: '问药' }
  for (const _ of [0, 1])
    expect((await g.post(g.boss, `/contracts/${id}/deliveries`, advice)).status).toBe(200)
})

test('who signed long ago and was never served stands on a list, and leaves it with the first service', async () => {
  const id = await g.signed(await g.resident())
  await g.later(24 * 100)
  await g.stayIn()
  const counts = (await g.get(g.boss, '/contract-services/counts')).json
  const list = (await g.get(g.boss, '/contracts?unserved=true&limit=200')).json
  expect(list.total).toBe(counts.unserved)
  expect(list.items.map((one: { id: string }) => one.id)).toContain(id)
  expect(counts.overdue).toBeGreaterThan(0)
  await g.post(g.boss, `/contracts/${id}/deliveries`, { itemCode: 'advice', at: now() })
  expect((await g.get(g.boss, '/contract-services/counts')).json.unserved).toBe(counts.unserved - 1)
})

test('the same readings of three residents on one day are flagged and reviewed, and nothing is blocked', async () => {
  const basic = await g.publish(g.boss, { code: 'FF', since: g.world.world.now().toISOString().slice(0, 10) })
  for (let i = 0; i < 3; i++) {
    const residentId = await g.resident()
    const id = await g.signed(residentId, { members: [{ residentId, packageIds: [basic] }] })
    const body = { itemCode: 'bp', at: now(), measurements: [reading, pulse] }
    expect((await g.post(g.boss, `/contracts/${id}/deliveries`, body)).status).toBe(200)
  }
  const open = (await g.get(g.boss, '/contract-flags')).json
  expect(open.items).toMatchObject([
    { kind: 'sameReadings', details: { residents: 3 }, practitioner: '林晓' },
  ])
  const review = { verdict: 'dismissed', note: '同一家人,已核对' }
  expect((await g.post(g.boss, `/contract-flags/${open.items[0].id}/review`, review)).status).toBe(200)
  expect((await g.get(g.boss, '/contract-flags')).json.total).toBe(0)
})
