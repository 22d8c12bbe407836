import { createHash } from 'node:crypto'
import type { Entry } from '../../kernel/resource/bundle/entry.ts'
import { identifiersOf } from '../../kernel/resource/concern.ts'
import type { Resource } from '../../kernel/resource/owner.ts'

/** Types of which every identifier names one thing; elsewhere one number may stand on many (a claim's group). */
const named = new Set(['Organization', 'Practitioner', 'Patient', 'Location', 'Device', 'Medication'])

/** The names by which a source knows each entry, by its index: run again, the same names are met again. */
export function keysOf(entries: readonly Entry[]): ReadonlyMap<number, readonly string[]> {
  const uses = new Map<string, number>()
  const all = new Map(entries.map((entry) => [entry.index, entry.act === 'create' ? namesOf(entry) : []]))
  for (const key of [...all.values()].flat()) uses.set(key, (uses.get(key) ?? 0) + 1)
  return new Map([...all].map(([index, keys]) => [index, keys.filter((key) => uses.get(key) === 1)]))
}

function namesOf(entry: Entry): string[] {
  const { resource, type } = entry
  if (!resource) return []
  const fullUrl = entry.fullUrl ? [entry.fullUrl] : []
  const identifiers = identifiersOf(resource)
  if (named.has(type)) return [...fullUrl, ...identifiers.map((identifier) => keyOf(type, identifier))]
  if (fullUrl.length > 0) return fullUrl
  if (identifiers.length > 0) return [keyOf(type, [...identifiers].sort().join(' '))]
  return [keyOf(type, resource.id ?? digestOf(resource))]
}

/** Numbers of people lie nowhere in plain: a key of one is its digest. */
const keyOf = (type: string, name: string): string =>
  `${type}:${createHash('sha256').update(`${type} ${name}`).digest('base64url')}`

const digestOf = (resource: Resource): string =>
  createHash('sha256').update(JSON.stringify(resource)).digest('base64url')
