/** A stream of chances that is the same for the same seed (mulberry32), so that a generated set can be made again. */
export interface Chance {
  /** In [0, 1). */
  readonly next: () => number
  /** True in `rate` of all cases. */
  readonly is: (rate: number) => boolean
  /** A whole number in [0, below). */
  readonly below: (below: number) => number
  readonly pick: <T>(of: readonly T[]) => T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    is: (rate) => next() < rate,
    pick: <T>(of: readonly T[]) => {
      const one = of[below(of.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
  }
}
