import type { Json, Resource } from '../../kernel/resource/owner.ts'

/** Where resources name the one who answers for them, in the order of preference. */
const paths = [
  'recorder',
  'asserter',
  'requester',
  'performer',
  'resultsInterpreter',
  'author',
  'participant',
]

type Node = { readonly [name: string]: Json }
const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: Json): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const named = /^Practitioner\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function idIn(value: Json): string | undefined {
  if (!isNode(value)) return undefined
  const inner = value.actor ?? value.individual
  if (inner !== undefined) return idIn(inner)
  return typeof value.reference === 'string' ? named.exec(value.reference)?.[1] : undefined
}

/** The practitioner of ours who answers for a resource, by its own words. */
export function recorderOf(resource: Resource): string | null {
  for (const path of paths)
    for (const value of list((resource as Node)[path])) {
      const id = idIn(value)
      if (id) return id
    }
  return null
}
