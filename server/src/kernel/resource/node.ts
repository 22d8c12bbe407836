import type { Json } from './owner.ts'

/** An object within a resource. */
export type Node = { readonly [name: string]: Json }

const isNode = (one: Json): one is { [key: string]: Json } =>
  typeof one === 'object' && one !== null && !Array.isArray(one)

/** The objects of a list; none where it is no list. */
export const nodes = (value: Json): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
