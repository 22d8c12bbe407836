import type { Same, SameKind } from '../../kernel/same-person.ts'

interface Edge {
  readonly residentId: string
  readonly otherId: string
  /** Whose record leads, where two were merged. */
  readonly survivorId: string | null
}

/** Whom each resident hangs together with over these links, themselves included. */
function components(edges: readonly Edge[]): string[][] {
  const home = new Map<string, string[]>()
  for (const { residentId, otherId } of edges) {
    const one = home.get(residentId) ?? [residentId]
    const other = home.get(otherId) ?? [otherId]
    const together = one === other ? one : [...one, ...other]
    for (const id of together) home.set(id, together)
  }
  return [...new Set(home.values())]
}

function kindOf(edges: readonly Edge[], from: string, to: string): SameKind {
  const edge = edges.find(
    (one) => [one.residentId, one.otherId].includes(from) && [one.residentId, one.otherId].includes(to),
  )
  if (!edge?.survivorId) return 'seealso'
  return edge.survivorId === from ? 'replaces' : 'replaced-by'
}

const isApart = (apart: readonly Apart[], a: string, b: string): boolean =>
  apart.some(
    ({ residentId, otherId }) => [residentId, otherId].includes(a) && [residentId, otherId].includes(b),
  )

/** Two whom people have said to be two. */
export type Apart = Pick<Edge, 'residentId' | 'otherId'>

/**
 * Every two residents whom these links make one person, in both directions, with what FHIR calls the other. Whom people
 * keep apart stay so, also where others hang together with both.
 */
export const samePairs = (edges: readonly Edge[], apart: readonly Apart[] = []): Same[] =>
  components(edges).flatMap((ids) =>
    ids.flatMap((residentId) =>
      ids
        .filter((otherId) => otherId !== residentId && !isApart(apart, residentId, otherId))
        .map((otherId) => ({ residentId, otherId, kind: kindOf(edges, residentId, otherId) })),
    ),
  )
