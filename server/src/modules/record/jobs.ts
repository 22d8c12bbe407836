import type { Job } from '../../kernel/module.ts'
import type { World } from '../../kernel/world.ts'
import { judgeNext } from './actions/judging.ts'
import { showLists } from './actions/show-lists.ts'

/** So many steps at a time: the next minute goes on where this one stopped. */
const STEPS = 50

/** Judges what came in, step by step, each in a transaction of its own. */
export async function judgeAll(world: World): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    if (!(await world.asSystem(null, judgeNext))) return
  }
}

/** A new edition of the program may bring other codes along. */
const showAgain = (world: World): Promise<unknown> => world.asSystem(null, showLists)

export const jobs: readonly Job[] = [
  { name: 'record.judge', cron: '* * * * *', run: judgeAll },
  { name: 'record.show-lists', cron: '7 * * * *', run: (world) => showAgain(world).then(() => {}) },
]
