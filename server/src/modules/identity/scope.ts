import { parseScope, type ScopeVerb, scopeAllows } from '@tongmai/api/identity/scope'

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

/** The permissions that a client's scopes amount to, so that it may call the endpoints that staff call. */
export function permissionsOfScopes(scopes: readonly string[]): Set<string> {
  const clinical = scopes.flatMap((text) => {
    const type = parseScope(text)?.type
    return type && !apart.has(type) ? [type] : []
  })
  const held = table.filter(([, types, verbs]) =>
    (types ?? clinical).some((type) => verbs.some((verb) => scopeAllows(scopes, type, verb))),
  )
  return new Set(held.map(([permission]) => permission))
}

/** What a client may do by itself; the rest of its scopes is for people who use it. */
export const ownScopes = (scopes: readonly string[]): string[] =>
  scopes.filter((one) => parseScope(one)?.context === 'system')
