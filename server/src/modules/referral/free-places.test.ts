import { expect, test } from 'vitest'
import { layPlaces, type PlaceFact } from './free-places.ts'

const NOW = Date.UTC(2026, 10, 25, 1)
const HOUR = 3_600_000
const slot = (placeId: string, more: Partial<PlaceFact>): PlaceFact => ({
  ...{ placeId, departmentId: 'd', kind: 'clinic', at: NOW + 5 * HOUR, source: 'public', releasedAt: null },
  ...{ free: 1, confirmedAt: null },
  ...more,
})
const ask = (now: number, contracted = false) => ({ kind: 'clinic' as const, now, contracted })

test('what is free is remembered only until a slot begins or a share is released', () => {
  const places = layPlaces(new Map([['d', 0]]))
  places.set([
    slot('soon', { at: NOW + HOUR }),
    slot('released', { source: 'community', releasedAt: NOW + 2 * HOUR }),
    slot('contracted', { source: 'contracted', at: NOW + 6 * HOUR }),
  ])
  const free = (now: number, contracted?: boolean) => places.freeOf(0, ask(now, contracted)).free
  expect([free(NOW), free(NOW), free(NOW, true)]).toEqual([1, 1, 2])
  expect(free(NOW + HOUR)).toBe(1)
  expect(free(NOW + HOUR + 1)).toBe(0)
  expect([free(NOW + 2 * HOUR - 1), free(NOW + 2 * HOUR)]).toEqual([0, 1])
  expect(places.freeOf(0, ask(NOW + 2 * HOUR)).nextAt).toBe(NOW + 5 * HOUR)
  // A clock that was set back is not given what holds later.
  expect(free(NOW)).toBe(1)
})

test('a place that is taken, or comes free, is seen at the next question', () => {
  const places = layPlaces(new Map([['d', 0]]))
  places.set([slot('a', {}), slot('b', { free: 2 })])
  expect(places.freeOf(0, ask(NOW)).free).toBe(3)
  places.change(['b'], [])
  expect(places.freeOf(0, ask(NOW)).free).toBe(1)
  places.change(['c'], [slot('c', { free: 4, at: NOW + HOUR })])
  expect(places.freeOf(0, ask(NOW))).toMatchObject({ free: 5, nextAt: NOW + HOUR })
  places.change(['c'], [slot('c', { departmentId: 'elsewhere' })])
  expect(places.freeOf(0, ask(NOW)).free).toBe(1)
})

test('what was laid for a department takes the place of all that was known of it, and of nothing else', () => {
  const places = layPlaces(
    new Map([
      ['d', 0],
      ['e', 1],
    ]),
  )
  places.set([slot('a', {}), slot('b', { free: 2 }), slot('c', { departmentId: 'e' })])
  places.changeAt(['d'], [slot('b', { free: 1 }), slot('x', { free: 4 })])
  expect([places.freeOf(0, ask(NOW)).free, places.freeOf(1, ask(NOW)).free]).toEqual([5, 1])
  places.change(['a', 'x'], [])
  expect(places.freeOf(0, ask(NOW)).free).toBe(1)
})
