import type { Config } from './config.ts'
import { addDemoClients, demoAccounts } from './demo-accounts.ts'
import { system } from './kernel/actor.ts'
import { type Ctx, ctxWith } from './kernel/ctx.ts'
import type { Module } from './kernel/module.ts'
import type { World } from './kernel/world.ts'

/**
 * Makes the demonstration region once, module by module in their order, in one transaction: it is there whole or
 * not at all. A region that is there stays as it is.
 */
export async function makeRegion(world: World, modules: readonly Module[]): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    const { rows } = await ctx.client.query<{ demo_at: Date | null }>(
      'select demo_at from kernel.installation for update',
    )
    if (rows[0]?.demo_at) return
    const within = worldWithin(world, ctx)
    for (const m of modules) await m.demo?.(within)
    await addDemoClients(ctx)
    await ctx.client.query('update kernel.installation set demo_at = $1', [ctx.now])
  })
}

/** The same world, whose every write joins the transaction that is open. */
function worldWithin(world: World, ctx: Ctx): World {
  const join = <T>(institutionId: string | null, work: (inner: Ctx) => Promise<T>): Promise<T> =>
    work(ctxWith(ctx, { actor: system(institutionId) }))
  return {
    ...world,
    asSystem: join,
    write: (actor, work) => join(actor.institutionId, work),
    read: (actor, work) => join(actor.institutionId, work),
  }
}

/** Prints where the product answers and, where there is a demonstration region, how to get in. */
export function announce(config: Config, hasRegion: boolean): void {
  const lines = [
    '',
    `同脉 Tongmai  ${config.publicUrl}`,
    `居民 residents  ${config.publicUrl}/me`,
    `API           ${config.publicUrl}/api/docs`,
  ]
  if (hasRegion) lines.push('', ...demoAccounts())
  process.stdout.write(`${lines.join('\n')}\n\n`)
}
