import type { Ctx } from '../../ctx.ts'
import { between } from '../comparable.ts'
import { codeText } from '../extract.ts'
import { type Node, nodes } from '../node.ts'
import type { Json } from '../owner.ts'
import { type Leaf, prefixed, type Range } from './condition.ts'
import { icdChapter, icdChapterOf } from './icd-chapter.ts'
import { byUrl } from './value-set.ts'

/** Which codes lie above and below others: by how a system writes its codes, or by a stored CodeSystem that nests them. */

const CHINESE_ICD = /^urn:oid:2\.16\.156\.10011\.2\.3\.3\.11(\.\d+)*$/
const icd10 = /\/icd-?10\b|:icd10/i
const icd9 = /\/icd-?9\b|:icd9/i
const divisions = /gbt-2260|urn:oid:2\.16\.156\.10011\.2\.3\.3\.9$/

/** The block of categories that `I20-I25` names. */
const block = /^([A-Z]\d\d)-([A-Z]\d\d)$/

/** An ICD code begins as its category does: `I21.900x001` lies below `I21.9` and `I21`. */
function inIcd(code: string, isBelow: boolean): { exact: string[]; ranges: Range[] } | undefined {
  const [, first, last] = block.exec(code) ?? []
  if (first && last)
    return isBelow ? { exact: [], ranges: [[first, `${last}\u{10ffff}`]] } : { exact: [code], ranges: [] }
  if (!/^[A-Z0-9]\d/i.test(code)) return undefined
  if (isBelow) return { exact: [], ranges: [prefixed(code)] }
  const shortest = /^[A-Z]/i.test(code) ? 3 : 2
  const all = Array.from({ length: Math.max(0, code.length - shortest + 1) }, (_, n) =>
    code.slice(0, shortest + n),
  )
  return { exact: all.filter((one) => !one.endsWith('.')), ranges: [] }
}

/** The same for ICD-10, whose chapters are named by their roman numbers. */
function inIcd10(code: string, isBelow: boolean): { exact: string[]; ranges: Range[] } | undefined {
  const chapter = icdChapter(code)
  if (chapter) return { exact: [code], ranges: isBelow ? [[chapter.first, `${chapter.last}\u{10ffff}`]] : [] }
  const found = inIcd(code, isBelow)
  const above = isBelow ? undefined : icdChapterOf(code)
  return found && above ? { ...found, exact: [above.number, ...found.exact] } : found
}

/** Whether codes of this system lie in the chapters of ICD-10. */
export const hasChapters = (system: string): boolean => icd10.test(system) || CHINESE_ICD.test(system)

/** A division of GB/T 2260 has two digits for each of its levels; what has none below ends in zeros. */
function inDivisions(code: string, isBelow: boolean): { exact: string[]; ranges: Range[] } | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  if (isBelow) return { exact: [], ranges: [prefixed(code.replace(/(00){1,2}$/, ''))] }
  return { exact: [...new Set([code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`])], ranges: [] }
}

const byWriting = (system: string) =>
  hasChapters(system) ? inIcd10 : icd9.test(system) ? inIcd : divisions.test(system) ? inDivisions : undefined

/** A test for what lies below a code, itself included; undefined where the codes of a system do not tell by how they are written. */
export function belowByWriting(system: string, code: string): ((other: string) => boolean) | undefined {
  const below = byWriting(system)?.(code, true)
  return (
    below &&
    ((other) =>
      below.exact.includes(other) ||
      // VI is no code of the chapter V01 to Y98.
      (!icdChapter(other) && below.ranges.some(([low, high]) => other >= low && other < high)))
  )
}

/** The codes that would stand above a code by how it is written, the widest first, itself last; whether a table has them is another matter. */
export const aboveByWriting = (system: string, code: string): readonly string[] => {
  const exact = byWriting(system)?.(code, false)?.exact ?? []
  const width = (one: string) => (icdChapter(one) ? 0 : one.replace(/(00)+$/, '').length)
  return exact.toSorted((a, b) => width(a) - width(b))
}

type Parents = Map<string, Set<string>>

function parentsOf(code: string, found: Parents): Set<string> {
  const known = found.get(code) ?? new Set<string>()
  found.set(code, known)
  return known
}

const coded = (properties: Json, name: string): string[] =>
  nodes(properties).flatMap(({ code, valueCode }) =>
    code === name && typeof valueCode === 'string' ? [valueCode] : [],
  )

/** Of each code of a CodeSystem what lies directly above it, by nesting and by the properties `parent` and `child`. */
export function parentsIn(
  concepts: readonly Node[],
  above: string | null = null,
  found: Parents = new Map(),
) {
  for (const { code, concept, property } of concepts) {
    if (typeof code !== 'string') continue
    const parents = parentsOf(code, found)
    if (above !== null) parents.add(above)
    for (const one of coded(property, 'parent')) parents.add(one)
    for (const one of coded(property, 'child')) parentsOf(one, found).add(code)
    parentsIn(nodes(concept), code, found)
  }
  return found
}

/** Everything that is reached from a code along some steps, itself included. */
export function reached(code: string, stepsFrom: (code: string) => Iterable<string>): string[] {
  const seen = new Set([code])
  for (const one of seen) for (const next of stepsFrom(one)) seen.add(next)
  return [...seen]
}

const most = 5_000

async function inStored(
  ctx: Ctx,
  system: string,
  code: string,
  isBelow: boolean,
): Promise<string[] | undefined> {
  const stored = await byUrl(ctx, 'CodeSystem', system)
  const parents = stored && parentsIn(nodes(stored.concept), null)
  if (!parents?.has(code)) return undefined
  if (!isBelow) return reached(code, (one) => parents.get(one) ?? [])
  const children = new Map<string, string[]>()
  for (const [child, above] of parents)
    for (const one of above) children.set(one, [...(children.get(one) ?? []), child])
  const all = reached(code, (one) => children.get(one) ?? [])
  return all.length <= most ? all : undefined
}

/**
 * What a code with all above or below it looks like in the index; undefined where no hierarchy is held that has it.
 * The code itself is one of them, as R4 wants (search, 3.1.1.4.10).
 */
export async function hierarchyLeaf(
  ctx: Ctx,
  { system, code }: { system: string; code: string },
  isBelow: boolean,
): Promise<Leaf | undefined> {
  const written = byWriting(system)?.(code, isBelow)
  const codes = written ? written.exact : await inStored(ctx, system, code, isBelow)
  if (!codes) return undefined
  const exact = codes.map((one) => codeText(one, system))
  if (!written || written.ranges.length === 0) return { exact }
  const end = `${between}${system}`
  return {
    exact,
    ranges: written.ranges,
    test: (value, bind) => `right(${value}, ${end.length}) = ${bind.add(end)}`,
  }
}
