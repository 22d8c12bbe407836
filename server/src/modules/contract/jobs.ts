import * as z from 'zod/mini'
import type { Ctx } from '../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'
import type { Job } from '../../kernel/module.ts'
import type { World } from '../../kernel/world.ts'
import { nearEnd, runOut } from './actions/advance.ts'
import { checkBulk } from './actions/bulk-check.ts'
import { signBulk } from './actions/bulk-sign.ts'
import { askYearly } from './actions/surveying.ts'
import { listStalled } from './store/bulk.ts'
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

const bulkId = z.object({ id: z.string() })
const STALLED_MS = 60_000

export const jobs: readonly Job[] = [
  {
    name: 'contract.check-bulk',
    run: (world, payload) => checkBulk(world, z.parse(bulkId, payload).id),
  },
  {
    name: 'contract.sign-bulk',
    run: (world, payload) => signBulk(world, z.parse(bulkId, payload).id),
  },
  {
    // A worker that was killed leaves its spreadsheet where it was; another one goes on.
    name: 'contract.resume-bulks',
    cron: '* * * * *',
    async run(world) {
      const before = new Date(world.now().getTime() - STALLED_MS)
      const stalled = await world.asSystem(null, (ctx) => listStalled(ctx, before))
      for (const { id, status } of stalled) {
        await (status === 'checking' ? checkBulk(world, id) : signBulk(world, id))
      }
    },
  },
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
      while ((await world.asSystem(null, askYearly)) === 500);
    },
  },
]
