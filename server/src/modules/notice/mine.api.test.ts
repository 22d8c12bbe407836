import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const inbox = async (headers: Readonly<Record<string, string>>, query = '') =>
  (await g.get(headers, `/me/notices?limit=50${query}`)).json as {
    total: number
    items: { id: string; code: string; thing: string; readAt: string | null; data: object }[]
  }

test('a resident is told what others did for them, once, reads it, and is not told what they did themselves', async () => {
  const one = await g.resident()
  const { headers } = await givenResidentAccount(g.world, one)
  const other = await givenResidentAccount(g.world, await g.resident())
  const contractId = await g.signed(one)
  const visit = await g.post(g.boss, `/contracts/${contractId}/visits`, { on: '2036-01-01', reason: '查床' })
  await g.world.deliver()
  const told = await inbox(headers)
  const line = told.items.find((each) => each.code === 'contract.visit-planned')
  expect(line).toMatchObject({
    thing: `home-visit:${visit.json.id}`,
    readAt: null,
    data: { on: '2036-01-01' },
  })
  // The reason of the visit may be clinical.
  expect(JSON.stringify(told.items)).not.toContain('查床')
  expect((await inbox(other.headers)).total).toBe(0)
  expect((await g.post(other.headers, `/me/notices/${line?.id}/read`)).status).toBe(404)

  expect((await g.get(headers, '/me/notices/unread')).json.unread).toBe(told.total)
  expect((await g.post(headers, `/me/notices/${line?.id}/read`)).json).toEqual({ read: 1 })
  expect((await g.post(headers, `/me/notices/${line?.id}/read`)).json).toEqual({ read: 0 })
  await g.post(headers, '/me/notices/read')
  expect((await inbox(headers, '&unread=true')).total).toBe(0)

  expect(
    (await g.post(headers, `/me/contracts/${contractId}/rescind`, { reason: 'residentWish' })).status,
  ).toBe(200)
  await g.world.deliver()
  const codes = (await inbox(headers, '&unread=true')).items.map((each) => each.code)
  expect(codes).not.toContain('contract.ended')
})
