import type { Json, Resource } from '../owner.ts'

/** How the entries of a Bundle point at each other, and what their pointers become once they have ids. */

const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names of elements whose text may be a pointer: references, and the urls of attachments. */
const pointing = new Set(['reference', 'url', 'uri'])

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

/** The same resource with every pointer that `names` knows replaced by the reference it stands for. */
export function relink(resource: Resource, names: ReadonlyMap<string, string>): Resource {
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk)
    if (!isNode(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        pointing.has(name) && typeof inner === 'string' ? (names.get(inner) ?? inner) : walk(inner),
      ]),
    )
  }
  return walk(resource as { [key: string]: Json }) as unknown as Resource
}
