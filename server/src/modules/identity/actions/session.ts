import type { identityApi } from '@tongmai/api/identity'
import { permissionsOf } from '@tongmai/api/identity/role'
import type { Session } from '@tongmai/api/identity/session'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { unseal } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { hashPassword } from '../password.ts'
import { namesOf } from '../question.ts'
import { IDLE_MINUTES } from '../sign-in-limit.ts'
import { changeAccount, findInstitutionName, listPosts } from '../store/account.ts'
import { findClient } from '../store/client.ts'
import { changeCredential, findCredentialOf, findSecondFactor } from '../store/credential.ts'
import { changeResidentAccount, findResidentAccount } from '../store/resident-account.ts'
import { changeSession, findSession, listSessions } from '../store/session.ts'
import { forgetAccount } from '../token-cache.ts'
import { forgetting, visit } from '../visit.ts'
import { endSessions } from './open-session.ts'
import { requireOwnPassword, requireStrong, tryOwnPassword } from './own-password.ts'

const ended = (): never => refuse('unauthenticated', 'kernel.sign-in-first')

const nothing = {
  username: null,
  posts: [],
  institution: null,
  roles: [],
  permissions: [],
  practitionerId: null,
  residentIds: [],
  residents: [],
  scopes: [],
  mustChangePassword: false,
  secondFactor: false,
  until: null,
}

async function staffSession(ctx: Ctx, sessionId: string, demo: boolean): Promise<Session> {
  const open = await findSession(ctx, sessionId)
  const id = open?.accountId
  const account = id ? await findCredentialOf(ctx, id) : undefined
  if (!open || !account) return ended()
  const rows = await listPosts(ctx, account.id)
  const posts = rows.map(({ roles, practitionerId, ...institution }) => ({
    institution,
    roles,
    practitionerId,
  }))
  const acting = posts.find((post) => post.institution.id === open.institutionId)
  const factor = await findSecondFactor(ctx, account.id)
  return {
    ...nothing,
    kind: 'staff',
    id: account.id,
    sessionId,
    name: account.name,
    username: account.username,
    posts,
    institution: acting?.institution ?? null,
    roles: acting?.roles ?? [],
    permissions: [...permissionsOf(acting?.roles ?? [])].sort(),
    practitionerId: acting?.practitionerId ?? null,
    mustChangePassword: account.mustChangePassword,
    secondFactor: factor?.confirmedAt instanceof Date,
    demo,
    until: open.until,
    idleMinutes: IDLE_MINUTES,
  }
}

async function residentSession(ctx: Ctx, asking: Ctx['actor'], demo: boolean): Promise<Session> {
  const open = asking.sessionId ? await findSession(ctx, asking.sessionId) : undefined
  const account = await findResidentAccount(ctx, asking.id)
  if (!open || !account) return ended()
  const phone = unseal(account.phone)
  const residentIds = [...asking.residentIds]
  const names = await namesOf.ask(ctx, { residentIds })
  return {
    ...nothing,
    kind: 'resident',
    id: account.id,
    sessionId: open.id,
    name: account.name,
    username: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
    residentIds,
    residents: residentIds.map((id, i) => ({ id, name: names.get(id) ?? (i === 0 ? account.name : '') })),
    demo,
    until: open.until,
    idleMinutes: IDLE_MINUTES,
  }
}

async function clientSession(ctx: Ctx, asking: Ctx['actor'], demo: boolean): Promise<Session> {
  const client = await findClient(ctx, asking.id)
  if (!client) return ended()
  const institution = await findInstitutionName(ctx, client.institutionId)
  return {
    ...nothing,
    kind: 'client',
    id: client.id,
    sessionId: null,
    name: client.name,
    institution: institution ?? null,
    permissions: [...asking.permissions].sort(),
    practitionerId: asking.practitionerId,
    scopes: [...asking.scopes],
    demo,
    idleMinutes: 0,
  }
}

/** Who is asking, told in full. */
function describe(ctx: Ctx): Promise<Session> {
  const asking = ctx.actor
  const { demo } = visit().world
  return asSystem(ctx, (all) => {
    if (asking.kind === 'resident') return residentSession(all, asking, demo)
    if (asking.kind === 'client') return clientSession(all, asking, demo)
    return staffSession(all, asking.sessionId ?? '', demo)
  })
}

type Own =
  | 'session'
  | 'actFor'
  | 'signOut'
  | 'changePassword'
  | 'listSessions'
  | 'endSession'
  | 'endAllSessions'

export const sessionActions: Pick<Actions<typeof identityApi>, Own> = {
  session: describe,

  actFor: async (ctx, { body }) => {
    const { id: accountId, sessionId } = ctx.actor
    const { institutionId } = body
    await asSystem(ctx, async (all) => {
      const posts = await listPosts(all, accountId)
      if (!posts.some((post) => post.id === institutionId)) refuse('forbidden', 'identity.no-post-there')
      await changeAccount(all, accountId, { actingInstitutionId: institutionId })
      await changeSession(all, sessionId ?? '', { institutionId })
    })
    forgetting(() => forgetAccount(accountId))
    await tell(ctx, 'identity.acting-changed', {
      thing: `account:${accountId}`,
      audience: [institutionId],
      data: { accountId, institutionId },
    })
    return describe(ctx)
  },

  signOut: async (ctx) => {
    await endSessions(ctx, { accountId: ctx.actor.id, only: ctx.actor.sessionId ?? '' })
    visit().cookie = null
    return {}
  },

  changePassword: prepared(
    async ({ body }) => ({
      rightHash: await tryOwnPassword(body.password),
      passwordHash: await hashPassword(body.newPassword),
    }),
    async (ctx, { body }, { rightHash, passwordHash }) => {
      const { id: accountId, kind, sessionId } = ctx.actor
      await asSystem(ctx, async (all) => {
        const mine = await requireOwnPassword(all, ctx.actor, rightHash)
        requireStrong(body.newPassword, mine.username)
        if (body.newPassword === body.password) refuse('invalid', 'identity.password-same')
        if (kind === 'resident') return changeResidentAccount(all, accountId, { passwordHash })
        await changeCredential(all, accountId, passwordHash)
        await changeAccount(all, accountId, { mustChangePassword: false })
      })
      await endSessions(ctx, { accountId, except: sessionId })
      forgetting(() => forgetAccount(accountId))
      await tell(ctx, 'identity.account-changed', {
        thing: `account:${accountId}`,
        data: { accountId, change: 'password-changed' },
      })
      return {}
    },
  ),

  listSessions: async (ctx) => {
    const rows = await listSessions(ctx, ctx.actor.id)
    const items = rows.map(({ id, since, seenAt, until, agent, address }) => ({
      ...{ id, since, seenAt, until, agent, address },
      current: id === ctx.actor.sessionId,
    }))
    return { items }
  },

  endSession: async (ctx, { params }) => {
    const open = await listSessions(ctx, ctx.actor.id)
    if (!open.some(({ id }) => id === params.id)) refuse('missing', 'identity.no-such-session')
    await endSessions(ctx, { accountId: ctx.actor.id, only: params.id })
    if (params.id === ctx.actor.sessionId) visit().cookie = null
    return {}
  },

  endAllSessions: async (ctx) => {
    await endSessions(ctx, { accountId: ctx.actor.id })
    visit().cookie = null
    return {}
  },
}
