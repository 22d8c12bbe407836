import type { Job } from '../../kernel/module.ts'
import { standBack } from '../../kernel/stand-back.ts'
import type { World } from '../../kernel/world.ts'
import { judgeNext } from './actions/judging.ts'
import { showLists } from './actions/show-lists.ts'
import { showR4 } from './actions/show-r4.ts'

/** The next minute goes on where this one stopped. */
const RUN_MS = 50_000
/** After each step whoever waits for an answer gets it first. */
const PAUSE_MS = 50

/** Judges what came in, in small steps, each in a transaction of its own. */
export async function judgeAll(world: World): Promise<void> {
  const goesOn = standBack(PAUSE_MS, RUN_MS)
  while (await world.asSystem(null, judgeNext)) if (!(await goesOn())) return
}

/** What this edition of the program brings along of R4 is shown once. */
let isShown = false

/** A new edition of the program may bring other codes along. */
async function showAgain(world: World): Promise<void> {
  await world.asSystem(null, showLists)
  if (!isShown) isShown = await showR4(world, standBack(PAUSE_MS, RUN_MS))
}

export const jobs: readonly Job[] = [
  { name: 'record.judge', cron: '* * * * *', run: judgeAll },
  { name: 'record.show-lists', cron: '7 * * * *', run: showAgain },
]
