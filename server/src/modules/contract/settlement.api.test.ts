import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { storedProblems } from '../../../test/stored-problems.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

interface Entry {
  account: string
  fund: string
  fen: number
  practitionerId: string | null
}
const settlements = async () => (await g.get(g.boss, '/contract-settlements')).json.items
const read = async (id: string) => (await g.get(g.boss, `/contract-settlements/${id}`)).json

test('a year is calculated, reviewed, closed; a closed one is never changed again', async () => {
  await g.signed(await g.resident())
  await g.signed(await g.resident())
  const year =
    (
      await g.world.sql<{ y: number }>(
        `select extract(year from min(starts_on))::int as y from contract.contract`,
      )
    )[0]?.y ?? 0
  expect((await g.post(g.boss, '/contract-settlements', { year: year + 1 })).json.code).toBe(
    'contract.settlement-year-ahead',
  )
  expect((await g.post(g.boss, '/contract-settlements', { year })).json).toEqual({ calculated: 1, kept: 0 })
  const [{ id }] = await settlements()
  expect((await g.post(g.boss, `/contract-settlements/${id}/close`)).json.code).toBe(
    'contract.cannot-close-settlement',
  )
  await g.post(g.boss, `/contract-settlements/${id}/review`)
  expect((await g.post(g.boss, `/contract-settlements/${id}/close`)).json.code).toBe(
    'contract.settlement-year-open',
  )

  await g.world.setNow(new Date(`${year + 1}-01-20T02:00:00Z`))
  expect((await g.post(g.boss, '/contract-settlements', { year })).json).toEqual({ calculated: 0, kept: 1 })
  await g.post(g.boss, `/contract-settlements/${id}/reopen`)
  expect((await g.post(g.boss, '/contract-settlements', { year })).json).toEqual({ calculated: 1, kept: 0 })
  const made = await read(id)
  const entries: Entry[] = made.entries
  expect(entries.reduce((sum, one) => sum + one.fen, 0)).toBe(0)
  expect(made).toMatchObject({
    status: 'calculated',
    contracts: 2,
    inputs: { satisfaction: null, control: null },
  })
  expect(made.feeFen).toBe(
    -entries.filter((one) => one.account === 'source').reduce((sum, one) => sum + one.fen, 0),
  )

  const statements = (await g.get(g.boss, `/contract-statements?year=${year}`)).json.items
  const given = statements.reduce((sum: number, one: { fen: number }) => sum + one.fen, 0)
  expect(given).toBe(made.sharedFen)
  const own = (await g.get(g.boss, '/contract-statements/mine')).json.items
  expect(own).toMatchObject([
    { settlementId: id, practitionerId: g.gpDoctor.id, teamPoints: 110, points: 60 },
  ])
  expect((await g.get(g.boss, `/contract-statements/mine/${id}`)).status).toBe(200)
  expect((await g.get(g.elsewhere, `/contract-statements/mine/${id}`)).status).toBe(404)

  await g.post(g.boss, `/contract-settlements/${id}/review`)
  expect((await g.post(g.boss, `/contract-settlements/${id}/close`)).json.status).toBe('closed')
  const closed = await read(id)
  await g.world.sql(`update contract.contract set fee = '[{"source":"personal","fen":999999}]'`)
  expect((await g.post(g.boss, '/contract-settlements', { year })).json).toEqual({ calculated: 0, kept: 1 })
  expect((await g.post(g.boss, `/contract-settlements/${id}/reopen`)).json.code).toBe(
    'contract.cannot-reopen-settlement',
  )
  // Not even the system changes it.
  await g.world.world.asSystem(g.centre, (ctx) =>
    ctx.client.query('delete from contract.settlement_entry where settlement_id = $1', [id]),
  )
  expect(await read(id)).toEqual(closed)
  expect((await g.get(g.elsewhere, `/contract-settlements/${id}`)).status).toBe(404)
})

test('the years of one contract add up to its fee, to the fen', async () => {
  const id = await g.signed(await g.resident(), { months: 24 })
  const [{ from = 0 } = {}] = await g.world.sql<{ from: number }>(
    `update contract.contract set fee = '[{"source":"insurance","fen":10001}]', team_id = $2 where id = $1
      returning extract(year from starts_on)::int as from`,
    [id, g.team],
  )
  await g.world.sql(`delete from contract.contract where id <> $1`, [id])
  let paid = 0
  for (const year of [from, from + 1, from + 2]) {
    await g.world.setNow(new Date(`${year + 1}-01-20T02:00:00Z`))
    await g.post(g.boss, '/contract-settlements', { year })
    const [line] = (await g.get(g.boss, `/contract-settlements?year=${year}`)).json.items
    paid += line?.feeFen ?? 0
  }
  expect(paid).toBe(10001)
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
