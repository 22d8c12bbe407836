import type { IndicatorValue } from '@tongmai/api/contract/indicator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { projectMany } from '../../kernel/resource/project.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const span = 'from=2026-01-01&to=2026-12-31'
const read = async (headers: Readonly<Record<string, string>>, query = span) => {
  const { json } = await g.get(headers, `/contract-indicators?${query}`)
  return Object.fromEntries(json.values.map((one: IndicatorValue) => [one.code, one])) as Record<
    string,
    IndicatorValue
  >
}

test('both counts of an indicator open their people; what nobody knows is said to be unknown', async () => {
  const nobody = await read(g.boss)
  const more = (code: string, n: number) => (nobody[code]?.should ?? 0) + n
  const [signed, registered] = [
    await g.resident({ birthDate: '1950-01-01' }),
    await g.resident({ birthDate: '1949-01-01' }),
  ]
  const contractId = await g.signed(signed)
  const visited = (institutionId: string) => ({
    resource: {
      ...{ resourceType: 'Encounter', id: crypto.randomUUID(), status: 'finished', class: { code: 'AMB' } },
      ...{ subject: { reference: `Patient/${signed}` }, period: { start: today } },
    },
    ...{ residentId: signed, institutionId },
  })
  const [{ today = '' } = {}] = await g.world.sql<{ today: string }>(
    `select starts_on::text as today from contract.contract where id = $1`,
    [contractId],
  )
  await g.world.world.asSystem(g.centre, (ctx) => projectMany(ctx, [visited(g.centre), visited(g.third)]))

  const before = await read(g.boss)
  expect(before.coverage).toMatchObject({ have: null, unknown: 'noPopulation' })
  expect(before.satisfaction).toMatchObject({ unknown: 'nobodyAsked' })
  expect(before.registered).toMatchObject({
    have: 1,
    should: more('registered', 2),
    opens: { have: true, should: true },
  })
  expect(before.keyGroup).toMatchObject({ have: 1, should: more('keyGroup', 2) })
  expect(before.primaryVisit).toMatchObject({ have: 2, should: 2 })
  expect(before.inCombination).toMatchObject({ have: 1, should: 2 })

  const missing = await g.get(g.boss, `/contract-indicators/keyGroup/people?${span}&half=missing&limit=200`)
  expect(missing.json.total).toBe(more('keyGroup', 1))
  expect(
    missing.json.items.find((one: { resident: { id: string } }) => one.resident.id === registered),
  ).toMatchObject({
    detail: 'elderly',
    counts: false,
  })
  const have = await g.get(g.boss, `/contract-indicators/inCombination/people?${span}&half=have`)
  expect(have.json).toMatchObject({ total: 1, items: [{ contractId, on: today, counts: true }] })
  const seen = await g.world.sql(
    `select from kernel.access where resident_id = $1 and thing = 'contract-indicator:keyGroup'`,
    [registered],
  )
  expect(seen.length).toBe(1)

  const said = { people: 500, asOf: today, source: '街道统计公报' }
  expect((await g.post(g.boss, '/contract-population', said)).json).toMatchObject(said)
  expect((await g.post(g.boss, '/contract-population', { ...said, asOf: '2027-06-01' })).status).toBe(422)
  expect((await read(g.boss)).coverage).toMatchObject({
    have: 1,
    should: 500,
    opens: { have: true, should: false },
  })
})

test('a team and a doctor are counted alone, another community sees nothing of it, the leader sees counts of all', async () => {
  const teams = (await g.get(g.boss, `/contract-indicators/by?by=team&${span}`)).json
  expect(teams.map((one: { id: string }) => one.id)).toEqual([g.team])
  const doctors = (await g.get(g.boss, `/contract-indicators/by?by=doctor&${span}`)).json
  const paid = (one: { values: IndicatorValue[] }) => one.values.find(({ code }) => code === 'paid')?.should
  expect(doctors.map(paid)).toEqual([1, 0])
  expect((await read(g.boss, `${span}&doctorId=${g.otherGp.id}`)).paid).toMatchObject({ should: 0 })
  expect((await read(g.elsewhere)).paid).toMatchObject({ should: 0 })
  expect((await g.get(g.boss, `/contract-indicators/communities?${span}`)).status).toBe(403)
  expect((await g.get(g.boss, '/contract-indicators?from=2026-12-31&to=2026-01-01')).status).toBe(400)

  await g.world.sql(`update network.institution set kind = 'healthAuthority' where id = $1`, [g.third])
  const { headers } = await givenStaff(g.world, g.third, ['health-commission'])
  const rows = (await g.get(headers, `/contract-indicators/communities?${span}`)).json
  expect(rows.map(paid)).toContain(1)
  expect(rows[0].values.every((one: IndicatorValue) => !one.opens.have)).toBe(true)
})
