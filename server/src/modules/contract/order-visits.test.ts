import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BASE, costOf, type Day, orderVisits, type Stop, walk } from './order-visits.ts'

const stop = (id: string, more: Partial<Stop> = {}): Stop => ({
  id,
  minutes: 20,
  from: null,
  until: null,
  ...more,
})
/** Homes along one street, a minute's drive a step; the centre lies at 0. */
const street = (at: Readonly<Record<string, number>>) => (from: string, to: string) =>
  Math.abs((at[from] ?? 0) - (at[to] ?? 0)) || (from === to ? 0 : 1)

test('homes are visited along the way, unless a window says otherwise; who comes early waits', async () => {
  const travel = street({ near: 5, middle: 10, far: 30 })
  const stops = [stop('far'), stop('near'), stop('middle')]
  const free = await orderVisits({ stops, leaves: 510, travel })
  expect(free).toMatchObject({ travelMinutes: 60, late: 0 })
  const fixed = [stop('far', { until: 545 }), stop('near', { from: 600 }), stop('middle')]
  const bound = await orderVisits({ stops: fixed, leaves: 510, travel })
  expect(bound.stops[0]?.id).toBe('far')
  expect(bound.late).toBe(0)
  expect(bound.stops.find((one) => one.id === 'near')?.arrives).toBeGreaterThanOrEqual(600)
  expect(await orderVisits({ stops: [], leaves: 510, travel })).toMatchObject({ stops: [], travelMinutes: 0 })
})

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, i) =>
        permutations([...all.slice(0, i), ...all.slice(i + 1)]).map((rest) => [one, ...rest]),
      )

test('no order is cheaper than the one found', async () => {
  const minutes = fc.integer({ min: 1, max: 60 })
  const window = fc.option(fc.integer({ min: 520, max: 900 }))
  const drawn = fc.array(fc.record({ minutes, from: window, until: window }), { minLength: 2, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(drawn, fc.array(minutes, { minLength: 36, maxLength: 36 }), async (some, ways) => {
      const stops = some.map((one, i) =>
        stop(String(i), {
          ...one,
          until: one.until !== null && one.until > (one.from ?? 0) ? one.until : null,
        }),
      )
      const index = (id: string) => (id === BASE ? 5 : Number(id))
      const day: Day = { stops, leaves: 510, travel: (a, b) => ways[index(a) * 6 + index(b)] ?? 1 }
      const best = Math.min(...permutations(stops).map((order) => costOf(walk(day, order))))
      expect(costOf(await orderVisits(day))).toBeLessThanOrEqual(best + 0.5)
    }),
    { numRuns: 12 },
  )
})
