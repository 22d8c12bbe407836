import {
  aboveByWriting,
  belowByWriting,
  hasChapters,
  parentsIn,
  reached,
} from '../../kernel/resource/find/hierarchy.ts'
import { icdChapter, icdChapterOf, icdChapters } from '../../kernel/resource/find/icd-chapter.ts'
import { type Node, nodes } from '../../kernel/resource/node.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import type { Code, CodeTable } from '../record/index.ts'

/** A test for codes of one system. */
export type Fits = (code: string) => boolean

/** What a code system says of its codes besides their names. */
export interface Concepts {
  /** What lies below a code, and what above it, itself included; undefined where the system cannot tell. */
  readonly below: (code: string) => Fits | undefined
  readonly above: (code: string) => Fits | undefined
  /** A code's values of a property; undefined where the system has no such property. */
  readonly valuesOf: (property: string) => ((code: string) => readonly string[]) | undefined
  /** A code as its CodeSystem has it; undefined where only its name is held. */
  readonly nodeOf: (code: string) => Node | undefined
}

/** The nearest code above that the table has; of ICD the category, where it has none between. */
function parentIn(system: string, table: CodeTable, code: string): readonly string[] {
  const above = aboveByWriting(system, code).filter((one) => one !== code)
  const parent =
    above.findLast((one) => table.byCode.has(one)) ?? above.find((one) => !icdChapter(one)) ?? above[0]
  return parent === undefined ? [] : [parent]
}

/** A chapter of ICD-10 by its roman number; undefined where the system has none of this number. */
export function chapterIn(system: string, code: string): Code | undefined {
  const chapter = hasChapters(system) ? icdChapter(code) : undefined
  if (!chapter) return undefined
  const { number, first, last } = chapter
  return { code: number, display: `第${icdChapters.indexOf(chapter) + 1}章（${first}–${last}）` }
}

/** Codes that tell by how they are written what they lie below. */
export function writtenConcepts(system: string, table: CodeTable): Concepts {
  const isTold = table.rows[0] !== undefined && belowByWriting(system, table.rows[0].code) !== undefined
  const parentOf = (code: string) => parentIn(system, table, code)
  let children: ReadonlyMap<string | undefined, readonly { readonly code: string }[]> | undefined
  const childrenOf = (code: string) => {
    children ??= Map.groupBy(table.rows, (row) => parentOf(row.code)[0])
    if (chapterIn(system, code))
      return [...children.keys()].flatMap((one = '') => (parentOf(one)[0] === code ? [one] : []))
    return children.get(code)?.map((row) => row.code) ?? []
  }
  return {
    below: (code) => belowByWriting(system, code),
    above: (code) =>
      belowByWriting(system, code) && ((other) => belowByWriting(system, other)?.(code) ?? false),
    valuesOf(property) {
      if (property === 'chapter' && hasChapters(system))
        return (code) => [icdChapterOf(code)?.number ?? []].flat()
      return isTold && property === 'parent'
        ? parentOf
        : isTold && property === 'child'
          ? childrenOf
          : undefined
    },
    nodeOf: () => undefined,
  }
}

/** What R4 lets every code system say of a concept, declared or not. */
const everywhere = ['inactive', 'deprecated', 'notSelectable', 'status', 'definition']

const flat = (concepts: readonly Node[]): Node[] =>
  concepts.flatMap((one) => [one, ...flat(nodes(one.concept))])

const valueIn = (property: Node): string[] =>
  Object.entries(property).flatMap(([name, value]) => {
    if (!name.startsWith('value')) return []
    return [String(typeof value === 'object' && value !== null ? (value as Node).code : value)]
  })

/** The concepts of a CodeSystem, by how it nests them and by their properties. */
export function nestedConcepts(system: Resource): Concepts {
  const parents = parentsIn(nodes(system.concept))
  const children = new Map<string, string[]>()
  for (const [child, above] of parents)
    for (const one of above) children.set(one, [...(children.get(one) ?? []), child])
  const byCode = new Map(flat(nodes(system.concept)).map((one) => [String(one.code), one]))
  const from = (steps: (code: string) => Iterable<string>) => (code: string) => {
    if (!byCode.has(code)) return undefined
    const all = new Set(reached(code, steps))
    return (other: string) => all.has(other)
  }
  const known = new Set([
    ...everywhere,
    ...nodes(system.property).map(({ code }) => String(code)),
    ...[...byCode.values()].flatMap(({ property }) => nodes(property).map(({ code }) => String(code))),
  ])
  const said = (name: string) => (code: string) => {
    const concept = byCode.get(code) ?? {}
    if (name === 'definition') return concept.definition === undefined ? [] : [String(concept.definition)]
    return nodes(concept.property)
      .filter((one) => one.code === name)
      .flatMap(valueIn)
  }
  return {
    below: from((code) => children.get(code) ?? []),
    above: from((code) => parents.get(code) ?? []),
    valuesOf(name) {
      if (name === 'parent') return (code) => [...(parents.get(code) ?? [])]
      if (name === 'child') return (code) => children.get(code) ?? []
      return known.has(name) ? said(name) : undefined
    },
    nodeOf: (code) => byCode.get(code),
  }
}

/** Whether a concept is no longer used. */
export const isInactive = ({ valuesOf }: Concepts, code: string): boolean =>
  (valuesOf('inactive')?.(code).includes('true') ?? false) ||
  (valuesOf('status')?.(code) ?? []).some((one) => one === 'retired' || one === 'inactive')

/** Whether a concept only holds others together. */
export const isAbstract = ({ valuesOf }: Concepts, code: string): boolean =>
  valuesOf('notSelectable')?.(code).includes('true') ?? false
