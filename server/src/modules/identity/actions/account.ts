import type { identityApi } from '@tongmai/api/identity'
import type { Account } from '@tongmai/api/identity/account'
import type { Role } from '@tongmai/api/identity/role'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { tell } from '../announce.ts'
import { firstPassword, hashPassword } from '../password.ts'
import { type AccountLine, movesOf, rolesOutOfPlace, whyClosed } from '../policy.ts'
import { practisesAt } from '../question.ts'
import { lockedUntil } from '../sign-in-limit.ts'
import {
  addAccount,
  addPost,
  changeAccount,
  findAccount,
  findByUsername,
  findKind,
  listAccounts,
  lockAccount,
  removePost,
} from '../store/account.ts'
import {
  changeCredential,
  listAttempts,
  listWithSecondFactor,
  removeAttempts,
  removeSecondFactor,
} from '../store/credential.ts'
import { forgetAccount } from '../token-cache.ts'
import { forgetting } from '../visit.ts'
import { staffName } from './attempt.ts'
import { endSessions } from './open-session.ts'

/** What the administrator sees of some accounts, with lock-outs and second factors looked up at once. */
async function shown(ctx: Ctx, lines: readonly AccountLine[]): Promise<Account[]> {
  const { attempts, factors } = await asSystem(ctx, async (all) => ({
    attempts: await listAttempts(
      all,
      lines.map(({ username }) => staffName(username)),
    ),
    factors: await listWithSecondFactor(
      all,
      lines.map(({ id }) => id),
    ),
  }))
  return lines.map((line) => {
    const { homeInstitutionId, postId: _, ...account } = line
    const until = lockedUntil(attempts.get(staffName(line.username)), ctx.now)
    return {
      ...account,
      home: homeInstitutionId === ctx.actor.institutionId,
      secondFactor: factors.has(line.id),
      lockedUntil: until,
      moves: movesOf(ctx.actor, line, until !== null),
    }
  })
}

async function shownOne(ctx: Ctx, id: string): Promise<Account> {
  const [account] = await shown(ctx, [await findAccount(ctx, ownInstitution(ctx.actor), id)])
  return account ?? refuse('missing', 'identity.no-such-account')
}

type Change =
  | 'post-added'
  | 'post-changed'
  | 'post-ended'
  | 'disabled'
  | 'enabled'
  | 'password-reset'
  | 'unlocked'

async function changed(ctx: Ctx, accountId: string, change: Change, roles?: readonly Role[]): Promise<void> {
  forgetting(() => forgetAccount(accountId))
  await tell(ctx, 'identity.account-changed', {
    thing: `account:${accountId}`,
    audience: [ownInstitution(ctx.actor)],
    data: { accountId, change, ...(roles ? { roles: [...roles] } : {}) },
  })
}

/** Refuses roles that mean nothing at the administrator's institution. */
async function requireRolesHere(ctx: Ctx, roles: readonly Role[]): Promise<void> {
  const out = rolesOutOfPlace(roles, await findKind(ctx, ownInstitution(ctx.actor)))
  if (out.length === 0) return
  refuse('invalid', 'identity.role-not-here', {
    fields: [{ path: 'roles', problem: 'identity.problem.role-not-here' }],
    details: { roles: out },
  })
}

/** The account to act on, locked; refuses where the move is not this administrator's or not open now. */
async function lockFor(ctx: Ctx, id: string, move: string): Promise<AccountLine> {
  const account = await lockAccount(ctx, ownInstitution(ctx.actor), id)
  const name = staffName(account.username)
  const attempts = await asSystem(ctx, (all) => listAttempts(all, [name]))
  const why = whyClosed(ctx.actor, account, {
    move,
    locked: lockedUntil(attempts.get(name), ctx.now) !== null,
  })
  if (!why) return account
  if (why === 'identity.not-yourself' || why === 'identity.not-home') allow(false, why)
  return refuse('conflict', why)
}

const freshPassword = async () => {
  const password = firstPassword()
  return { password, passwordHash: await hashPassword(password) }
}

type Administration =
  | 'listAccounts'
  | 'findAccount'
  | 'addAccount'
  | 'addPost'
  | 'changePost'
  | 'endPost'
  | 'disableAccount'
  | 'enableAccount'
  | 'resetPassword'
  | 'unlockAccount'

/** Refuses an account that would act in the name of a practitioner of another institution. */
async function requirePractising(ctx: Ctx, practitionerId: string | null): Promise<void> {
  if (practitionerId === null) return
  const about = { practitionerId, institutionId: ownInstitution(ctx.actor) }
  if (await practisesAt.ask(ctx, about)) return
  const fields = [{ path: 'practitionerId', problem: 'not-here' }]
  refuse('invalid', 'identity.practitioner-not-here', { fields })
}

