/** What a SMART v2 scope allows on a resource: create, read, update, delete, search. */
export type ScopeVerb = 'c' | 'r' | 'u' | 'd' | 's'

/** One scope of a system client, taken apart. `type` is a FHIR resource type or `*`. */
export interface Scope {
  readonly type: string
  readonly verbs: ReadonlySet<ScopeVerb>
}

const pattern = /^system\/(\*|[A-Z][A-Za-z]{1,63})\.(?=[cruds])(c?r?u?d?s?)$/

/** A scope as SMART App Launch 2.2 writes it (`system/Patient.rs`), or undefined where it is none we know. */
export function parseScope(text: string): Scope | undefined {
  const [, type, verbs] = pattern.exec(text) ?? []
  if (!type || !verbs) return undefined
  return { type, verbs: new Set([...verbs] as ScopeVerb[]) }
}

/** Whether the scopes let a client do this to resources of that type; `*` in a scope stands for every type. */
export const scopeAllows = (scopes: readonly string[], type: string, verb: ScopeVerb): boolean =>
  scopes.some((text) => {
    const scope = parseScope(text)
    return scope !== undefined && (scope.type === '*' || scope.type === type) && scope.verbs.has(verb)
  })

/** Whether everything the wanted scope allows is allowed by the held ones; unknown scopes never are. */
export function scopeWithin(held: readonly string[], wanted: string): boolean {
  const scope = parseScope(wanted)
  return scope !== undefined && [...scope.verbs].every((verb) => scopeAllows(held, scope.type, verb))
}

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
