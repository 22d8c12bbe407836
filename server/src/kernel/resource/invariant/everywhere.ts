/** The invariants of every element and every resource (R4), by hand: they are asked for each of them. */

type Node = { readonly [name: string]: unknown }
/** Says what is wrong: the key of the rule, what it asks, and where below the object. */
export type Say = (key: string, text: string, below?: string) => void

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const containedIn = (resource: Node): readonly Node[] =>
  Array.isArray(resource.contained) ? resource.contained.filter(isNode) : []

/** ext-1: an extension has a value or extensions of its own, never both. */
export function extensionRules(extension: Node, say: Say): void {
  let values = 0
  for (const name in extension) if (/^_?value[A-Z]/.test(name)) values = 1
  if ((extension.extension !== undefined) === values > 0)
    say('ext-1', 'must have a value or extensions, not both')
}

/** ref-1: a reference within the resource finds something there. */
export function referenceRules(reference: Node, container: Node, say: Say): void {
  const text = reference.reference
  if (typeof text !== 'string' || !text.startsWith('#') || text === '#') return
  if (!containedIn(container).some(({ id }) => id === text.slice(1)))
    say('ref-1', `${text.slice(0, 80)} is not contained`, 'reference')
}

/** dom-2 to dom-5: what is contained is whole, has no life of its own, and is spoken of. */
export function containedRules(resource: Node, say: Say): void {
  const contained = containedIn(resource)
  if (contained.length === 0) return
  const pointed = new Set<string>()
  collect(resource, pointed)
  for (const [index, one] of contained.entries()) {
    const below = `contained[${index}]`
    const meta = isNode(one.meta) ? one.meta : {}
    if (one.contained !== undefined) say('dom-2', 'must not contain resources itself', below)
    if (!pointed.has(`#${String(one.id)}`) && !pointsUp(one)) say('dom-3', 'is referred to by nothing', below)
    if (meta.versionId !== undefined || meta.lastUpdated !== undefined)
      say('dom-4', 'must not have a version or a time of update', below)
    if (meta.security !== undefined) say('dom-5', 'must not have a security label', below)
  }
}

function collect(value: unknown, pointed: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) pointed.add(value)
  } else if (Array.isArray(value)) for (const one of value) collect(one, pointed)
  else if (isNode(value)) for (const name in value) collect(value[name], pointed)
}

function pointsUp(resource: Node): boolean {
  const pointed = new Set<string>()
  collect(resource, pointed)
  return pointed.has('#')
}
