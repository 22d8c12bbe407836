import { isOpenType } from './concern.ts'
import { parameters, summaries } from './parameters.gen.ts'
import { shapeOf } from './shape.ts'

export type Kind =
  | 'token'
  | 'string'
  | 'date'
  | 'number'
  | 'quantity'
  | 'reference'
  | 'uri'
  | 'composite'
  | 'special'

/** One step down a resource by JSON name; only entries with `where`, only the first. */
export interface Step {
  readonly name: string
  readonly where?: readonly [string, string]
  readonly first?: boolean
}

/** Where values of a FHIR type lie. */
export interface Place {
  readonly steps: readonly Step[]
  /** From the resource itself, although the place is one of an entry of a list. */
  readonly fromRoot: boolean
  readonly type: string
}

/** What is kept of a resource under one name; parameters that look at the same elements share it. */
export interface Slot {
  readonly name: string
  readonly kind: Kind
  readonly places: readonly Place[]
  /** Of a composite: the list whose entries belong together, and the parts. */
  readonly list: readonly Step[]
  readonly parts: readonly { readonly kind: Kind; readonly places: readonly Place[] }[]
  /**
   * The slot under whose name its values lie in `kernel.resource_key` too: its own, or one that holds them all (a family
   * name is part of a name). What divides a type into two halves would only cost there.
   */
  readonly index: string | undefined
  /** The element by which the resource is one patient's: pointers to that patient are kept as `@`. */
  readonly isOwn: boolean
}

/** A search parameter of one type. */
export interface Parameter {
  readonly code: string
  readonly kind: Kind
  /** Slots in which it looks; a name with `&` is a composite at the root, by the parameters named. */
  readonly slots: readonly string[]
  /** Where references may point; the parameters of a composite. */
  readonly targets: readonly string[]
}

/** Everything by which one type is searched. */
export interface Searchable {
  readonly slots: ReadonlyMap<string, Slot>
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly own: Slot | undefined
}

const table = JSON.parse(parameters) as Record<string, string>
const shown = JSON.parse(summaries) as Record<string, string>
const known = new Map<string, Searchable>()

function stepOf(text: string): Step {
  const [, name = '', filter] = /^(\w+)(?:\[(.+)\])?$/.exec(text) ?? []
  if (!filter) return { name }
  if (filter === '0') return { name, first: true }
  const [element = '', value = ''] = filter.split('=')
  return { name, where: [element, value] }
}

const stepsOf = (path: string): Step[] => path.split('.').map(stepOf)

function placesOf(text: string): Place[] {
  return text.split(',').map((place) => {
    const at = place.lastIndexOf(':')
    const path = place.slice(0, at)
    return {
      steps: stepsOf(path.replace(/^\//, '')),
      fromRoot: path.startsWith('/'),
      type: place.slice(at + 1),
    }
  })
}

/** The element from which R4 takes the patient, of those that hold one pointer only. */
function ownElement(type: string): string | undefined {
  if (isOpenType(type)) return undefined
  const elements = shapeOf(type)?.elements
  const name = ['subject', 'patient', 'beneficiary', 'for', 'individual'].find((one) => elements?.has(one))
  return name && !elements?.get(name)?.list ? name : undefined
}

/** The elements of a name, an address, a way to be reached: whoever keeps the whole keeps them. */
const wholes: Readonly<Record<string, string>> = {
  family: 'name',
  given: 'name',
  phone: 'telecom',
  email: 'telecom',
  'address-city': 'address',
  'address-country': 'address',
  'address-postalcode': 'address',
  'address-state': 'address',
}
const isWhole = /:(HumanName|ContactPoint|Address)$/

const twofold = /:(boolean|exists)\b/
const indexed: ReadonlySet<Kind> = new Set(['token', 'string', 'date', 'reference', 'uri'])

function slotOf(line: string, own: string | undefined, held: ReadonlySet<string>): Slot {
  const [name = '', kind = '', first = '', ...more] = line.slice(1).split(' ')
  const isComposite = kind === 'composite'
  const isIndexed = indexed.has(kind as Kind) && !twofold.test(first) && name !== 'gender'
  const whole = wholes[name]
  return {
    name,
    kind: kind as Kind,
    places: isComposite ? [] : placesOf(first),
    list: isComposite ? stepsOf(first) : [],
    parts: more.map((part) => {
      const at = part.indexOf(':')
      return { kind: part.slice(0, at) as Kind, places: placesOf(part.slice(at + 1)) }
    }),
    index: !isIndexed ? undefined : whole && held.has(whole) ? whole : name,
    isOwn: kind === 'reference' && first === `${own}:Reference`,
  }
}

function parameterOf(line: string): Parameter {
  const [code = '', kind = '', slots = '', targets = ''] = line.split(' ')
  return {
    code,
    kind: kind as Kind,
    slots: slots.split(','),
    targets: targets ? targets.split(',') : [],
  }
}

/** How resources of a type are searched. */
export function searchable(type: string): Searchable {
  const before = known.get(type)
  if (before) return before
  const lines = (Object.hasOwn(table, type) ? (table[type] ?? '') : '').split('\n').filter(Boolean)
  const own = ownElement(type)
  const described = lines.filter((line) => line.startsWith('='))
  const held = new Set(
    described.filter((line) => isWhole.test(line)).map((line) => line.slice(1).split(' ')[0] ?? ''),
  )
  const slots = described.map((line) => slotOf(line, own, held))
  const all = lines.filter((line) => !line.startsWith('=')).map(parameterOf)
  const made = {
    slots: new Map(slots.map((slot) => [slot.name, slot])),
    parameters: new Map(all.map((one) => [one.code, one])),
    own: slots.find((slot) => slot.isOwn),
  }
  known.set(type, made)
  return made
}

/** The elements that a summary of the type shows. */
export const summaryOf = (type: string): readonly string[] => (shown[type] ?? '').split(' ')
