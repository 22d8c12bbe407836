import type { Job } from '../../kernel/module.ts'
import { expire } from './actions/mastery.ts'
import { listRunOut } from './store/mastery.ts'

/** Early every morning in Asia/Shanghai: sign-offs whose last day is over end, each by itself. */
export const jobs: readonly Job[] = [
  {
    name: 'technique.expire',
    cron: '5 16 * * *',
    async run(world) {
      const ids = await world.asSystem(null, listRunOut)
      for (const id of ids) await world.asSystem(null, (ctx) => expire(ctx, id))
    },
  },
]
