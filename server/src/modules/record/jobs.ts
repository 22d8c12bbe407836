import type { Job } from '../../kernel/module.ts'
import { standBack } from '../../kernel/stand-back.ts'
import type { World } from '../../kernel/world.ts'
import { judgeNext } from './actions/judging.ts'
import { showLists } from './actions/show-lists.ts'

/** The next minute goes on where this one stopped. */
const RUN_MS = 50_000
/** After each step whoever waits for an answer gets it first. */
const PAUSE_MS = 50

/** Judges what came in, in small steps, each in a transaction of its own. */
export async function judgeAll(world: World): Promise<void> {
  const goesOn = standBack(PAUSE_MS, RUN_MS)
  while (await world.asSystem(null, judgeNext)) if (!(await goesOn())) return
}

/** A new edition of the program may bring other codes along. */
const showAgain = (world: World): Promise<unknown> => world.asSystem(null, showLists)

export const jobs: readonly Job[] = [
  { name: 'record.judge', cron: '* * * * *', run: judgeAll },
  { name: 'record.show-lists', cron: '7 * * * *', run: (world) => showAgain(world).then(() => {}) },
]
