import { permissionsOf, type Role } from '@tongmai/api/identity/role'
import { type Actor, nobody } from '../../kernel/actor.ts'
import { isBound } from './app-request.ts'
import { narrowingBy, permissionsOfAny } from './scope.ts'

/** What an app was allowed, by whom, and that person's post as it is now. */
export interface Allowed {
  readonly clientId: string
  readonly accountId: string | null
  readonly residentAccountId: string | null
  readonly institutionId: string | null
  readonly practitionerId: string | null
  readonly ownResidentId: string | null
  readonly residentId: string | null
  readonly roles: readonly Role[] | null
  readonly tokenScopes: readonly string[]
}

/**
 * Who acts when an app does: the person, with no more than both their own roles and the scopes allow, and for one
 * patient only where the scopes are bound to one. Null where the person has no part there any more.
 */
export function appActor(allowed: Allowed, others: readonly string[]): Actor | null {
  const { clientId, accountId, residentAccountId, ownResidentId, residentId, roles } = allowed
  const scopes = allowed.tokenScopes
  const bound = isBound(scopes) ? residentId : null
  if (isBound(scopes) && bound === null) return null
  const narrowing = narrowingBy(scopes)
  const shared = { ...nobody, scopes, narrowing, app: { clientId, residentId: bound } }
  if (residentAccountId && ownResidentId) {
    const residentIds = [ownResidentId, ...others].filter((one) => bound === null || one === bound)
    return residentIds.length > 0 ? { ...shared, kind: 'resident', id: residentAccountId, residentIds } : null
  }
  if (!accountId || !roles) return null
  const own = new Set<string>(permissionsOf(roles))
  const permissions = new Set([...permissionsOfAny(scopes)].filter((one) => own.has(one)))
  const { institutionId, practitionerId } = allowed
  return { ...shared, kind: 'staff', id: accountId, institutionId, practitionerId, permissions }
}
