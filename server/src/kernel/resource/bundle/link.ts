import { alike } from '../exact.ts'
import type { Json, Resource } from '../owner.ts'

/** How the entries of a Bundle point at each other, and what their pointers become once they have ids. */

const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names of elements whose text may be a pointer: references, the urls of attachments, addresses in extensions. */
const pointing = new Set(['reference', 'url', 'uri', 'valueUri', 'valueUrl', 'valueOid', 'valueUuid'])

/** What a narrative points at, as its attribute says it. */
const inNarrative = /(?<=\s(?:href|src)=")[^"]+(?=")/g

/** True for what must be resolved inside the Bundle or by what is known: a urn, or a search (`Type?identifier=…`). */
export const isOpenLink = (text: string): boolean =>
  text.startsWith('urn:uuid:') || text.startsWith('urn:oid:') || /^[A-Za-z]+\?/.test(text)

/** Every reference in a resource that has to be resolved before it can be stored. */
export function openLinks(resource: Resource): readonly string[] {
  const found = new Set<string>()
  collect(resource as { [key: string]: Json }, found)
  return [...found]
}

function collect(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found)
  if (!isNode(value)) return
  if (typeof value.reference === 'string' && isOpenLink(value.reference)) found.add(value.reference)
  for (const inner of Object.values(value)) collect(inner, found)
}

/** The same resource with every pointer that is known replaced by the reference it stands for, in its narrative too. */
export function relink(resource: Resource, nameOf: (pointer: string) => string | undefined): Resource {
  const named = (name: string, text: string): string => {
    if (pointing.has(name)) return nameOf(text) ?? text
    return name === 'div' ? text.replace(inNarrative, (pointer) => nameOf(pointer) ?? pointer) : text
  }
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isNode(value)) return value
    const told = Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? named(name, inner) : walk(inner),
    ])
    return alike(Object.fromEntries(told), value)
  }
  return walk(resource as { [key: string]: Json }) as unknown as Resource
}
