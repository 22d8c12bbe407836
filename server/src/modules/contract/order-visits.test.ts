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

test('the least on the road is not given up for less waiting', async () => {
  const ways = [
    [1, 4, 5, 4, 2, 5],
    [6, 1, 2, 2, 4, 2],
    [20, 10, 1, 11, 13, 17],
    [1, 1, 1, 1, 3, 1],
    [1, 1, 6, 1, 1, 6],
    [11, 5, 10, 6, 9, 1],
  ]
  const stops = [
    stop('0', { minutes: 1 }),
    stop('1', { minutes: 1, from: 735 }),
    stop('2', { minutes: 32 }),
    stop('3', { minutes: 1, from: 520 }),
    stop('4', { minutes: 1 }),
  ]
  const index = (id: string) => (id === BASE ? 5 : Number(id))
  const day: Day = { stops, leaves: 510, travel: (a, b) => ways[index(a)]?.[index(b)] ?? 1 }
  // A detour of a minute saves the others four hours of waiting each, and is still a detour.
  expect((await orderVisits(day)).travelMinutes).toBe(26)
})

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
