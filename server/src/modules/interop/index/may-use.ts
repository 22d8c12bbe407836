import type { Actor } from '../../../kernel/actor.ts'
import { type ScopeVerb, scopeAllows } from '../../identity/index.ts'

const directory = ['Organization', 'Location', 'HealthcareService', 'OrganizationAffiliation', 'Endpoint']
const people = ['Practitioner', 'PractitionerRole', 'CareTeam']
const reading = new Set<ScopeVerb>(['r', 's'])

/** Whether resources of the type are what clinicians write into a record, and not directories or the person. */
export const isRecord = (type: string): boolean =>
  type !== 'Patient' && !directory.includes(type) && !people.includes(type)

/** The permission that staff need for a type; a module behind it asks for its own besides. */
function permissionFor(type: string, verb: ScopeVerb): string {
  const isRead = reading.has(verb)
  if (type === 'Patient') return isRead ? 'resident.read' : 'resident.register'
  if (directory.includes(type)) return isRead ? 'network.read' : 'network.manage'
  if (people.includes(type)) return isRead ? 'workforce.read' : 'workforce.manage'
  return isRead ? 'record.read' : 'record.write'
}

/**
 * Whether the actor may do this to resources of the type at all: clients by scope, staff by role, residents read;
 * through an app no more than its scopes besides.
 */
export function mayUse(actor: Actor, type: string, verb: ScopeVerb): boolean {
  const isScoped = actor.kind === 'client' || actor.app !== undefined
  if (isScoped && !scopeAllows(actor.scopes, type, verb)) return false
  if (actor.kind === 'client') return true
  if (actor.kind === 'staff') return actor.permissions.has(permissionFor(type, verb))
  if (actor.kind === 'resident') return reading.has(verb)
  return actor.kind === 'system'
}
