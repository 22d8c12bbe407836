import { type Atom, parseFhirPath } from '@medplum/core'
import { partsOf } from '../../kernel/resource/invariant/atom.ts'
import { type Element, shapeOf } from '../../kernel/resource/shape.ts'

/** A name that no element has, where it was looked for, and the name it may be meant as. */
export interface Stray {
  readonly element: string
  readonly near: string | undefined
}

/** FHIR types; undefined where nobody can say which. */
type Kinds = ReadonlySet<string> | undefined

interface Around {
  readonly root: Kinds
  readonly found: Stray[]
}

/** The first element that an expression over a resource type names and R4 does not have: it would find nothing, ever. */
export function strayElement(expression: string, type: string): Stray | undefined {
  const root = new Set([type])
  const around: Around = { root, found: [] }
  walk(parseFhirPath(expression).child, root, around)
  return around.found[0]
}

/** What an atom finds in these kinds; what it names in vain is noted. */
function walk(atom: Atom | undefined, focus: Kinds, around: Around): Kinds {
  const { name, args, operator, left, right, expr, child } = partsOf(atom)
  if (name !== undefined && args) return called(name, args, focus, around)
  if (name !== undefined) return symbol(name, focus, around)
  if (operator === '.') return walk(right, walk(left, focus, around), around)
  if (operator === 'as' || operator === 'is') {
    walk(left, focus, around)
    return cast(operator, nameOf(right), around)
  }
  if (expr) walk(expr, focus, around)
  if (child) return walk(child, focus, around)
  if (!left) return undefined
  const one = walk(left, focus, around)
  const other = right && walk(right, focus, around)
  if (operator === '|') return both(one, other)
  return expr ? one : undefined
}

function symbol(name: string, focus: Kinds, around: Around): Kinds {
  if (name === '$this') return focus
  if (name === '%resource' || name === '%context') return around.root
  if (name === '%patient') return new Set(['Patient'])
  if (/^[%$]/.test(name) || focus === undefined) return undefined
  if (focus.has(name)) return new Set([name])
  const kinds = [...focus].flatMap((kind) => childrenOf(kind, name))
  if (kinds.length === 0) around.found.push(strayOf([...focus], name))
  return kinds.length === 0 || kinds.includes('Resource') ? undefined : new Set(kinds)
}

const same = new Set([
  ...['where', 'first', 'last', 'tail', 'single', 'skip', 'take', 'distinct', 'trace'],
  ...['exclude', 'intersect'],
])
/** Their argument is asked of each thing in focus. */
const each = new Set(['where', 'exists', 'all', 'select', 'repeat', 'trace'])

function called(name: string, args: readonly Atom[], focus: Kinds, around: Around): Kinds {
  if (name === 'ofType' || name === 'as' || name === 'is') return cast(name, nameOf(args[0]), around)
  if (name === 'extension') return new Set(['Extension'])
  const inside = each.has(name) ? focus : both(focus, around.root)
  const [first, second, third] = args.map((arg) => walk(arg, inside, around))
  if (same.has(name)) return focus
  if (name === 'select') return first
  if (name === 'iif') return args.length === 3 ? both(second, third) : second
  return name === 'union' || name === 'combine' ? both(focus, first) : undefined
}

const both = (a: Kinds, b: Kinds): Kinds => a && b && new Set([...a, ...b])

/** FHIRPath's own, beside those of FHIR. */
const systemKinds = new Set(['String', 'Boolean', 'Integer', 'Decimal', 'Date', 'DateTime', 'Time', 'Any'])
const isKind = (kind: string): boolean => /^[a-z]/.test(kind) || systemKinds.has(kind) || !!shapeOf(kind)

function cast(how: string, kind: string | undefined, { found }: Around): Kinds {
  if (kind !== undefined && !isKind(kind)) found.push({ element: kind, near: undefined })
  return how === 'is' || kind === undefined ? undefined : new Set([kind])
}

/** The last name of a type (`FHIR.Quantity`). */
function nameOf(atom: Atom | undefined): string | undefined {
  const { name, right } = partsOf(atom)
  return name ?? (right && nameOf(right))
}

const ofPrimitive: Readonly<Record<string, string[]>> = {
  id: ['string'],
  extension: ['Extension'],
  value: ['string'],
}

/** Of a choice (`value`) all that it may be; a name in JSON (`valueQuantity`) as well. */
function childrenOf(kind: string, name: string): string[] {
  const shape = shapeOf(kind)
  if (!shape) return ofPrimitive[name] ?? []
  const elements = [...shape.elements.values()]
  return elements.filter((one) => one.name === name || stemOf(one) === name).map((one) => one.type)
}

const stemOf = ({ key }: Element): string => key.slice(key.lastIndexOf('.') + 1)

function strayOf(kinds: readonly string[], name: string): Stray {
  const names = kinds.flatMap((kind) =>
    [...(shapeOf(kind)?.elements.values() ?? [])].flatMap((one) => [one.name, stemOf(one)]),
  )
  const ranked = [...new Set(names)]
    .map((other) => ({ other, steps: stepsBetween(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)
  const best = ranked[0]
  const near = best && best.steps <= Math.max(1, name.length / 3) ? best.other : undefined
  return { element: `${kinds.length === 1 ? `${kinds[0]}.` : ''}${name}`, near }
}

/** How many letters must be put in, left out or changed to make one word another (Levenshtein). */
function stepsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row[b.length] ?? 0
}
