import { stem } from '@tongmai/api/network/coverage'
import type { Shape } from '@tongmai/api/network/grid'
import { demoRandom } from '../../../kernel/demo.ts'
import { type Place, units, villages } from './place.ts'

const COLUMNS = 50
const ROWS = 32
const WEST = 124
const NORTH = 30.6
const WIDTH = 0.02
const HEIGHT = 0.0175
const SEED = 990_100

type Point = readonly [number, number]
type Cell = {
  readonly corners: readonly string[]
  readonly middle: Point
  readonly unit: string
  readonly village: string
}

/** Moves a lattice point a little; each point is moved once, so that neighbours share it exactly. */
function jitter(): (key: string, at: Point, much: number) => void {
  const random = demoRandom(SEED)
  return (key, [x, y], much) => {
    points.set(key, [
      Math.round((WEST + (x + (random() - 0.5) * much) * WIDTH) * 1e5) / 1e5,
      Math.round((NORTH - (y + (random() - 0.5) * much) * HEIGHT) * 1e5) / 1e5,
    ])
  }
}

const points = new Map<string, Point>()

/** Keys of the lattice: half steps are the middles of edges, so that borders are not straight. */
function layPoints(): void {
  const move = jitter()
  for (let y = 0; y <= ROWS; y += 0.5) {
    for (let x = 0; x <= COLUMNS; x += 0.5) {
      if (Number.isInteger(x) || Number.isInteger(y)) move(`${x},${y}`, [x, y], 0.55)
    }
  }
}

/** The outline of the region: an egg with bays. */
function isInside(x: number, y: number): boolean {
  const [dx, dy] = [(x - 25) / 22, (y - 16) / 14.5]
  const angle = Math.atan2(dy, dx)
  return Math.hypot(dx, dy) < 0.93 + 0.05 * Math.sin(3 * angle + 1) + 0.04 * Math.sin(7 * angle)
}

function nearest(places: readonly Place[], [x, y]: Point): string {
  let best: Place | undefined
  let distance = Number.POSITIVE_INFINITY
  for (const place of places) {
    const d = Math.hypot(place.seed[0] - x, place.seed[1] - y)
    if (d < distance) [best, distance] = [place, d]
  }
  return best?.code ?? ''
}

function layCells(): Cell[] {
  const cells: Cell[] = []
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const middle: Point = [column + 0.5, row + 0.5]
      if (!isInside(...middle)) continue
      const [l, t, r, b] = [column, row, column + 1, row + 1]
      // Anticlockwise as seen on the map, where rows go south.
      const corners = [
        `${l},${t}`,
        `${l},${t + 0.5}`,
        `${l},${b}`,
        `${l + 0.5},${b}`,
        `${r},${b}`,
        `${r},${t + 0.5}`,
        `${r},${t}`,
        `${l + 0.5},${t}`,
      ]
      const unit = nearest(units, middle)
      const within = villages.filter((village) => village.code.startsWith(unit))
      cells.push({ corners, middle, unit, village: nearest(within, middle) })
    }
  }
  return cells
}

let laid: Cell[] | undefined

/** The lattice, laid when it is first needed: a start without demonstration does not pay for it. */
function allCells(): Cell[] {
  if (!laid) {
    layPoints()
    laid = layCells()
  }
  return laid
}

/** The rings around a set of cells: edges between two of them cancel, the rest is walked along. */
function ringsAround(chosen: readonly Cell[]): Point[][] {
  const edges = new Map<string, string[]>()
  const taken = new Set<string>()
  for (const { corners } of chosen) {
    for (const [i, from] of corners.entries()) taken.add(`${from} ${corners[(i + 1) % corners.length]}`)
  }
  for (const edge of taken) {
    const [from = '', to = ''] = edge.split(' ')
    if (!taken.has(`${to} ${from}`)) edges.set(from, [...(edges.get(from) ?? []), to])
  }
  const rings: Point[][] = []
  for (const start of edges.keys()) {
    const ring = walk(edges, start)
    if (ring.length > 0) rings.push(ring.map((key) => points.get(key) as Point))
  }
  return rings
}

/** Takes edges away as it goes, until it is back where it began. */
function walk(edges: Map<string, string[]>, start: string): string[] {
  const ring: string[] = []
  let at = start
  for (let next = edges.get(at)?.pop(); next !== undefined; next = edges.get(at)?.pop()) {
    ring.push(at)
    at = next
    if (at === start) return [...ring, start]
  }
  return []
}

/** The shape of a division of any level: the union of the cells that lie in it, sharing every border exactly. */
export function shapeOf(code: string): Shape | null {
  const rings = ringsAround(
    allCells().filter((cell) => (code.length > 9 ? cell.village : cell.unit).startsWith(stem(code))),
  )
  const closed = rings.map((ring) => ring.map(([x, y]) => [x, y] as [number, number]))
  if (closed.length === 0) return null
  const [only, ...others] = closed
  if (only && others.length === 0) return { type: 'Polygon', coordinates: [only] }
  return { type: 'MultiPolygon', coordinates: closed.map((ring) => [ring]) }
}

/** A point well inside a unit or village; the `turn`-th of several that lie apart. */
export function pointIn(code: string, turn = 0): { longitude: number; latitude: number } {
  const place = [...units, ...villages].find((one) => one.code === code)
  const inside = allCells().filter((cell) => (code.length > 9 ? cell.village : cell.unit) === code)
  if (!place || inside.length === 0) throw new Error(`${code} has no place on the map`)
  const far = ({ middle: [x, y] }: Cell) => Math.hypot(place.seed[0] - x, place.seed[1] - y)
  const [x, y] = inside.toSorted((a, b) => far(a) - far(b))[turn % inside.length]?.middle ?? place.seed
  return {
    longitude: Math.round((WEST + x * WIDTH) * 1e5) / 1e5,
    latitude: Math.round((NORTH - y * HEIGHT) * 1e5) / 1e5,
  }
}
