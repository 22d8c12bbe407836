import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

test('the alliance office changes a rule from today on with its document, or stops it; readings follow it at once', async () => {
  const { headers: office } = await givenStaff(g.world, g.hospital, ['alliance-office'], {})
  const rules = async () =>
    (await g.get(g.boss, '/alert-rules')).json as { code: string; most: number | null }[]
  const rule = (await rules()).find((one) => one.code === 'systolic-critical')
  expect(rule).toMatchObject({ way: 'threshold', most: 179.9, stopped: false })
  const { code: _, kind: __, way: ___, part: ____, ...terms } = rule as Record<string, unknown>
  const now = g.world.world.now()
  const since = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const change = (more: object, headers = office) =>
    g.post(headers, '/alert-rules/systolic-critical', {
      ...terms,
      since,
      source: '本市高血压防治方案',
      ...more,
    })
  expect((await change({ most: 169.9 }, g.boss)).status).toBe(403)
  expect((await change({ since: '2020-01-01' })).json.code).toBe('careplan.rule-since-passed')
  expect((await change({ most: null })).json.code).toBe('careplan.rule-incomplete')
  expect((await g.post(office, '/alert-rules/none', { ...terms, since, source: 'x' })).status).toBe(404)

  const one = await g.resident()
  await g.signed(one)
  const { headers: resident } = await givenResidentAccount(g.world, one)
  const measure = (value: number, minute: number) =>
    g.post(resident, '/me/readings', {
      ...{ residentId: one, kind: 'bloodPressure', value, value2: 80 },
      at: new Date(now.getTime() - minute * 60_000).toISOString(),
    })
  const alerts = async () => (await g.get(g.boss, '/alerts?status=open')).json.total as number
  expect((await measure(172, 3)).status).toBe(200)
  expect(await alerts()).toBe(0)
  expect((await change({ most: 169.9, name: '收缩压 170 或以上' })).status).toBe(200)
  await measure(172, 2)
  expect(await alerts()).toBe(1)
  const [alert] = (await g.get(g.boss, '/alerts?status=open')).json.items
  expect(alert).toMatchObject({ name: '收缩压 170 或以上' })
  expect((await change({ stopped: true })).status).toBe(200)
  expect((await rules()).find((each) => each.code === 'systolic-critical')).toMatchObject({ stopped: true })
})
