import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'
import { type SurveyCell, tellable, toldBy } from './survey-cell.ts'

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

test('whatever is told of parts of a whole, the rest of it is nobody or at least so many', () => {
  expect([
    ...tellable(
      [
        { key: 'a', answered: 20 },
        { key: 'b', answered: 7 },
        { key: 'c', answered: 2 },
      ],
      5,
    ),
  ]).toEqual(['a'])
  const cell = fc.record({
    quarter: fc.constantFrom('2026-01-01', '2026-04-01'),
    teamId: fc.constantFrom('t1', 't2', 't3'),
    doctorId: fc.constantFrom('d1', 'd2', 'd3', 'd4', 'd5', 'd6'),
    answered: fc.integer({ min: 1, max: 12 }),
  })
  const least = 5
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 14 }), (drawn) => {
      const cells: SurveyCell[] = drawn.map((one) => ({ ...one, satisfied: 0, scores: 0 }))
      for (const quarter of ['2026-01-01', '2026-04-01']) {
        const here = cells.filter((one) => one.quarter === quarter)
        const counted = (scope: object) => toldBy(here, scope, least).answered
        const rest = (whole: number, parts: number[]) => whole - parts.reduce((all, one) => all + one, 0)
        const enough = (left: number) => left === 0 || left >= least
        const teams = ['t1', 't2', 't3']
        expect(
          enough(
            rest(
              counted({}),
              teams.map((teamId) => counted({ teamId })),
            ),
          ),
        ).toBe(true)
        for (const teamId of teams) {
          const doctors = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'].map((doctorId) =>
            counted({ teamId, doctorId }),
          )
          if (counted({ teamId }) > 0) expect(enough(rest(counted({ teamId }), doctors))).toBe(true)
          else expect(doctors.every((one) => one === 0)).toBe(true)
        }
      }
    }),
  )
})

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
  const begun = g.world.world.now()
  const nextQuarter = new Date(
    Date.UTC(begun.getUTCFullYear(), Math.floor(begun.getUTCMonth() / 3) * 3 + 3, 2),
  )
  const answer = (n: number, answers: object, headers = asked[n]?.headers ?? {}) =>
    g.post(headers, `/me/surveys/${asked[n]?.id}/answer`, { answers, comment: '谢谢' })
  expect((await answer(0, good, asked[1]?.headers)).status).toBe(404)
  expect((await answer(0, { ...good, easy: 6 })).status).toBe(400)
  for (let n = 0; n < 4; n++) expect((await answer(n, good)).status).toBe(200)
  expect((await answer(0, good)).json.code).toBe('contract.survey-answered')

  // Four are too few, and the quarter is not over: counted, not shown, not settled by.
  const few = await summary()
  expect(few.rows).toMatchObject([
    { of: 'community', asked: 6, answered: 4, counted: 0, satisfied: null, meanScore: null },
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
  expect((await summary()).rows[0]).toMatchObject({ answered: 5, satisfied: null })
  await g.world.setNow(nextQuarter)
  await g.stayIn()
  expect((await summary()).rows[0]).toMatchObject({ answered: 5, counted: 5, satisfied: 4, meanScore: 85 })
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
