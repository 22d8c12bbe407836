import type { SignedIn } from '@tongmai/api/identity/session'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { sessionUntil } from '../sign-in-limit.ts'
import { removeAttempts } from '../store/credential.ts'
import { addSession, type Ending, removeSessions } from '../store/session.ts'
import { forgetToken } from '../token-cache.ts'
import { forgetting, visit } from '../visit.ts'

/** Who has proven who they are. */
export interface Proven {
  readonly kind: 'staff' | 'resident'
  readonly accountId: string
  readonly institutionId: string | null
  readonly mustChangePassword: boolean
  /** Under which failures were counted; they are forgiven. */
  readonly name: string
}

/** Opens a session and hands its token over, as a cookie or in the answer. */
export async function openSession(ctx: Ctx, proven: Proven, carry: 'cookie' | 'token'): Promise<SignedIn> {
  const { kind, accountId, institutionId, mustChangePassword } = proven
  const token = newToken()
  const here = visit()
  const staff = kind === 'staff'
  await asSystem(ctx, async (all) => {
    await removeAttempts(all, proven.name)
    await addSession(all, {
      id: ctx.id(),
      tokenHash: hashToken(token),
      accountId: staff ? accountId : null,
      residentAccountId: staff ? null : accountId,
      institutionId,
      until: sessionUntil(ctx.now),
      agent: here.agent,
      address: here.address,
    })
  })
  await tell(ctx, 'identity.signed-in', { thing: `account:${accountId}`, data: { kind, accountId } })
  if (carry === 'cookie') here.cookie = token
  return { state: 'signed-in', mustChangePassword, ...(carry === 'token' ? { token } : {}) }
}

/** Ends sessions of an account, here at once and elsewhere by the event. */
export async function endSessions(ctx: Ctx, ending: Ending): Promise<void> {
  const hashes = await asSystem(ctx, (all) => removeSessions(all, ending))
  forgetting(() => {
    for (const hash of hashes) forgetToken(hash)
  })
  if (hashes.length === 0) return
  await tell(ctx, 'identity.session-ended', {
    thing: `account:${ending.accountId}`,
    data: { accountId: ending.accountId, sessions: hashes.length },
  })
}
