import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const start = Date.parse('2026-11-20T00:00:00Z')
const one = fc.record({
  seq: fc.nat(60),
  kind: fc.constantFrom('heartRate', 'oxygen', 'bloodPressure'),
  value: fc.integer({ min: 90, max: 100 }),
})
const deliveries = fc.array(fc.array(one, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 })

test('whatever comes twice, late or in any order: each is kept once, and hours and days are the sums of what is kept', async () => {
  await g.world.setNow(new Date('2026-11-25T08:00:00Z'))
  await g.stayIn()
  const residentId = await g.resident()
  let serial = 0
  await fc.assert(
    fc.asyncProperty(deliveries, async (batches) => {
      const body = { serial: `ANY-${serial++}`, model: '手环', kinds: ['heartRate'] }
      const { id, token } = (await g.post(g.boss, '/devices', body)).json
      await g.post(g.boss, `/devices/${id}/lend`, { residentId, agreement: '借用', signer: '王小明' })
      await g.world.sql(`update careplan.loan set since = '2026-11-01' where device_id = $1`, [id])
      // The same sequence number is the same moment, days apart from the next: parts, hours and days are crossed.
      const readings = batches.map((batch) =>
        batch.map(({ seq, kind, value }) => ({
          ...{ seq, kind, value, value2: 60 },
          at: new Date(start + seq * 7_000_000).toISOString(),
        })),
      )
      let accepted = 0
      for (const batch of readings)
        accepted += (await g.ask('POST', '/device-readings', { body: { token, readings: batch } })).json
          .accepted
      const distinct = new Set(readings.flat().map(({ seq }) => seq))
      expect(accepted).toBe(distinct.size)
    }),
    { numRuns: 12 },
  )
  const wrong = await g.world.sql(
    `with raw as (select kind, date_trunc('hour', at) as hour, (at at time zone 'Asia/Shanghai')::date as day, value, value2
        from careplan.reading where resident_id = $1),
      h as (select kind, hour, count(*)::int as n, min(value) as least, max(value) as most, sum(value)::float8 as total,
        min(value2) as least2, max(value2) as most2, sum(value2)::float8 as total2 from raw group by 1, 2),
      d as (select kind, day, count(*)::int as n, min(value) as least, max(value) as most, sum(value)::float8 as total,
        min(value2) as least2, max(value2) as most2, sum(value2)::float8 as total2 from raw group by 1, 2)
    select 'hour' from (select kind, hour, n, least, most, total, least2, most2, total2 from careplan.reading_hour where resident_id = $1 except table h) x
    union all select 'hour' from (table h except select kind, hour, n, least, most, total, least2, most2, total2 from careplan.reading_hour where resident_id = $1) x
    union all select 'day' from (select kind, day, n, least, most, total, least2, most2, total2 from careplan.reading_day where resident_id = $1 except table d) x
    union all select 'day' from (table d except select kind, day, n, least, most, total, least2, most2, total2 from careplan.reading_day where resident_id = $1) x`,
    [residentId],
  )
  expect(wrong).toEqual([])
})
