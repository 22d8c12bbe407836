/** One way from a place to a place, both as indexes, and how many minutes it takes. */
export interface Arc {
  readonly from: number
  readonly to: number
  readonly minutes: number
}

/** A directed graph in compressed rows: the arcs that leave place `i` stand from `first[i]` to `first[i + 1]`. */
export interface Graph {
  readonly size: number
  readonly first: Int32Array
  readonly to: Int32Array
  readonly minutes: Float64Array
}

/** Lays arcs into rows; minutes are never negative. */
export function layGraph(size: number, arcs: readonly Arc[]): Graph {
  const first = new Int32Array(size + 1)
  for (const { from } of arcs) first[from + 1] = (first[from + 1] ?? 0) + 1
  for (let i = 0; i < size; i++) first[i + 1] = (first[i + 1] ?? 0) + (first[i] ?? 0)
  const next = first.slice()
  const to = new Int32Array(arcs.length)
  const minutes = new Float64Array(arcs.length)
  for (const arc of arcs) {
    const at = next[arc.from] ?? 0
    to[at] = arc.to
    minutes[at] = arc.minutes
    next[arc.from] = at + 1
  }
  return { size, first, to, minutes }
}

/** The same graph driven the other way round: from everywhere to one place. */
export const turned = (arcs: readonly Arc[]): Arc[] =>
  arcs.map(({ from, to, minutes }) => ({ from: to, to: from, minutes }))

/**
 * Minutes from `source` to every place, Infinity where no way leads (E. W. Dijkstra, A note on two problems in
 * connexion with graphs, Numerische Mathematik 1, 1959). O((V + E) log V) with a binary heap.
 */
export function minutesFrom(graph: Graph, source: number): Float64Array {
  const reached = new Float64Array(graph.size).fill(Number.POSITIVE_INFINITY)
  if (source < 0 || source >= graph.size) return reached
  const heap = heapOver(reached)
  reached[source] = 0
  heap.lift(source)
  for (let at = heap.take(); at >= 0; at = heap.take()) {
    const here = reached[at] ?? 0
    for (let arc = graph.first[at] ?? 0; arc < (graph.first[at + 1] ?? 0); arc++) {
      const to = graph.to[arc] ?? 0
      const there = here + (graph.minutes[arc] ?? 0)
      if (there < (reached[to] ?? 0)) {
        reached[to] = there
        heap.lift(to)
      }
    }
  }
  return reached
}

/** A binary heap of indexes ordered by `key`; `lift` adds one, or moves it up after its key has fallen. */
function heapOver(key: Float64Array): { lift: (item: number) => void; take: () => number } {
  const items = new Int32Array(key.length)
  const place = new Int32Array(key.length).fill(-1)
  let count = 0
  const keyOf = (at: number) => key[items[at] ?? 0] ?? 0
  const put = (item: number, at: number) => {
    items[at] = item
    place[item] = at
  }

  function lift(item: number): void {
    let at = place[item] ?? -1
    if (at < 0) at = count++
    const own = key[item] ?? 0
    while (at > 0) {
      const above = (at - 1) >> 1
      if (keyOf(above) <= own) break
      put(items[above] ?? 0, at)
      at = above
    }
    put(item, at)
  }

  function sink(item: number): void {
    let at = 0
    const own = key[item] ?? 0
    for (let below = 1; below < count; below = 2 * at + 1) {
      if (below + 1 < count && keyOf(below + 1) < keyOf(below)) below += 1
      if (keyOf(below) >= own) break
      put(items[below] ?? 0, at)
      at = below
    }
    put(item, at)
  }

  function take(): number {
    if (count === 0) return -1
    const least = items[0] ?? -1
    count -= 1
    if (count > 0) sink(items[count] ?? 0)
    // Minutes are not negative, so what was taken is never lifted again.
    return least
  }

  return { lift, take }
}
