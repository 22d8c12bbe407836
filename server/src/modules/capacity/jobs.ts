import { dayOf } from '../../kernel/day.ts'
import type { Job } from '../../kernel/module.ts'
import type { World } from '../../kernel/world.ts'
import { lay } from './actions/lay.ts'
import { expire } from './actions/reserve.ts'
import { listOverdue } from './store/reservation.ts'
import { ruleOf } from './store/rule.ts'
import { listRunning, lock, type ScheduleRow } from './store/schedule.ts'
import { countTimes } from './store/waiting.ts'

const BATCH = 200
const DAY = 24 * 3_600_000

/** Lets every hold run out whose time is over, each in a transaction of its own; who waits gets the place. */
export async function expireHolds(world: World): Promise<number> {
  const overdue = await world.asSystem(null, (ctx) => listOverdue(ctx, BATCH))
  for (const row of overdue) await world.asSystem(null, (ctx) => expire(ctx, row))
  return overdue.length
}

/** Lays the slots of every schedule as far ahead as the rule says, schedule by schedule; doing it twice changes nothing. */
export async function laySlots(world: World): Promise<number> {
  let laid = 0
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const rows: ScheduleRow[] = await world.asSystem(null, (ctx) =>
      listRunning(ctx, { today: dayOf(ctx.now), after: from, limit: BATCH }),
    )
    for (const { id } of rows) {
      laid += (await world.asSystem(null, async (ctx) => lay(ctx, await lock(ctx, id)))).slots
    }
    after = rows.at(-1)?.id ?? null
    if (rows.length < BATCH) return laid
  }
}

/** Counts anew how long patients wait for each department. */
export const countWaiting = (world: World): Promise<number> =>
  world.asSystem(null, async (ctx) =>
    countTimes(ctx, new Date(ctx.now.getTime() - (await ruleOf(ctx, 'waitingDays')) * DAY)),
  )

const job = (name: string, cron: string, run: (world: World) => Promise<unknown>): Job => ({
  name,
  cron,
  run: async (world) => void (await run(world)),
})

export const jobs: Job[] = [
  job('capacity.expire-holds', '* * * * *', expireHolds),
  job('capacity.lay-slots', '10 16 * * *', laySlots),
  job('capacity.count-waiting', '40 17 * * *', countWaiting),
]
