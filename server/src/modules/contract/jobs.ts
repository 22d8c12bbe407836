import type { Ctx } from '../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'
import type { Job } from '../../kernel/module.ts'
import type { World } from '../../kernel/world.ts'
import { nearEnd, runOut } from './actions/advance.ts'
import { listNearEnd, listRunOut } from './store/contract.ts'
import { ruleOf } from './store/rule.ts'

/** Does one thing after the other in transactions of its own, batch after batch, until a batch is empty. */
async function each(
  world: World,
  list: (ctx: Ctx) => Promise<string[]>,
  act: (ctx: Ctx, id: string) => Promise<void>,
): Promise<void> {
  for (;;) {
    const ids = await world.asSystem(null, list)
    for (const id of ids) await world.asSystem(null, (ctx) => act(ctx, id))
    if (ids.length < 500) return
  }
}

export const jobs: readonly Job[] = [
  {
    // Soon after midnight in China, and hourly for what a standstill has left over.
    name: 'contract.turn',
    cron: '7 * * * *',
    async run(world) {
      await each(
        world,
        async (ctx) => listNearEnd(ctx, dayAfter(dayOf(ctx.now), (await ruleOf(ctx, 'renewalDays')) + 1)),
        nearEnd,
      )
      await each(world, (ctx) => listRunOut(ctx, dayOf(ctx.now)), runOut)
    },
  },
]
