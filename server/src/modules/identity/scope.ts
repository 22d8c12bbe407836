import { parseScope, type ScopeVerb, scopeAllows } from '@tongmai/api/identity/scope'
import type { Narrowing } from '../../kernel/actor.ts'
import { canNarrow, narrowingOf } from '../../kernel/resource/narrow.ts'
import { isResourceType } from '../../kernel/resource/shape.ts'

const directory = ['Organization', 'Location', 'HealthcareService', 'OrganizationAffiliation']
const people = ['Practitioner', 'PractitionerRole', 'CareTeam']
const referral = ['ServiceRequest', 'Task']
const apart = new Set([...directory, ...people, ...referral, 'Patient'])

/** Permission by permission: one of these verbs on one of these types; null stands for any clinical type. */
const table: readonly (readonly [string, readonly string[] | null, readonly ScopeVerb[]])[] = [
  ['network.read', directory, ['r', 's']],
  ['workforce.read', people, ['r', 's']],
  ['resident.read', ['Patient'], ['r', 's']],
  ['resident.reveal', ['Patient'], ['r']],
  ['resident.register', ['Patient'], ['c', 'u']],
  ['record.read', null, ['r', 's']],
  ['record.write', null, ['c', 'u']],
  ['referral.read', referral, ['r', 's']],
  ['referral.write', ['ServiceRequest'], ['c']],
  ['referral.answer', referral, ['u']],
  ['referral.receive', referral, ['u']],
  ['referral.treat', referral, ['u']],
  ['referral.takeOver', referral, ['u']],
  ['referral.followUp', referral, ['u']],
]

const isWhole = (text: string): boolean => parseScope(text)?.query === ''

/**
 * The permissions that a client's scopes amount to, so that it may call the endpoints that staff call. They know nothing
 * of what is some of a type: a scope with a query counts over FHIR only.
 */
export const permissionsOfScopes = (scopes: readonly string[]): Set<string> =>
  permissionsOfAny(scopes.filter(isWhole))

/** The same with those that have a query, for whom nothing but FHIR is open. */
export function permissionsOfAny(scopes: readonly string[]): Set<string> {
  const clinical = scopes.flatMap((text) => {
    const type = parseScope(text)?.type
    return type && !apart.has(type) ? [type] : []
  })
  const held = table.filter(([, types, verbs]) =>
    (types ?? clinical).some((type) => verbs.some((verb) => scopeAllows(scopes, type, verb))),
  )
  return new Set(held.map(([permission]) => permission))
}

const narrowings = new Map<string, Narrowing | undefined>()
const NARROWINGS_MAX = 1_000

/** What scopes with a query leave of their types; the same object for the same scopes. */
export function narrowingBy(scopes: readonly string[]): Narrowing | undefined {
  if (!scopes.some((one) => one.includes('?'))) return undefined
  const key = scopes.join(' ')
  if (narrowings.has(key)) return narrowings.get(key)
  if (narrowings.size >= NARROWINGS_MAX) narrowings.clear()
  const parsed = scopes.flatMap((text) => parseScope(text) ?? [])
  const made = narrowingOf(
    parsed.map(({ type, verbs, query }) => ({
      ...{ type, verbs },
      query: query ? [...new URLSearchParams(query)] : undefined,
    })),
  )
  narrowings.set(key, made)
  return made
}

/** Whether a scope speaks of resources, and of codes of theirs, that there are in R4, or of none at all. */
export function isOfR4(text: string): boolean {
  const { type, query = '' } = parseScope(text) ?? {}
  if (type === undefined || type === '*') return true
  return isResourceType(type) && (query === '' || canNarrow(type, [...new URLSearchParams(query)]))
}

/** What a client may do by itself; the rest of its scopes is for people who use it. */
export const ownScopes = (scopes: readonly string[]): string[] =>
  scopes.filter((one) => parseScope(one)?.context === 'system')
