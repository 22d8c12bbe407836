import { type Actor, system } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { type InnerCtx, inside } from './ctx-inside.ts'
import { settle } from './database.ts'
import { OnDemand } from './on-demand.ts'

/**
 * Runs a part of an action as the system on the same connection and transaction: for what the caller may cause
 * but not see (a sign-in looks up the account, a submission grants the receiver access). The audit trail still
 * names the caller.
 */
export async function asSystem<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.actor.kind === 'system') return work(ctx)
  const outer = inside(ctx)
  const actor = system(ctx.actor.institutionId)
  const inner: InnerCtx = Object.create(outer, { actor: { value: actor } })
  settleFor(ctx, actor)
  try {
    return await work(inner)
  } finally {
    settleFor(ctx, ctx.actor)
  }
}

function settleFor({ client }: Ctx, actor: Actor): void {
  if (client instanceof OnDemand) client.actor = actor
  else settle(client, actor)
}
