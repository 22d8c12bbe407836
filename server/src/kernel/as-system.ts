import { system } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { type InnerCtx, inside } from './ctx-inside.ts'
import { settle } from './database.ts'

/**
 * Runs a part of an action as the system on the same connection and transaction: for what the caller may cause
 * but not see (a sign-in looks up the account, a submission grants the receiver access). The audit trail still
 * names the caller.
 */
export async function asSystem<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.actor.kind === 'system') return work(ctx)
  const outer = inside(ctx)
  settle(ctx.client, system(ctx.actor.institutionId))
  const inner: InnerCtx = { ...outer, actor: system(ctx.actor.institutionId) }
  try {
    return await work(inner)
  } finally {
    settle(ctx.client, ctx.actor)
  }
}
