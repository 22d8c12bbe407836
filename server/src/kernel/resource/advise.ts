import { advice } from './advice.gen.ts'
import { type Advise, say } from './validate.ts'

/** Bindings that do not bind: a code from elsewhere is allowed, and said to be from elsewhere. */
interface Table {
  readonly sets: readonly { url: string; codes: string }[]
  readonly elements: Readonly<Record<string, string>>
}
interface Bound {
  readonly strength: 'extensible' | 'preferred'
  readonly url: string
  readonly codes: ReadonlySet<string>
}

let table: Table | undefined
const made = new Map<string, Bound | undefined>()

function boundTo(key: string): Bound | undefined {
  if (made.has(key)) return made.get(key)
  table ??= JSON.parse(advice) as Table
  const entry = Object.hasOwn(table.elements, key) ? (table.elements[key] ?? '') : ''
  const set = table.sets[Number(entry.slice(1))]
  const bound: Bound | undefined =
    entry && set
      ? {
          strength: entry.startsWith('e') ? 'extensible' : 'preferred',
          url: set.url,
          codes: new Set(set.codes.split(' ')),
        }
      : undefined
  made.set(key, bound)
  return bound
}

interface Coding {
  readonly system?: unknown
  readonly code?: unknown
}

function codingsOf(type: string, value: unknown): readonly Coding[] {
  if (typeof value !== 'object' || value === null) return []
  if (type === 'Coding') return [value]
  const { coding } = value as { coding?: unknown }
  return type === 'CodeableConcept' && Array.isArray(coding) ? coding : []
}

/** Warns where none of an element's codes is of the set that its binding recommends (extensible, preferred). */
export const advise: Advise = (look, value, path, { key, type }) => {
  const codings = codingsOf(type, value)
  const bound = codings.length > 0 ? boundTo(key) : undefined
  if (!bound) return
  if (codings.some(({ system, code }) => bound.codes.has(`${String(system)}|${String(code)}`))) return
  say(look, {
    path,
    code: 'code-invalid',
    text: `has no code of ${bound.url} (${bound.strength} binding)`,
    advice: true,
  })
}
