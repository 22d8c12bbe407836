import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACCESS_KM_MAX, airKm, layRoadMap } from './road-map.ts'
import { type Arc, layGraph, minutesFrom, turned } from './shortest-path.ts'

/** All pairs by R. W. Floyd, Algorithm 97 (1962): slow and plain, to compare with. */
function everyPair(size: number, arcs: readonly Arc[]): number[][] {
  const table = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)),
  )
  const at = (i: number, j: number) => table[i]?.[j] ?? Number.POSITIVE_INFINITY
  const set = (i: number, j: number, minutes: number) => {
    const row = table[i]
    if (row) row[j] = Math.min(at(i, j), minutes)
  }
  for (const { from, to, minutes } of arcs) set(from, to, minutes)
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) set(i, j, at(i, k) + at(k, j))
  return table
}

describe('the shortest way', () => {
  test('is the shortest of all ways, there and back, in every network', () => {
    const network = fc.integer({ min: 1, max: 12 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        arcs: fc.array(
          fc.record({
            from: fc.nat(size - 1),
            to: fc.nat(size - 1),
            minutes: fc.integer({ min: 0, max: 90 }),
          }),
          { maxLength: 40 },
        ),
      }),
    )
    fc.assert(
      fc.property(network, ({ size, arcs }) => {
        const pairs = everyPair(size, arcs)
        const graph = layGraph(size, arcs)
        const back = layGraph(size, turned(arcs))
        for (let source = 0; source < size; source++) {
          expect([...minutesFrom(graph, source)]).toEqual(pairs[source])
          expect([...minutesFrom(back, source)]).toEqual(pairs.map((row) => row[source]))
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the road map', () => {
  // A hospital just across a river, and one further off on this side; the bridge lies far downstream.
  const here = { code: 'here', longitude: 124.5, latitude: 30.3 }
  const across = { code: 'across', longitude: 124.53, latitude: 30.3 }
  const bridge = { code: 'bridge', longitude: 124.51, latitude: 30.1 }
  const inland = { code: 'inland', longitude: 124.42, latitude: 30.3 }
  const road = (fromCode: string, toCode: string, minutes: number, oneWay = false) => ({
    fromCode,
    toCode,
    minutes,
    oneWay,
  })
  const junctions = [here, across, bridge, inland]
  const roads = [road('here', 'bridge', 25), road('bridge', 'across', 24), road('here', 'inland', 11)]

  test('the nearest by air is not the nearest by road where a river lies between', () => {
    const map = layRoadMap(junctions, roads)
    expect(airKm(here, across)).toBeLessThan(airKm(here, inland))
    const [toAcross = 0, toInland = 0] = map.from(here, [across, inland])
    expect([toAcross, toInland].map(Math.round)).toEqual([49, 11])
    expect(map.to([across, inland], here).map(Math.round)).toEqual([49, 11])
  })

  test('a one-way road is driven one way only, and what no road reaches is not reached', () => {
    const map = layRoadMap(junctions, [road('here', 'inland', 11, true), road('here', 'nowhere', 1)])
    expect(map.from(here, [inland, across])).toEqual([11, Number.POSITIVE_INFINITY])
    expect(map.from(inland, [here])).toEqual([Number.POSITIVE_INFINITY])
    expect(map.to([here], inland)).toEqual([11])
  })

  test('a place beside the road adds the way to its junction; one too far off is not on the network', () => {
    const map = layRoadMap(junctions, roads)
    const village = { longitude: inland.longitude - 0.02, latitude: inland.latitude }
    const [minutes = 0] = map.from(village, [here])
    expect(minutes).toBeCloseTo(11 + (airKm(village, inland) / 25) * 60, 6)
    const far = { longitude: 120, latitude: 30.3 }
    expect(airKm(far, inland)).toBeGreaterThan(ACCESS_KM_MAX)
    expect(map.from(far, [here])).toEqual([Number.POSITIVE_INFINITY])
    expect(map.from(here, [far])).toEqual([Number.POSITIVE_INFINITY])
  })
})
