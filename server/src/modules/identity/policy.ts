import { type AccountState, accountFlow } from '@tongmai/api/identity/account'
import { type Role, roleOnlyAt } from '@tongmai/api/identity/role'
import { type OpenMove, step } from '@tongmai/api/kernel'
import type { Actor } from '../../kernel/actor.ts'

/** An account with its post at the institution from which it is looked at. */
export interface AccountLine {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly homeInstitutionId: string
  readonly state: AccountState
  readonly mustChangePassword: boolean
  readonly signedInAt: Date | null
  readonly addedAt: Date
  readonly version: number
  readonly postId: string
  readonly roles: Role[]
  readonly practitionerId: string | null
}

/** One's own account: nobody gives themselves rights, or takes away the last administrator by mistake. */
export const isSelf = (actor: Actor, account: { id: string }): boolean => actor.id === account.id

/** Whether the account belongs to the actor's institution; a guest's password and state are not ours. */
export const isHome = (actor: Actor, account: { homeInstitutionId: string }): boolean =>
  actor.institutionId === account.homeInstitutionId

/** Roles that cannot be given at an institution of this kind. */
export const rolesOutOfPlace = (roles: readonly Role[], kind: string | undefined): Role[] =>
  roles.filter((role) => {
    const kinds = roleOnlyAt[role]
    return kinds !== undefined && !kinds.includes(kind ?? '')
  })

const mineOnly = ['disable', 'enable', 'resetPassword', 'unlock']

/** Why a move on an account is closed to this administrator; undefined where it is open. */
export function whyClosed(
  actor: Actor,
  account: Pick<AccountLine, 'id' | 'homeInstitutionId' | 'state'>,
  { move, locked }: { move: string; locked: boolean },
): string | undefined {
  if (isSelf(actor, account)) return 'identity.not-yourself'
  if (mineOnly.includes(move) && !isHome(actor, account)) return 'identity.not-home'
  if (move === 'unlock') return locked ? undefined : 'identity.not-locked'
  const isState = move === 'disable' || move === 'enable'
  if (isState && !step(accountFlow, account.state, move))
    return `identity.cannot-${move}-when-${account.state}`
  return undefined
}

/** What this administrator may do with an account, and why not the rest. */
export const movesOf = (actor: Actor, account: AccountLine, locked: boolean): OpenMove[] =>
  ['changePost', 'endPost', 'disable', 'enable', 'resetPassword', 'unlock'].map((move) => {
    const why = whyClosed(actor, account, { move, locked })
    return why ? { move, open: false, why } : { move, open: true }
  })
