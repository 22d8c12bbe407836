import { coverage, isWithin } from '@tongmai/api/network/coverage'

/** A cell as the map paints it. */
export interface Painted {
  readonly id: string
  readonly name: string
  readonly colour: string
  readonly divisions: readonly string[]
}

/** How one unit is laid out: in one cell, in none, or in several. */
export interface Laid {
  readonly state: 'one' | 'gap' | 'overlap'
  readonly colour: string
  readonly names: readonly string[]
}

/** How a unit is laid out, and what is wrong over all units; the same reckoning as the server's. */
export function paint(units: readonly string[], grids: readonly Painted[]) {
  const { gaps, overlaps } = coverage(units, grids)
  const laidOf = (code: string): Laid => {
    const mine = grids.filter((grid) => grid.divisions.some((outer) => isWithin(code, outer)))
    const names = mine.map((grid) => grid.name)
    const [first] = mine
    if (!first) return { state: 'gap', colour: 'transparent', names }
    return { state: mine.length > 1 ? 'overlap' : 'one', colour: first.colour, names }
  }
  return { gaps, overlaps, laidOf }
}
