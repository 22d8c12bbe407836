import type { Basis, Depth } from '@tongmai/api/resident/person'

/** What a record is opened on, and how deep. */
export interface Lawful {
  readonly basis: Basis
  readonly depth: Depth
}

const ranks: readonly string[] = ['treatment', 'contract', 'referral', 'consult', 'consent', 'emergency']

/** The strongest of several bases: the whole record before its summary, then treatment before all others. */
export function strongest(held: readonly { basis: string; depth: Depth }[]): Lawful | null {
  const rank = (g: { basis: string; depth: Depth }) =>
    (g.depth === 'full' ? 0 : ranks.length) + ranks.indexOf(g.basis)
  const known = held.filter((g) => ranks.includes(g.basis))
  const [first] = known.toSorted((a, b) => rank(a) - rank(b))
  return first ? { basis: first.basis as Basis, depth: first.depth } : null
}
