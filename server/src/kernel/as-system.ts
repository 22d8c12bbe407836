import { type Actor, system } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { type InnerCtx, inside } from './ctx-inside.ts'
import { type Queries, settle } from './database.ts'
import { kyselyOn } from './kysely.ts'
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
  const { client } = ctx
  if (client instanceof OnDemand) return work(insideFor(outer, actor, client.as(actor)))
  settle(client, actor)
  try {
    return await work(Object.create(outer, { actor: { value: actor } }))
  } finally {
    settle(client, ctx.actor)
  }
}

/** A read asks as the system beside what it asks as the caller: neither sees what the other may. */
function insideFor(outer: InnerCtx, actor: Actor, client: Queries): InnerCtx {
  const db = { get: () => kyselyOn(client) }
  return Object.create(outer, { actor: { value: actor }, client: { value: client }, db })
}
