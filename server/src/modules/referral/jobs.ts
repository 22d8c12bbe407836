import type { Job } from '../../kernel/module.ts'
import { expire } from './actions/expire.ts'
import { listRunOut } from './store/referral.ts'

/** Once a minute: what was not answered or not set out within its validity runs out, and is put before a person. */
export const jobs: readonly Job[] = [
  {
    name: 'referral.expire',
    cron: '* * * * *',
    async run(world) {
      const ids = await world.asSystem(null, listRunOut)
      for (const id of ids) await world.asSystem(null, (ctx) => expire(ctx, id))
    },
  },
]
