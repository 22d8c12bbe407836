import highs from 'highs'

/** A visit of a day; times are minutes since midnight. */
export interface Stop {
  readonly id: string
  /** How long one stays. */
  readonly minutes: number
  readonly from: number | null
  readonly until: number | null
}

export interface Day {
  readonly stops: readonly Stop[]
  /** When one leaves. */
  readonly leaves: number
  /** Minutes from stop to stop; `base` is where the day begins and ends. */
  readonly travel: (from: string, to: string) => number
}

export interface Ordered {
  readonly id: string
  readonly travelMinutes: number
  readonly arrives: number
}
export interface Route {
  readonly stops: readonly Ordered[]
  /** On the road in all, with the way back. */
  readonly travelMinutes: number
  readonly back: number
  /** Minutes after the end of their windows, summed. */
  readonly late: number
}

export const BASE = 'base'
/** A minute late weighs as much as so many on the road. */
const LATE_WEIGHT = 10
/** Of orders that are as good the one that is done sooner: so light that all arrivals of a day weigh less than half a minute on the road. */
const SOONER_WEIGHT = 0.00001
/** More than so many are ordered by what is nearest: the program would take too long. */
export const SOLVED_MOST = 8
const SOLVE_SECONDS = 2
/** Orders that differ only in when they are done differ by less than what HiGHS calls the same. */
const EXACT = { mip_rel_gap: 0, mip_abs_gap: 1e-6 } as const

/** When one arrives where, for visits in this order; who comes early waits for the window to open. */
export function walk({ leaves, travel }: Day, order: readonly Stop[]): Route {
  let [now, at, travelled, late] = [leaves, BASE, 0, 0]
  const stops = order.map((stop): Ordered => {
    const minutes = travel(at, stop.id)
    const arrives = Math.max(now + minutes, stop.from ?? 0)
    travelled += minutes
    late += Math.max(0, arrives - (stop.until ?? Number.POSITIVE_INFINITY))
    now = arrives + stop.minutes
    at = stop.id
    return { id: stop.id, travelMinutes: minutes, arrives }
  })
  const home = order.length > 0 ? travel(at, BASE) : 0
  return { stops, travelMinutes: travelled + home, back: now + home, late }
}

/** What is to be least: travel, and lateness much more. */
export const costOf = ({ travelMinutes, late }: Route): number => travelMinutes + LATE_WEIGHT * late

/** The next one is who must be seen soonest; of those without a window whoever is nearest. */
function nearest(day: Day): Stop[] {
  const left = [...day.stops]
  const order: Stop[] = []
  let at = BASE
  while (left.length > 0) {
    left.sort((a, b) => (a.until ?? 1440) - (b.until ?? 1440) || day.travel(at, a.id) - day.travel(at, b.id))
    const next = left.shift() as Stop
    order.push(next)
    at = next.id
  }
  return order
}

/** Turns round pieces of the order as long as that makes it cheaper (2-opt). */
function improved(day: Day, begun: Stop[]): Stop[] {
  let [order, cost] = [begun, costOf(walk(day, begun))]
  for (let i = 0; i < order.length; i++)
    for (let j = i + 1; j < order.length; j++) {
      const turned = [...order.slice(0, i), ...order.slice(i, j + 1).reverse(), ...order.slice(j + 1)]
      const next = costOf(walk(day, turned))
      if (next < cost - 1e-6) [order, cost, i, j] = [turned, next, 0, 0]
    }
  return order
}

/**
 * The order of a day's visits with the least travel, where keeping to the time windows weighs ten times as much: a travelling
 * salesman with time windows as a mixed-integer program (M. Desrochers and G. Laporte, 1991), solved by HiGHS; what is
 * larger than `SOLVED_MOST`, or not solved in time, by nearest neighbour and 2-opt.
 */
export async function orderVisits(day: Day): Promise<Route> {
  const byHand = walk(day, improved(day, nearest(day)))
  if (day.stops.length < 2 || day.stops.length > SOLVED_MOST) return byHand
  const solved = (await solver()).solve(programOf(day), { time_limit: SOLVE_SECONDS, ...EXACT })
  const found = orderOf(day.stops, solved.Columns)
  if (!found) return byHand
  const route = walk(day, found)
  return costOf(route) <= costOf(byHand) ? route : byHand
}

/** The stops in the order of their arrival times. */
function orderOf(stops: readonly Stop[], columns: Readonly<Record<string, unknown>>): Stop[] | null {
  const at = stops.map((stop, i) => ({
    stop,
    time: (columns[`t${i}`] as { Primal?: number } | undefined)?.Primal,
  }))
  if (at.some(({ time }) => time === undefined)) return null
  return at.toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0)).map(({ stop }) => stop)
}

// The package is CommonJS and its types are written for a default export that it does not have at run time.
const openSolver = highs as unknown as typeof highs.default
let opened: ReturnType<typeof openSolver> | undefined
const solver = () => {
  opened ??= openSolver()
  return opened
}

const LAST_MINUTE = 2880

/** The program in the LP format: `x` one goes from one to the other, `t` when one arrives, `l` how late that is. */
function programOf({ stops, leaves, travel }: Day): string {
  const name = (i: number) => (i < 0 ? BASE : (stops[i]?.id ?? ''))
  const nodes = [-1, ...stops.keys()]
  const arc = (i: number, j: number) => `x${i + 1}_${j + 1}`
  const arcs = nodes.flatMap((i) => nodes.flatMap((j) => (i === j ? [] : [[i, j] as const])))
  const cost = arcs.map(([i, j]) => `${travel(name(i), name(j)).toFixed(3)} ${arc(i, j)}`)
  const sum = (of: readonly (readonly [number, number])[]) => of.map(([i, j]) => arc(i, j)).join(' + ')
  const later = arcs.flatMap(([i, j]) => {
    if (j < 0) return []
    const took = travel(name(i), name(j)) + (i < 0 ? leaves : (stops[i]?.minutes ?? 0))
    const before = i < 0 ? '' : ` - t${i}`
    return [
      ` a${i + 1}_${j + 1}: t${j}${before} - ${LAST_MINUTE} ${arc(i, j)} >= ${(took - LAST_MINUTE).toFixed(3)}`,
    ]
  })
  const late = stops.flatMap(({ until }, i) => (until === null ? [] : [` w${i}: t${i} - l${i} <= ${until}`]))
  return [
    'Minimize',
    ` cost: ${[...cost, ...stops.flatMap((_, i) => [`${LATE_WEIGHT} l${i}`, `${SOONER_WEIGHT} t${i}`])].join('\n + ')}`,
    'Subject To',
    ...nodes.map((i) => ` o${i + 1}: ${sum(arcs.filter(([from]) => from === i))} = 1`),
    ...nodes.map((j) => ` i${j + 1}: ${sum(arcs.filter(([, to]) => to === j))} = 1`),
    ...later,
    ...late,
    'Bounds',
    ...stops.flatMap(({ from }, i) => [
      ` ${Math.max(leaves, from ?? 0)} <= t${i} <= ${LAST_MINUTE}`,
      ` 0 <= l${i} <= ${LAST_MINUTE}`,
    ]),
    'Binary',
    ...arcs.map(([i, j]) => ` ${arc(i, j)}`),
    'End',
  ].join('\n')
}
