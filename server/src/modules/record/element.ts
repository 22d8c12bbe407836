import type { Json } from '../../kernel/resource/owner.ts'

/** Reading a FHIR resource that may lack anything. */
export type Node = { readonly [name: string]: Json }

/** The value as an object; an empty one where it is none. */
export const node = (value: Json): Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** The value as a list; what stands alone is a list of one. */
export const list = (value: Json): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

export const text = (value: Json): string | undefined => (typeof value === 'string' ? value : undefined)
export const number = (value: Json): number | undefined => (typeof value === 'number' ? value : undefined)

/** The value at a path of names, the first of every list. */
export const at = (start: Json, path: string): Json =>
  path.split('.').reduce<Json>((value, name) => node(list(value)[0])[name], start)

/** The words at a path. */
export const textAt = (start: Json, path: string): string | undefined => {
  const value = at(start, path)
  return text(list(value)[0])
}

/** Parts in one line, the missing ones left out; null where nothing is left. */
export const joined = (parts: readonly (string | undefined | null)[], by = '，'): string | null =>
  parts.filter(Boolean).join(by) || null
