import { definitions } from '../definitions.gen.ts'

/** What a path can find: JSON as FHIR writes it. */
export type Value = unknown
export type Values = readonly Value[]
type Node = { readonly [name: string]: unknown }

/** What an expression may look at besides its focus. */
export interface Around {
  readonly root: Value
  readonly self: Value
}

/** An expression made ready: what it finds, from a focus. */
export type Compiled = (focus: Values, around: Around) => Values

export const isNode = (value: Value): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The names of choices without their type (`value`, `onset`), and the suffixes that types give them. */
const choices = new Map<string, Set<string>>()
const table = JSON.parse(definitions) as { types: Record<string, string> }
for (const line of Object.values(table.types).flatMap((text) => text.split('\n'))) {
  const [name = '', , types = ''] = line.split(' ')
  if (!name.endsWith('[x]')) continue
  const stem = name.slice(0, -3)
  const suffixes = choices.get(stem) ?? new Set()
  for (const type of types.split('/')) suffixes.add(type.charAt(0).toUpperCase() + type.slice(1))
  choices.set(stem, suffixes)
}

/** The name under which a choice stands in an object. */
function chosenName(node: Node, stem: string): string | undefined {
  const suffixes = choices.get(stem)
  if (!suffixes) return undefined
  for (const key in node) {
    const name = key.startsWith('_') ? key.slice(1) : key
    if (name.startsWith(stem) && suffixes.has(name.slice(stem.length))) return name
  }
  return undefined
}

/** The children of one value under a name: lists opened, a primitive without a value as its extensions. */
export function childrenOf(value: Value, name: string): Values {
  if (!isNode(value)) return []
  if (value.resourceType === name) return [value]
  let key = name
  if (value[key] === undefined && value[`_${key}`] === undefined) key = chosenName(value, name) ?? name
  const found = value[key]
  const beside = value[`_${key}`]
  if (beside === undefined) {
    if (found === undefined || found === null) return []
    return Array.isArray(found) ? found.filter((one) => one !== null) : [found]
  }
  const values = Array.isArray(found) ? found : [found]
  const others = Array.isArray(beside) ? beside : [beside]
  return Array.from(
    { length: Math.max(values.length, others.length) },
    (_, at) => values[at] ?? others[at],
  ).filter((one) => one !== null && one !== undefined)
}

/** Whether two values are the same; JSON compares them well enough, for both come from one resource. */
export const isSame = (a: Value, b: Value): boolean =>
  a === b || (isNode(a) && isNode(b) && JSON.stringify(a) === JSON.stringify(b))

/** A collection as a truth: nothing is undefined, one boolean is itself, anything else is true. */
export function truth(values: Values): boolean | undefined {
  if (values.length === 0) return undefined
  return values.length === 1 && typeof values[0] === 'boolean' ? values[0] : true
}

const dated = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}.*)?)?)?$/

const hourMs = 3_600_000

/** First and last moment a date of any precision means; a day may lie in any zone where `slack` says so. */
function spanOf(date: string, slack: boolean): readonly [number, number] {
  if (date.length > 10) {
    const moment = Date.parse(date)
    return [moment, moment]
  }
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const start = Date.UTC(year, month - 1, day)
  const ends = { 4: Date.UTC(year + 1, 0, 1), 7: Date.UTC(year, month, 1) }
  const end = ends[date.length as 4 | 7] ?? Date.UTC(year, month - 1, day + 1)
  // On earth a day begins fourteen hours before UTC's and ends twelve after it.
  return slack ? [start - 14 * hourMs, end - 1 + 12 * hourMs] : [start, end - 1]
}

/** Dates by what they surely mean: `2024` is neither before nor after `2024-05`. */
function datesCompared(a: string, b: string): number | undefined {
  const slack = a.length > 10 !== b.length > 10
  const [one, two] = [spanOf(a, slack), spanOf(b, slack)]
  if (one[1] < two[0]) return -1
  if (one[0] > two[1]) return 1
  return one[0] === two[0] && one[1] === two[1] ? 0 : undefined
}

const textsCompared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Negative, zero or positive as `a` lies before, at or after `b`; undefined where that cannot be said. */
export function compared(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string')
    return dated.test(a) && dated.test(b) ? datesCompared(a, b) : textsCompared(a, b)
  const areLike = isNode(a) && isNode(b) && a.code === b.code && a.unit === b.unit
  return areLike ? compared(a.value, b.value) : undefined
}
