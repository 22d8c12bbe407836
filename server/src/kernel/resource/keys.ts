import { beside } from './comparable.ts'
import { pointsAtPatient, typedOf, valuesOf, wordsOf } from './extract.ts'
import { type Json, ownersOf, type Resource } from './owner.ts'
import { type Slot, type Step, searchable } from './parameter.ts'

/** Everything a resource is found by, as `slot=value`; the first `indexed` of them lie in `kernel.resource_key` too. */
export interface Keys {
  readonly keys: readonly string[]
  readonly indexed: number
}

export const noKeys: Keys = { keys: [], indexed: 0 }

/** More than this is not kept of one resource; a code system of this size is searched by its operations. */
const most = 10_000

type Node = { readonly [name: string]: Json }
const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function collect(found: Json[], value: Json, steps: readonly Step[], at: number): void {
  if (value === undefined || value === null) return
  if (Array.isArray(value)) {
    for (const one of value) collect(found, one, steps, at)
    return
  }
  const step = steps[at]
  if (!step) found.push(value)
  else if (isNode(value)) collect(found, along(value, step), steps, at + 1)
}

function along(node: Node, { name, where, first }: Step): Json {
  const value = node[name]
  if (first) return Array.isArray(value) ? value[0] : value
  if (!where) return value
  const [element, wanted] = where
  return (Array.isArray(value) ? value : [value]).filter((one) => isNode(one) && one[element] === wanted)
}

function at(node: Json, steps: readonly Step[]): readonly Json[] {
  const found: Json[] = []
  collect(found, node, steps, 0)
  return found
}

class Collected {
  readonly first = new Set<string>()
  readonly rest = new Set<string>()

  add(slot: string, value: string, isIndexed: boolean): void {
    this.keep(`${slot}=${value}`, isIndexed)
  }

  keep(key: string, isIndexed: boolean): void {
    if (this.first.size + this.rest.size >= most) return
    if (isIndexed) this.first.add(key)
    else this.rest.add(key)
  }
}

function simple(collected: Collected, resource: Node, slot: Slot, isOfResident: boolean): void {
  const found = slot.places.flatMap(({ steps, type }) =>
    at(resource, steps).map((value) => ({ value, type })),
  )
  const own = slot.isOwn && isOfResident ? found.find(({ value }) => pointsAtPatient(value)) : undefined
  if (own) collected.add(slot.name, '@', false)
  if (found.length === 0 && slot.places.every(({ type }) => type === 'exists'))
    collected.add(slot.name, 'false', false)
  for (const one of found) {
    for (const value of valuesOf(slot.kind, one.value, one.type))
      if (one !== own || value.startsWith('#')) collected.add(slot.name, value, slot.index === slot.name)
    if (slot.kind === 'token') spoken(collected, slot.name, one.value)
  }
}

/** What stands beside a code or number: words, and of which type a number is. */
function spoken(collected: Collected, slot: string, value: Json): void {
  for (const one of wordsOf(value)) collected.add(`${slot}:text`, one, false)
  for (const one of typedOf(value)) collected.add(`${slot}:of-type`, one, false)
}

function composite(collected: Collected, resource: Node, slot: Slot): void {
  const entries: Json[] = []
  collect(entries, resource, slot.list, 0)
  for (const entry of entries) {
    const parts = slot.parts.map(({ kind, places }) =>
      places.flatMap((place) =>
        at(place.fromRoot ? resource : entry, place.steps).flatMap((value) =>
          valuesOf(kind, value, place.type),
        ),
      ),
    )
    for (const values of product(parts)) collected.add(slot.name, values.join(beside), false)
  }
}

const product = (parts: readonly (readonly string[])[]): string[][] =>
  parts.reduce<string[][]>((all, part) => all.flatMap((before) => part.map((one) => [...before, one])), [[]])

/** What the resource is found by; its owner adds keys of what must not lie in the store in plain. */
export function keysOf(resource: Resource, isOfResident: boolean): Keys {
  const collected = new Collected()
  const { slots } = searchable(resource.resourceType)
  for (const slot of slots.values()) {
    if (slot.kind === 'composite') composite(collected, resource, slot)
    else simple(collected, resource, slot, isOfResident)
  }
  for (const owner of ownersOf(resource.resourceType))
    for (const key of owner.keys?.(resource) ?? []) {
      const name = key.slice(0, key.indexOf('='))
      collected.keep(key, slots.get(name)?.index === name)
    }
  return { keys: [...collected.first, ...collected.rest], indexed: collected.first.size }
}
