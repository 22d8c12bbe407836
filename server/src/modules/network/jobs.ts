import type { Job } from '../../kernel/module.ts'
import { turn } from './actions/agreement-turns.ts'
import { dayOf } from './day.ts'
import { listDue } from './store/agreement.ts'

/** Puts signed agreements into force on their first day and ends those whose last day is over, each by itself. */
const turnAgreements: Job = {
  name: 'network.turn-agreements',
  cron: '*/5 * * * *',
  async run(world) {
    const due = await world.asSystem(null, (ctx) => listDue(ctx, dayOf(ctx.now)))
    for (const { id } of due) await world.asSystem(null, (ctx) => turn(ctx, id))
  },
}

export const jobs: readonly Job[] = [turnAgreements]
