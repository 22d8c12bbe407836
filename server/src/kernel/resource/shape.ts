import { definitions } from './definitions.gen.ts'

/** One element of a FHIR type as the R4 definitions give it. */
export interface Element {
  /** The name in JSON; a choice has one entry per type (`valueQuantity`). */
  readonly name: string
  /** Where the definitions speak of it: `Observation.value`. */
  readonly key: string
  readonly type: string
  readonly list: boolean
  /** The codes allowed, where the binding is required and the set is a plain list; of a concept, `system|code`. */
  readonly codes: ReadonlySet<string> | undefined
  /** The resource types a reference may point at; undefined where it may point at any. */
  readonly targets: ReadonlySet<string> | undefined
  /** The group a choice belongs to (`value[x]`): one of them at most. */
  readonly choice: string | undefined
}

/** A FHIR type: its elements by JSON name, and those that must be there (all names of a required choice). */
export interface Shape {
  /** `Observation`, or `Observation.component` for a backbone. */
  readonly name: string
  readonly elements: ReadonlyMap<string, Element>
  readonly required: readonly { readonly name: string; readonly names: readonly string[] }[]
}

const table = JSON.parse(definitions) as { sets: string[]; types: Record<string, string> }
const sets = new Map<string, ReadonlySet<string>>()
const shapes = new Map<string, Shape>()

function codesOf(set: string | undefined): ReadonlySet<string> | undefined {
  if (set === undefined) return undefined
  const known = sets.get(set)
  if (known) return known
  const codes = new Set((table.sets[Number(set)] ?? '').split(' '))
  sets.set(set, codes)
  return codes
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A set of codes binds codes; one whose number stands after `#` binds concepts and codings. */
function boundTo(type: string, set: string | undefined): ReadonlySet<string> | undefined {
  if (set?.startsWith('#')) {
    return type === 'CodeableConcept' || type === 'Coding' ? codesOf(set.slice(1)) : undefined
  }
  return type === 'CodeableConcept' || type === 'Coding' ? undefined : codesOf(set)
}

function compile(owner: string, text: string): Shape {
  const elements = new Map<string, Element>()
  const required: { name: string; names: readonly string[] }[] = []
  for (const line of text.split('\n')) {
    const [name = '', count = '', types = '', bound, allowed] = line.split(' ')
    const set = bound === '-' ? undefined : bound
    if (count[1] === '0') continue
    const choice = name.endsWith('[x]') ? name : undefined
    const stem = choice ? name.slice(0, -3) : name
    const names = types.split('/').map((type) => {
      const own = choice ? stem + upper(type) : name
      const targets = type === 'Reference' && allowed ? new Set(allowed.split(',')) : undefined
      const codes = boundTo(type, set)
      elements.set(own, {
        name: own,
        key: `${owner}.${stem}`,
        type,
        list: count[1] === '*',
        codes,
        targets,
        choice,
      })
      return own
    })
    if (count[0] !== '0') required.push({ name: stem, names })
  }
  return { name: owner, elements, required }
}

/** The shape of a FHIR type or of a backbone element by its path (`Observation.component`). */
export function shapeOf(type: string): Shape | undefined {
  const known = shapes.get(type)
  if (known) return known
  const text = Object.hasOwn(table.types, type) ? table.types[type] : undefined
  if (text === undefined) return undefined
  const shape = compile(type, text)
  shapes.set(type, shape)
  return shape
}

/** Every resource type of FHIR R4, in alphabetical order. */
export const resourceTypes: readonly string[] = Object.entries(table.types)
  .filter(([name, text]) => !name.includes('.') && text.includes('\nimplicitRules '))
  .map(([name]) => name)
  .filter((name) => name !== 'Resource' && name !== 'DomainResource')
  .sort()

const known = new Set(resourceTypes)

/** True for the name of a resource type of FHIR R4. */
export const isResourceType = (type: unknown): type is string => typeof type === 'string' && known.has(type)
