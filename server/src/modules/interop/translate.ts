import { nodes } from '../../kernel/resource/node.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

interface Match {
  readonly system: string
  readonly code: string
  readonly display?: string
  readonly equivalence: string
}

const words = (value: Json): string => (typeof value === 'string' ? value : '')

/** What a ConceptMap says of a code, with what else is known. */
function matchesIn(map: Resource | undefined, { system, code }: { system: string; code: string }): Match[] {
  return nodes(map?.group)
    .filter((group) => system === '' || words(group.source) === system)
    .flatMap((group) =>
      nodes(group.element)
        .filter((element) => words(element.code) === code)
        .flatMap((element) =>
          nodes(element.target).map((target) => ({
            ...{ system: words(group.target), code: words(target.code) },
            ...(target.display ? { display: words(target.display) } : {}),
            equivalence: words(target.equivalence) || 'equivalent',
          })),
        ),
    )
}

/** The Parameters of `$translate`: whether there is a translation, and each with its equivalence. */
export function translated(
  map: Resource | undefined,
  from: { readonly system: string; readonly code: string },
  known: readonly Match[] = [],
) {
  const all = [...matchesIn(map, from), ...known]
  const isMatch = ({ equivalence }: Match) => !['unmatched', 'disjoint'].includes(equivalence)
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'result', valueBoolean: all.some(isMatch) },
      ...all.map(({ equivalence, ...coding }) => ({
        name: 'match',
        part: [
          { name: 'equivalence', valueCode: equivalence },
          { name: 'concept', valueCoding: coding },
        ],
      })),
    ],
  }
}
