import * as z from 'zod/mini'
import { byId, type Flow, id, moment, openMove, page, paging, text } from '../kernel.ts'
import { role, roleList } from './role.ts'
import { done, username } from './text.ts'

/** An account is active until it is disabled; a lock-out passes by itself and is not a state. */
export type AccountState = 'active' | 'disabled'
export const accountFlow: Flow<AccountState> = {
  active: { disable: 'disabled' },
  disabled: { enable: 'active' },
}
export const state = z.enum(['active', 'disabled'])

/** An account as the administrator of an institution sees it: its post here, nothing of its posts elsewhere. */
export const account = z.object({
  id,
  username: z.string(),
  name: z.string(),
  state,
  /** False for a guest, whose password and state belong to the institution that added the account. */
  home: z.boolean(),
  roles: z.array(role),
  practitionerId: z.nullable(id),
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
  lockedUntil: z.nullable(moment),
  signedInAt: z.nullable(moment),
  addedAt: moment,
  version: z.number(),
  moves: z.array(openMove),
})
export type Account = z.output<typeof account>

const firstPassword = z.object({ id, password: z.string() })

/** The administration of accounts at one’s own institution. */
export const accountApi = {
  listAccounts: {
    method: 'GET',
    path: '/accounts',
    summary:
      'The accounts with a post at one’s institution, by name; `search` is the start of a name or user name',
    may: 'identity.manage',
    for: ['staff'],
    query: z.object({
      ...paging,
      search: z.optional(text(40)),
      role: z.optional(role),
      state: z.optional(state),
    }),
    returns: page(account),
  },
  findAccount: {
    method: 'GET',
    path: '/accounts/:id',
    summary: 'One account with a post at one’s institution',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    returns: account,
  },
  addAccount: {
    method: 'POST',
    path: '/accounts',
    summary: 'Adds an account with a post at one’s institution; answers its first password, this once',
    may: 'identity.manage',
    for: ['staff'],
    body: z.object({ username, name: text(60), roles: roleList, practitionerId: z.optional(id) }),
    returns: firstPassword,
  },
  addPost: {
    method: 'POST',
    path: '/accounts/posts',
    summary: 'Gives someone who already has an account elsewhere a post at one’s institution',
    may: 'identity.manage',
    for: ['staff'],
    body: z.object({ username, roles: roleList, practitionerId: z.optional(id) }),
    returns: z.object({ id }),
  },
  changePost: {
    method: 'POST',
    path: '/accounts/:id/change-post',
    summary: 'Changes someone’s roles at one’s institution; never one’s own',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    body: z.object({ roles: roleList, practitionerId: z.nullable(id), version: z.number() }),
    returns: account,
  },
  endPost: {
    method: 'POST',
    path: '/accounts/:id/end-post',
    summary: 'Ends someone’s post at one’s institution; posts elsewhere stay',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    returns: done,
  },
  disableAccount: {
    method: 'POST',
    path: '/accounts/:id/disable',
    summary: 'Disables an account of one’s institution and ends its sessions',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    returns: account,
  },
  enableAccount: {
    method: 'POST',
    path: '/accounts/:id/enable',
    summary: 'Enables a disabled account of one’s institution',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    returns: account,
  },
  resetPassword: {
    method: 'POST',
    path: '/accounts/:id/reset-password',
    summary:
      'Gives an account of one’s institution a new first password, shown once; its sessions and second factor end',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    returns: firstPassword,
  },
  unlockAccount: {
    method: 'POST',
    path: '/accounts/:id/unlock',
    summary: 'Lifts the lock-out after repeated failures',
    may: 'identity.manage',
    for: ['staff'],
    params: byId,
    returns: account,
  },
} as const
