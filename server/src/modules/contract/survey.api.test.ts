import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const day = (days = 0) =>
  new Date(g.world.world.now().getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
const deliver = (contractId: string) =>
  g.post(g.boss, `/contracts/${contractId}/deliveries`, {
    ...{ itemCode: 'advice', at: g.world.world.now().toISOString(), note: '已答复' },
  })
const good = { easy: 5, attitude: 5, clear: 4, helped: 5 }
const summary = async () =>
  (await g.get(g.boss, `/contract-surveys?from=${day(-365)}&to=${day()}`)).json as {
    least: number
    rows: {
      of: string
      asked: number
      answered: number
      satisfied: number | null
      meanScore: number | null
    }[]
  }

test('residents are asked after a service, once; their answers count without names, and only among others, and reach the settlement', async () => {
  const asked: { headers: Record<string, string>; id: string }[] = []
  for (let n = 0; n < 6; n++) {
    const one = await g.resident()
    const contractId = await g.signed(one)
    expect((await deliver(contractId)).status).toBe(200)
    await deliver(contractId)
    const { headers } = await givenResidentAccount(g.world, one)
    const { items } = (await g.get(headers, '/me/surveys')).json
    expect(items).toMatchObject([{ about: 'service', subject: '健康咨询', residentId: one }])
    asked.push({ headers, id: items[0].id })
  }
  const answer = (n: number, answers: object, headers = asked[n]?.headers ?? {}) =>
    g.post(headers, `/me/surveys/${asked[n]?.id}/answer`, { answers, comment: '谢谢' })
  expect((await answer(0, good, asked[1]?.headers)).status).toBe(404)
  expect((await answer(0, { ...good, easy: 6 })).status).toBe(400)
  for (let n = 0; n < 4; n++) expect((await answer(n, good)).status).toBe(200)
  expect((await answer(0, good)).json.code).toBe('contract.survey-answered')

  // Four are too few: counted, not shown, not settled by.
  const few = await summary()
  expect(few.rows).toMatchObject([
    { of: 'community', asked: 6, answered: 4, satisfied: null, meanScore: null },
    { of: 'team', answered: 4, satisfied: null },
    { of: 'doctor', answered: 4, satisfied: null },
  ])
  const answers = async () =>
    (await g.get(g.boss, `/contract-surveys/answers?from=${day(-365)}&to=${day()}&limit=50`)).json
  expect(await answers()).toEqual({ items: [], total: 0 })
  const year = Number(day().slice(0, 4))
  const settled = async () => {
    await g.post(g.boss, '/contract-settlements', { year })
    const { items } = (await g.get(g.boss, `/contract-settlements?year=${year}&limit=20`)).json
    const line = items.find((one: { teamId: string }) => one.teamId === g.team)
    return (await g.get(g.boss, `/contract-settlements/${line.id}`)).json.inputs
  }
  expect(await settled()).toMatchObject({
    ...{ satisfaction: null, surveyed: { asked: 6, answered: 4, least: 5 } },
  })

  await answer(4, { easy: 2, attitude: 3, clear: 2, helped: 2 })
  expect((await summary()).rows[0]).toMatchObject({ answered: 5, satisfied: 4, meanScore: 85 })
  const { items } = await answers()
  expect(items[0]).toEqual({
    ...{ about: 'service', score: 45, comment: '谢谢' },
    answers: { easy: 2, attitude: 3, clear: 2, helped: 2 },
  })
  expect(await settled()).toMatchObject({ satisfaction: { have: 4, should: 5 } })
  expect(
    (await g.get(g.elsewhere, `/contract-surveys?from=${day(-365)}&to=${day()}`)).json.rows,
  ).toMatchObject([{ asked: 0 }])
})

test('whoever has been under contract for a year is asked about it once', async () => {
  const one = await g.resident()
  await g.signed(one)
  const { headers } = await givenResidentAccount(g.world, one)
  await g.world.setNow(new Date(g.world.world.now().getTime() + 335 * 86_400_000))
  await g.stayIn()
  await g.world.runJob('contract.turn')
  await g.world.runJob('contract.turn')
  const { items } = (await g.get(headers, '/me/surveys')).json
  expect(items).toMatchObject([{ about: 'year', subject: null }])
})