export const accountActions: Pick<Actions<typeof identityApi>, Administration> = {
  listAccounts: async (ctx, { query }) => {
    const { items, total } = await listAccounts(ctx, ownInstitution(ctx.actor), query)
    return { items: await shown(ctx, items), total }
  },

  findAccount: (ctx, { params }) => shownOne(ctx, params.id),

  addAccount: prepared(freshPassword, async (ctx, { body }, { password, passwordHash }) => {
    const { username, name, roles, practitionerId = null } = body
    await requireRolesHere(ctx, roles)
    await requirePractising(ctx, practitionerId)
    const institutionId = ownInstitution(ctx.actor)
    const id = ctx.id()
    const account = { id, username, name, homeInstitutionId: institutionId, mustChangePassword: true }
    if (!(await addAccount(ctx, account))) refuse('conflict', 'identity.username-taken')
    await addPost(ctx, { institutionId, accountId: id, roles, practitionerId })
    await asSystem(ctx, (all) => changeCredential(all, id, passwordHash))
    await tell(ctx, 'identity.account-added', {
      thing: `account:${id}`,
      audience: [institutionId],
      data: { accountId: id, roles },
    })
    return { id, password }
  }),

  addPost: async (ctx, { body }) => {
    const { username, roles, practitionerId = null } = body
    await requireRolesHere(ctx, roles)
    await requirePractising(ctx, practitionerId)
    const account = await asSystem(ctx, (all) => findByUsername(all, username))
    if (account?.state !== 'active') return refuse('missing', 'identity.no-such-account')
    if (account.id === ctx.actor.id) allow(false, 'identity.not-yourself')
    const post = { institutionId: ownInstitution(ctx.actor), accountId: account.id, roles, practitionerId }
    if (!(await addPost(ctx, post))) refuse('conflict', 'identity.post-here-already')
    await changed(ctx, account.id, 'post-added', roles)
    return { id: account.id }
  },

  changePost: async (ctx, { params, body }) => {
    const account = await lockFor(ctx, params.id, 'changePost')
    const { roles, practitionerId, version } = body
    await requireRolesHere(ctx, roles)
    await requirePractising(ctx, practitionerId)
    if (version !== account.version) refuse('precondition', 'identity.stale')
    const post = { institutionId: ownInstitution(ctx.actor), accountId: account.id }
    await removePost(ctx, post)
    await addPost(ctx, { ...post, roles, practitionerId })
    await asSystem(ctx, (all) => changeAccount(all, account.id, {}))
    await changed(ctx, account.id, 'post-changed', roles)
    return shownOne(ctx, account.id)
  },

  endPost: async (ctx, { params }) => {
    const { id } = await lockFor(ctx, params.id, 'endPost')
    await removePost(ctx, { institutionId: ownInstitution(ctx.actor), accountId: id })
    await endSessions(ctx, { accountId: id })
    await changed(ctx, id, 'post-ended')
    return {}
  },

  disableAccount: async (ctx, { params }) => {
    const { id } = await lockFor(ctx, params.id, 'disable')
    await changeAccount(ctx, id, { state: 'disabled' })
    await endSessions(ctx, { accountId: id })
    await changed(ctx, id, 'disabled')
    return shownOne(ctx, id)
  },

  enableAccount: async (ctx, { params }) => {
    const { id } = await lockFor(ctx, params.id, 'enable')
    await changeAccount(ctx, id, { state: 'active' })
    await changed(ctx, id, 'enabled')
    return shownOne(ctx, id)
  },

  resetPassword: prepared(freshPassword, async (ctx, { params }, { password, passwordHash }) => {
    const { id, username } = await lockFor(ctx, params.id, 'resetPassword')
    await asSystem(ctx, async (all) => {
      await changeCredential(all, id, passwordHash)
      await removeSecondFactor(all, id)
      await removeAttempts(all, staffName(username))
      await changeAccount(all, id, { mustChangePassword: true })
    })
    await endSessions(ctx, { accountId: id })
    await changed(ctx, id, 'password-reset')
    return { id, password }
  }),

  unlockAccount: async (ctx, { params }) => {
    const { id, username } = await lockFor(ctx, params.id, 'unlock')
    await asSystem(ctx, (all) => removeAttempts(all, staffName(username)))
    await changed(ctx, id, 'unlocked')
    return shownOne(ctx, id)
  },
}
