import { type Arc, type Graph, layGraph, minutesFrom, turned } from './shortest-path.ts'

/** A place by its coordinates, in degrees. */
export interface Point {
  readonly longitude: number
  readonly latitude: number
}
export interface Junction extends Point {
  readonly code: string
}
export interface Road {
  readonly fromCode: string
  readonly toCode: string
  readonly minutes: number
  readonly oneWay: boolean
}

/** An assumption, not a measurement: from a place to the nearest junction one drives this fast, as the crow flies. */
export const ACCESS_KM_PER_HOUR = 25
/** Further than this from every junction a place counts as not on the road network. */
export const ACCESS_KM_MAX = 15

const EARTH_KM = 6371
const KM_PER_DEGREE = (EARTH_KM * Math.PI) / 180
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Kilometres as the crow flies, on a sphere (haversine). */
export function airKm(a: Point, b: Point): number {
  const north = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
  const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  const h = north + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Travel over the roads that are open. */
export interface RoadMap {
  /** Minutes from `start` to each of `ends`, Infinity where no road leads or a place is off the network. */
  readonly from: (start: Point, ends: readonly Point[]) => number[]
  /** Minutes from each of `starts` to `end`. */
  readonly to: (starts: readonly Point[], end: Point) => number[]
}

/** How a place is joined to the network: by which junction, and how many minutes that takes. */
interface Access {
  readonly at: number
  readonly minutes: number
}

/** Kept trees hold so many figures at most, 128 MB. */
const KEPT_MAX = 16_000_000

/** Lays junctions and open roads into a network in memory; roads to junctions that are not there are left out. */
export function layRoadMap(junctions: readonly Junction[], roads: readonly Road[]): RoadMap {
  const byLatitude = junctions.toSorted((a, b) => a.latitude - b.latitude)
  const index = new Map(byLatitude.map(({ code }, i) => [code, i]))
  const arcs = roads.flatMap((road) => arcsOf(index, road))
  const outward = rememberedTrees(layGraph(byLatitude.length, arcs))
  const inward = rememberedTrees(layGraph(byLatitude.length, turned(arcs)))
  const access = accessOver(byLatitude)
  const between = (tree: (at: number) => Float64Array, one: Point, others: readonly Point[]): number[] => {
    const here = access(one)
    if (!here) return others.map(() => Number.POSITIVE_INFINITY)
    const reached = tree(here.at)
    return others.map((other) => {
      const there = access(other)
      if (!there) return Number.POSITIVE_INFINITY
      return here.minutes + (reached[there.at] ?? Number.POSITIVE_INFINITY) + there.minutes
    })
  }
  return {
    from: (start, ends) => between(outward, start, ends),
    to: (starts, end) => between(inward, end, starts),
  }
}

function arcsOf(index: ReadonlyMap<string, number>, road: Road): Arc[] {
  const [from, to] = [index.get(road.fromCode), index.get(road.toCode)]
  if (from === undefined || to === undefined) return []
  const { minutes, oneWay } = road
  return oneWay
    ? [{ from, to, minutes }]
    : [
        { from, to, minutes },
        { from: to, to: from, minutes },
      ]
}

/** The same few places are asked for again and again: their trees are kept, the longest unasked goes first. */
function rememberedTrees(graph: Graph): (at: number) => Float64Array {
  const trees = new Map<number, Float64Array>()
  const most = Math.max(16, Math.floor(KEPT_MAX / Math.max(1, graph.size)))
  return (at) => {
    const known = trees.get(at)
    if (known) trees.delete(at)
    const tree = known ?? minutesFrom(graph, at)
    trees.set(at, tree)
    const oldest = trees.keys().next()
    if (trees.size > most && !oldest.done) trees.delete(oldest.value)
    return tree
  }
}

/** Finds the nearest junction among those sorted by latitude, looking outward until latitude alone is too far. */
function accessOver(sorted: readonly Junction[]): (point: Point) => Access | undefined {
  const known = new WeakMap<Point, { access: Access | undefined }>()
  const search = (point: Point): Access | undefined => {
    let best: Access | undefined
    let bestKm = ACCESS_KM_MAX
    const look = (i: number): boolean => {
      const junction = sorted[i]
      if (!junction || Math.abs(junction.latitude - point.latitude) * KM_PER_DEGREE > bestKm) return false
      const km = airKm(point, junction)
      if (km <= bestKm) [best, bestKm] = [{ at: i, minutes: (km / ACCESS_KM_PER_HOUR) * 60 }, km]
      return true
    }
    const middle = firstAtOrAbove(sorted, point.latitude)
    for (let up = middle; look(up); ) up += 1
    for (let down = middle - 1; look(down); ) down -= 1
    return best
  }
  // Institutions are asked for again and again by the same object; a vehicle's place is a new one each time.
  return (point) => {
    const found = known.get(point) ?? { access: search(point) }
    known.set(point, found)
    return found.access
  }
}

function firstAtOrAbove(sorted: readonly Junction[], latitude: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.latitude ?? 0) < latitude) low = middle + 1
    else high = middle
  }
  return low
}
