import type { Job } from '../../kernel/module.ts'
import type { World } from '../../kernel/world.ts'
import { judgeNext } from './actions/judging.ts'

/** So many steps at a time: the next minute goes on where this one stopped. */
const STEPS = 50

/** Judges what came in, step by step, each in a transaction of its own. */
export async function judgeAll(world: World): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    if (!(await world.asSystem(null, judgeNext))) return
  }
}

export const jobs: readonly Job[] = [{ name: 'record.judge', cron: '* * * * *', run: judgeAll }]
