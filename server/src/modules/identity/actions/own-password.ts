import { system } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { isPassword, weakness } from '../password.ts'
import { findCredentialOf } from '../store/credential.ts'
import { findResidentAccount } from '../store/resident-account.ts'
import { visit } from '../visit.ts'
import { countFailure, type Failed, refuseLocked, residentName, staffName } from './attempt.ts'

/** What is known of one's own password when it is asked again. */
export interface Owned {
  readonly failed: Failed
  /** The user name, which a password must not be. */
  readonly username: string
  readonly passwordHash: string
}

async function owned(ctx: Ctx, { kind, id }: { kind: string; id: string }): Promise<Owned | undefined> {
  if (kind === 'resident') {
    const found = await findResidentAccount(ctx, id)
    const name = residentName(found?.phoneIndex ?? '')
    return found && { username: '', passwordHash: found.passwordHash, failed: { kind, name, accountId: id } }
  }
  const found = await findCredentialOf(ctx, id)
  const name = staffName(found?.username ?? '')
  return found && { ...found, failed: { kind: 'staff', name, accountId: id } }
}

/** Whether the caller typed their own password; the slow part, before the transaction. */
export async function tryOwnPassword(password: string): Promise<string | undefined> {
  const { world, actor } = visit()
  const mine = await world.read(system(null), (ctx) => owned(ctx, actor()))
  return (await isPassword(mine?.passwordHash, password)) ? mine?.passwordHash : undefined
}

/** Refuses unless the password was right and still is; a wrong one counts like a failed sign-in. Call as the system. */
export async function requireOwnPassword(
  ctx: Ctx,
  account: { kind: string; id: string },
  rightHash: string | undefined,
): Promise<Owned> {
  const mine = await owned(ctx, account)
  if (!mine) return refuse('unauthenticated', 'kernel.sign-in-first')
  await refuseLocked(ctx, mine.failed.name)
  if (mine.passwordHash === rightHash) return mine
  return refuse('forbidden', 'identity.wrong-password', { keep: countFailure(mine.failed) })
}

/** Refuses a new password that is too easy, naming why. */
export function requireStrong(newPassword: string, name: string): void {
  const why = weakness(newPassword, name)
  if (!why) return
  const fields = [{ path: 'newPassword', problem: `identity.problem.${why}` }]
  refuse('invalid', `identity.password-${why}`, { fields })
}
