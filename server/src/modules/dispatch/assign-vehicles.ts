import highs from 'highs'

/** A mission that waits and how long each suitable vehicle would need; a vehicle that is not named is not suitable. */
export interface Waiting {
  readonly missionId: string
  /** How much a minute of waiting counts: an emergency more than a routine transfer. */
  readonly weight: number
  readonly minutes: ReadonlyMap<string, number>
}

/** Which vehicle goes to which mission; a mission without one waits. */
export type Assignment = ReadonlyMap<string, string>

/** A mission without a vehicle counts as if one came after so many minutes, so that as many as can be are served. */
export const UNSERVED_MINUTES = 1_000

/** The weighted minutes of an assignment: what is to be least. */
export function weightedMinutes(waiting: readonly Waiting[], assignment: Assignment): number {
  return waiting.reduce((sum, { missionId, weight, minutes }) => {
    const vehicle = assignment.get(missionId)
    return sum + weight * ((vehicle === undefined ? undefined : minutes.get(vehicle)) ?? UNSERVED_MINUTES)
  }, 0)
}

/** Each mission in turn, the weightiest first, takes the nearest vehicle that is left: what a person does by hand. */
export function assignGreedily(waiting: readonly Waiting[]): Assignment {
  const taken = new Set<string>()
  const assignment = new Map<string, string>()
  for (const { missionId, minutes } of waiting.toSorted((a, b) => b.weight - a.weight)) {
    const left = [...minutes].filter(([vehicle]) => !taken.has(vehicle)).sort((a, b) => a[1] - b[1])
    const nearest = left[0]?.[0]
    if (nearest === undefined) continue
    taken.add(nearest)
    assignment.set(missionId, nearest)
  }
  return assignment
}

interface Pair {
  readonly name: string
  readonly missionId: string
  readonly vehicle: string
  readonly gain: number
}

/**
 * The assignment with the least weighted minutes over all missions at once: an assignment problem, whose linear
 * relaxation has whole solutions (H. W. Kuhn, The Hungarian method, 1955), solved by HiGHS. What is gained against
 * leaving a mission unserved is made as large as possible, so that no vehicle is kept back.
 */
export async function assignVehicles(waiting: readonly Waiting[]): Promise<Assignment> {
  const pairs = waiting.flatMap(({ missionId, weight, minutes }, m) =>
    [...minutes].map(([vehicle, taken], v): Pair => {
      const gain = weight * (UNSERVED_MINUTES - Math.min(taken, UNSERVED_MINUTES - 1))
      return { name: `x${m}_${v}`, missionId, vehicle, gain }
    }),
  )
  if (pairs.length === 0) return new Map()
  const { Columns } = (await solver()).solve(programOf(pairs))
  const chosen = pairs.filter(({ name }) => ((Columns[name] as { Primal?: number })?.Primal ?? 0) > 0.5)
  return new Map(chosen.map(({ missionId, vehicle }) => [missionId, vehicle]))
}

// The package is CommonJS and its types are written for a default export that it does not have at run time.
const openSolver = highs as unknown as typeof highs.default
let opened: ReturnType<typeof openSolver> | undefined
const solver = () => {
  opened ??= openSolver()
  return opened
}

/** The program in the LP format: every mission one vehicle at most, every vehicle one mission. */
function programOf(pairs: readonly Pair[]): string {
  const rows = [
    ...Map.groupBy(pairs, ({ missionId }) => missionId).values(),
    ...Map.groupBy(pairs, ({ vehicle }) => vehicle).values(),
  ]
  return [
    'Maximize',
    ` gain: ${pairs.map(({ gain, name }) => `${gain.toFixed(4)} ${name}`).join('\n + ')}`,
    'Subject To',
    ...rows.map((row, i) => ` r${i}: ${row.map(({ name }) => name).join('\n + ')} <= 1`),
    'Bounds',
    ...pairs.map(({ name }) => ` 0 <= ${name} <= 1`),
    'End',
  ].join('\n')
}
