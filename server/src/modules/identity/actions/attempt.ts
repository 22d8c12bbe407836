import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { blindIndex } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { afterFailure, lockedUntil } from '../sign-in-limit.ts'
import { changeAttempts, findAttempts, findCredentialOf, lockAttempts } from '../store/credential.ts'
import { visitIfAny } from '../visit.ts'

/** Under which name failures are counted; it does not tell whether there is such an account. */
export const staffName = (username: string): string => `staff:${username.trim().toLowerCase()}`
export const phoneIndexOf = (phone: string): string => blindIndex('phone', phone)
export const residentName = (phoneIndex: string): string => `resident:${phoneIndex}`

/** Whose sign-in failed. */
export interface Failed {
  readonly kind: 'staff' | 'resident'
  readonly name: string
  readonly accountId: string | null
}

/** Whose sign-in fails when this account gives a wrong code. Call as the system. */
export async function failedStaff(ctx: Ctx, accountId: string): Promise<Failed> {
  const found = await findCredentialOf(ctx, accountId)
  return { kind: 'staff', name: staffName(found?.username ?? ''), accountId }
}

/** Refuses with 429 while the name is locked, whatever else is right. */
export async function refuseLocked(ctx: Ctx, name: string): Promise<void> {
  const until = lockedUntil(await findAttempts(ctx, name), ctx.now)
  if (!until) return
  const minutes = Math.ceil((until.getTime() - ctx.now.getTime()) / 60_000)
  refuse('too-many', 'identity.locked', { details: { until: until.toISOString(), minutes } })
}

/** Counts one failure; given to `refuse` as what is kept after the rollback. */
export const countFailure = (failed: Failed) => async (ctx: Ctx) => {
  const { kind, name, accountId } = failed
  const locked = await asSystem(ctx, async (all) => {
    const after = afterFailure(await lockAttempts(all, name), ctx.now)
    await changeAttempts(all, name, after)
    return after.lockedUntil !== null
  })
  await tell(ctx, 'identity.sign-in-failed', {
    thing: accountId ? `account:${accountId}` : 'sign-in',
    data: { kind, accountId, address: visitIfAny()?.address ?? '', locked },
  })
}
