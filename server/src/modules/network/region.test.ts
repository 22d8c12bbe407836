import { isWithin } from '@tongmai/api/network/coverage'
import { describe, expect, test } from 'vitest'
import { sites } from './demo/institution.ts'
import { units, upperDivisions, villages } from './demo/place.ts'
import { pointIn, shapeOf } from './demo/shapes.ts'

describe('the demonstration region', () => {
  type Ring = readonly (readonly [number, number])[]
  const ringOf = (code: string): Ring => {
    const shape = shapeOf(code)
    if (shape?.type !== 'Polygon') throw new Error(`${code} is not one polygon`)
    expect(shape.coordinates).toHaveLength(1)
    return shape.coordinates[0] as Ring
  }
  const area = (ring: Ring) =>
    ring.slice(1).reduce((sum, [x, y], i) => sum + ((ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0)) / 2, 0)
  const edgesOf = (ring: Ring) => ring.slice(1).map((to, i) => [String(ring[i]), String(to)] as const)

  test('every division is one closed polygon, anticlockwise, without crossing itself', () => {
    for (const { code } of [...units, ...villages]) {
      const ring = ringOf(code)
      expect(ring[0]).toEqual(ring.at(-1))
      expect(area(ring)).toBeGreaterThan(0)
      expect(new Set(ring.slice(1).map(String)).size).toBe(ring.length - 1)
    }
  })

  test.each([
    ['the streets and townships', units.map((u) => u.code), '990100'],
    ['the districts', ['990102', '990103', '990104', '990105', '990121'], '990100'],
    ['the villages', villages.map((v) => v.code), '990121'],
  ])(
    '%s fill what they are part of, sharing each border exactly, without gap or overlap',
    (_, parts, whole) => {
      const seen = new Map<string, number>()
      for (const [from, to] of parts.flatMap((code) => edgesOf(ringOf(code)))) {
        seen.set(`${from} ${to}`, (seen.get(`${from} ${to}`) ?? 0) + 1)
      }
      expect([...seen.values()].every((times) => times === 1)).toBe(true)
      const outer = [...seen.keys()].filter((edge) => !seen.has(edge.split(' ').reverse().join(' ')))
      expect(outer.toSorted()).toEqual(
        edgesOf(ringOf(whole))
          .map((edge) => edge.join(' '))
          .toSorted(),
      )
      const sum = parts.reduce((total, code) => total + area(ringOf(code)), 0)
      expect(sum).toBeCloseTo(area(ringOf(whole)), 9)
    },
  )

  test('its codes lie in provinces that GB/T 2260 does not assign, each below its parent', () => {
    for (const [code, , parent] of upperDivisions) {
      expect(code).toMatch(/^9[89]\d{4}$/)
      if (parent) expect(isWithin(code, parent)).toBe(true)
    }
    expect(new Set([...units, ...villages].map((one) => one.code)).size).toBe(units.length + villages.length)
  })

  test('every institution has its own code and stands inside its own division', () => {
    expect(new Set(sites.map((site) => site.code)).size).toBe(sites.length)
    expect(sites.filter((site) => site.code.startsWith('CHC'))).toHaveLength(10)
    for (const site of sites.filter((one) => one.division.startsWith('9901'))) {
      const { longitude, latitude } = pointIn(site.division)
      expect(contains(ringOf(site.division), longitude, latitude), site.code).toBe(true)
    }
  })

  /** Ray casting, over a ring whose first point is repeated at the end. */
  function contains(ring: Ring, x: number, y: number): boolean {
    let inside = false
    for (const [i, [x2, y2]] of ring.entries()) {
      const [x1, y1] = ring[i - 1] ?? [x2, y2]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
    return inside
  }
})
