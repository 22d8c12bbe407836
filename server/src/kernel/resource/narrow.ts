import type { Actor, Allowed, Alternative, Narrowing } from '../actor.ts'
import { refuse } from '../refusal.ts'
import type { Leaf, Range } from './find/condition.ts'
import { leafOf, split } from './find/value.ts'
import { impliedSystems } from './implied-system.ts'
import { keysOf } from './keys.ts'
import type { Resource } from './owner.ts'
import { type Parameter, type Slot, searchable } from './parameter.ts'

/** One scope, taken apart; without a query it is about all of the type. */
export interface Scoped {
  readonly type: string
  readonly verbs: Iterable<string>
  readonly query: Alternative | undefined
}

/** A need is met by a key within one of its ranges. */
type Need = readonly Range[]

const rangesOf = (slot: Slot, { exact = [], ranges = [] }: Leaf): Range[] => [
  ...exact.map((one): Range => [`${slot.name}=${one}`, `${slot.name}=${one}\x01`]),
  ...ranges.map(([low, high]): Range => [`${slot.name}=${low}`, `${slot.name}=${high}`]),
]

const slotsOf = (type: string, parameter: Parameter): Slot[] =>
  parameter.slots.flatMap((name) => searchable(type).slots.get(name) ?? [])

/** Undefined where it is no plain token parameter of the type: such a scope allows nothing. */
function needOf(type: string, [code, value]: Alternative[number]): Need | undefined {
  const parameter = searchable(type).parameters.get(code)
  if (parameter?.kind !== 'token') return undefined
  const leaves = split(value, ',').flatMap((text) =>
    slotsOf(type, parameter).map((slot) => {
      const types = new Set(slot.places.map((place) => place.type))
      const systems = impliedSystems(type, slot)
      const of = { kind: parameter.kind, modifier: undefined, types, systems, targets: [] }
      const wanted = { ...of, text, now: new Date(0) }
      return { slot, leaf: text === '' ? undefined : leafOf(wanted) }
    }),
  )
  if (leaves.some(({ leaf }) => !leaf || leaf.test)) return undefined
  return leaves.flatMap(({ slot, leaf }) => (leaf ? rangesOf(slot, leaf) : []))
}

function needsOf(type: string, alternatives: readonly Alternative[]): readonly (readonly Need[])[] {
  const all = alternatives.map((one) => one.map((pair) => needOf(type, pair)))
  return all.filter((needs): needs is Need[] => needs.length > 0 && !needs.includes(undefined))
}

/** Whether a scope can name this part of a type: by its token parameters only. */
export const canNarrow = (type: string, query: Alternative): boolean => needsOf(type, [query]).length > 0

/** What of a type may be seen, by reading or by searching; undefined where that is all of it. */
function seenOf(verbs: ReadonlyMap<string, Allowed>): readonly Alternative[] | undefined {
  const [read = [], search = []] = [verbs.get('r'), verbs.get('s')]
  return read === 'all' || search === 'all' ? undefined : [...read, ...search]
}

/** What is allowed of a type by verb, over all scopes that are about it. */
function allowedOf(of: string, scopes: readonly Scoped[]): ReadonlyMap<string, Allowed> {
  const allowed = new Map<string, Allowed>()
  for (const { verbs, query } of scopes.filter(({ type }) => type === '*' || type === of))
    for (const verb of verbs) {
      const before = allowed.get(verb) ?? []
      allowed.set(verb, before === 'all' || !query ? 'all' : [...before, query])
    }
  return allowed
}

/** What scopes leave of the types of which they name less than everything; undefined where there is none. */
export function narrowingOf(scopes: readonly Scoped[]): Narrowing | undefined {
  const named = new Set(scopes.flatMap(({ type, query }) => (query ? [type] : [])))
  if (named.size === 0) return undefined
  const types = new Map([...named].map((type) => [type, allowedOf(type, scopes)] as const))
  const seen = [...types].flatMap(([type, verbs]) => {
    const alternatives = seenOf(verbs)
    return alternatives ? [[type, needsOf(type, alternatives)] as const] : []
  })
  return { types, setting: seen.length > 0 ? JSON.stringify(Object.fromEntries(seen)) : '' }
}

const isOneOf = (resource: Resource, alternatives: readonly Alternative[]): boolean => {
  const { keys } = keysOf(resource, true)
  const isMet = (need: Need) => need.some(([low, high]) => keys.some((key) => key >= low && key < high))
  return needsOf(resource.resourceType, alternatives).some((needs) => needs.every(isMet))
}

/** Whether the actor's scopes let it do this to this very resource. What it would not see it does not write either. */
export function isInScope({ narrowing }: Actor, verb: string, resource: Resource): boolean {
  const verbs = narrowing?.types.get(resource.resourceType)
  if (!verbs) return true
  const allowed = verbs.get(verb) ?? 'all'
  if (allowed !== 'all' && !isOneOf(resource, allowed)) return false
  const seen = verb === 'r' || verb === 's' ? undefined : seenOf(verbs)
  return !seen || isOneOf(resource, seen)
}

/** Refuses 403 what the actor's scopes leave out of the type. */
export function requireInScope(actor: Actor, verb: string, resource: Resource): void {
  if (!actor.narrowing || isInScope(actor, verb, resource)) return
  refuse('forbidden', 'kernel.not-permitted', { details: { type: resource.resourceType, verb } })
}

/** What a search for a type is narrowed to; undefined where it is not. */
export function searchedBy({ narrowing }: Actor, type: string): readonly Alternative[] | undefined {
  const allowed = narrowing?.types.get(type)?.get('s')
  return allowed === 'all' ? undefined : allowed
}
