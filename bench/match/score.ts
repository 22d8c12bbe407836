/** How good a set of linked pairs is, by the truth. */
export interface Score {
  readonly records: number
  /** Pairs of records that are of one person. */
  readonly pairs: number
  readonly linked: number
  readonly wrong: number
  readonly precision: number
  readonly recall: number
  /** Share of the true pairs that blocking brought together at all. */
  readonly reached: number
}

type Pairs = readonly (readonly [number, number])[]

export function scoreOf(linked: Pairs, truth: readonly (string | number)[], candidates: Pairs): Score {
  const isOne = ([a, b]: readonly [number, number]) => truth[a] === truth[b]
  const right = linked.filter(isOne).length
  const sizes = [...Map.groupBy(truth, (one) => one).values()].map((same) => same.length)
  const pairs = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  return {
    ...{ records: truth.length, pairs, linked: linked.length, wrong: linked.length - right },
    precision: linked.length > 0 ? right / linked.length : 0,
    recall: right / pairs,
    reached: candidates.filter(isOne).length / pairs,
  }
}
