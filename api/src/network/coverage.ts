/** A grid cell as far as coverage is concerned. */
export interface Covering {
  readonly id: string
  /** Codes of divisions of any level; one of a higher level covers all below it. */
  readonly divisions: readonly string[]
}

export interface Coverage {
  /** Units that lie in no grid cell. */
  readonly gaps: string[]
  /** Units that lie in more than one, with the cells' ids. */
  readonly overlaps: { readonly division: string; readonly grids: string[] }[]
}

/** The digits of a code that say which place it is: `990100` (a city) covers `9901…`. */
export function stem(code: string): string {
  if (code.length > 6) return code
  if (code.endsWith('0000')) return code.slice(0, 2)
  return code.endsWith('00') ? code.slice(0, 4) : code
}

/** True where `inner` lies in `outer` or is the same. */
export const isWithin = (inner: string, outer: string): boolean => inner.startsWith(stem(outer))

/** Which of the units (townships, street districts) lie in no grid cell, and which in several. */
export function coverage(units: readonly string[], grids: readonly Covering[]): Coverage {
  const gaps: string[] = []
  const overlaps: Coverage['overlaps'] = []
  for (const division of units) {
    const covering = grids.filter((grid) => grid.divisions.some((outer) => isWithin(division, outer)))
    if (covering.length === 0) gaps.push(division)
    if (covering.length > 1) overlaps.push({ division, grids: covering.map((grid) => grid.id) })
  }
  return { gaps, overlaps }
}
