import { nodes } from '../../kernel/resource/node.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

interface Match extends Coding {
  readonly equivalence: string
}

/** One line of a ConceptMap, from one code to another. */
interface Line {
  readonly from: Coding
  readonly to: Coding
  readonly equivalence: string
}

const words = (value: Json): string => (typeof value === 'string' ? value : '')

/** How it reads from the other side (R4 ConceptMap, equivalence: the target beside the source). */
const turned: Readonly<Record<string, string>> = {
  wider: 'narrower',
  narrower: 'wider',
  subsumes: 'specializes',
  specializes: 'subsumes',
}

const codingOf = (system: Json, { code, display }: { readonly [name: string]: Json }): Coding => ({
  ...{ system: words(system), code: words(code) },
  ...(display ? { display: words(display) } : {}),
})

const linesOf = (map: Resource): Line[] =>
  nodes(map.group).flatMap((group) =>
    nodes(group.element).flatMap((element) =>
      nodes(element.target).map((target) => ({
        from: codingOf(group.source, element),
        to: codingOf(group.target, target),
        equivalence: words(target.equivalence) || 'equivalent',
      })),
    ),
  )

const backwards = ({ from, to, equivalence }: Line): Line => ({
  from: to,
  to: from,
  equivalence: turned[equivalence] ?? equivalence,
})

/** What is to be translated, and into what. */
export interface Translating {
  readonly system: string
  readonly code: string
  /** From the targets of the map to its sources. */
  readonly reverse: boolean
  /** Whether a translation is among those that are wanted. */
  readonly isWanted: (coding: Coding) => boolean
}

/** The Parameters of `$translate`: whether there is a translation, and each with its equivalence. */
export function translated(map: Resource, { system, code, reverse, isWanted }: Translating) {
  const lines = reverse ? linesOf(map).map(backwards) : linesOf(map)
  const all: Match[] = lines
    .filter(({ from, to }) => from.code === code && (system === '' || from.system === system) && isWanted(to))
    .map(({ to, equivalence }) => ({ ...to, equivalence }))
  const isMatch = ({ equivalence }: Match) => !['unmatched', 'disjoint'].includes(equivalence)
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'result', valueBoolean: all.some(isMatch) },
      ...all.map(({ equivalence, ...coding }) => ({
        name: 'match',
        part: [
          { name: 'equivalence', valueCode: equivalence },
          ...(coding.code ? [{ name: 'concept', valueCoding: coding }] : []),
        ],
      })),
    ],
  }
}
