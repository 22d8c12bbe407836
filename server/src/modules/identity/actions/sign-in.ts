import type { identityApi } from '@tongmai/api/identity'
import type { SignedIn } from '@tongmai/api/identity/session'
import { system } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken, newToken, unseal } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { canSendCodes } from '../gateway.ts'
import { isPassword } from '../password.ts'
import { answerUntil, TRIES_MAX } from '../sign-in-limit.ts'
import { changeAccount, listPosts } from '../store/account.ts'
import {
  changeSecondFactor,
  findCredential,
  findCredentialOf,
  findSecondFactor,
  lockSecondFactor,
} from '../store/credential.ts'
import { addChallenge, changeChallenge, lockChallenge, removeChallenge } from '../store/session.ts'
import { recoveryDigest, stepOf } from '../totp.ts'
import { visit } from '../visit.ts'
import { countFailure, type Failed, refuseLocked, staffName } from './attempt.ts'
import { openSession } from './open-session.ts'

type Credential = NonNullable<Awaited<ReturnType<typeof findCredential>>>

const failedStaff = (username: string, accountId: string | null): Failed => ({
  kind: 'staff',
  name: staffName(username),
  accountId,
})

/** The account whose password was right, as it is now; a change in between makes it wrong. */
async function requireRight(ctx: Ctx, username: string, rightHash: string | undefined): Promise<Credential> {
  await refuseLocked(ctx, staffName(username))
  const found = await findCredential(ctx, username)
  if (!found || found.passwordHash !== rightHash) {
    const keep = countFailure(failedStaff(username, found?.id ?? null))
    return refuse('unauthenticated', 'identity.wrong-sign-in', { keep })
  }
  if (found.state !== 'active') refuse('forbidden', 'identity.account-disabled')
  return found
}

/** Opens the session of a member of staff at the institution they last acted for, or else at home. */
async function letIn(ctx: Ctx, account: Credential, carry: 'cookie' | 'token'): Promise<SignedIn> {
  const posts = await listPosts(ctx, account.id)
  const post = posts.find(({ id }) => id === account.actingInstitutionId) ?? posts[0]
  if (!post) return refuse('forbidden', 'identity.no-post')
  await changeAccount(ctx, account.id, { signedInAt: ctx.now })
  const { id: accountId, mustChangePassword, username } = account
  const name = staffName(username)
  return openSession(
    ctx,
    { kind: 'staff', accountId, institutionId: post.id, mustChangePassword, name },
    carry,
  )
}

/** Whether a code (of the app, or a recovery code) is right; it is used up. */
async function takeCode(ctx: Ctx, accountId: string, code: string): Promise<boolean> {
  const factor = await lockSecondFactor(ctx, accountId)
  if (!factor?.confirmedAt) return false
  const step = stepOf(unseal(factor.secret), code.trim(), { now: ctx.now, lastStep: factor.lastStep })
  if (step !== undefined) {
    await changeSecondFactor(ctx, accountId, { lastStep: step })
    return true
  }
  const digest = recoveryDigest(code)
  if (!factor.recovery.includes(digest)) return false
  await changeSecondFactor(ctx, accountId, { recovery: factor.recovery.filter((one) => one !== digest) })
  await tell(ctx, 'identity.account-changed', {
    thing: `account:${accountId}`,
    data: { accountId, change: 'recovery-code-used' },
  })
  return true
}

/** Counts a wrong code against the challenge, and against the account like a wrong password. */
const countWrongCode = (tokenHash: string, failed: Failed) => async (ctx: Ctx) => {
  await asSystem(ctx, (all) => changeChallenge(all, tokenHash))
  await countFailure(failed)(ctx)
}

type SignIn = 'welcome' | 'signIn' | 'answerSecondFactor'

export const signInActions: Pick<Actions<typeof identityApi>, SignIn> = {
  welcome: async () => {
    const { world } = visit()
    return { demo: world.demo, sendsCodes: canSendCodes(world) }
  },

  signIn: prepared(
    async ({ body }) => {
      const username = body.username.toLowerCase()
      const found = await visit().world.read(system(null), (ctx) => findCredential(ctx, username))
      const right = await isPassword(found?.passwordHash, body.password)
      return right ? found?.passwordHash : undefined
    },
    (ctx, { body }, rightHash) =>
      asSystem(ctx, async (all) => {
        const account = await requireRight(all, body.username.toLowerCase(), rightHash)
        const factor = await findSecondFactor(all, account.id)
        if (!factor?.confirmedAt) return letIn(all, account, body.carry)
        const challenge = newToken()
        const until = answerUntil(ctx.now)
        await addChallenge(all, { tokenHash: hashToken(challenge), accountId: account.id, until })
        return { state: 'second-factor', challenge, until }
      }),
  ),

  answerSecondFactor: (ctx, { body }) =>
    asSystem(ctx, async (all) => {
      const tokenHash = hashToken(body.challenge)
      const challenge = await lockChallenge(all, tokenHash)
      const account = challenge && (await findCredentialOf(all, challenge.accountId))
      if (!account || challenge.failures >= TRIES_MAX || account.state !== 'active') {
        return refuse('unauthenticated', 'identity.challenge-over')
      }
      await refuseLocked(all, staffName(account.username))
      if (!(await takeCode(all, account.id, body.code))) {
        const keep = countWrongCode(tokenHash, failedStaff(account.username, account.id))
        return refuse('unauthenticated', 'identity.wrong-code', { keep })
      }
      await removeChallenge(all, tokenHash)
      return letIn(all, account, body.carry)
    }),
}
