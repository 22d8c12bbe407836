import { refuse } from '../../kernel/refusal.ts'

const RUNNING_MAX = 4
const WAITING_MAX = 200

const waiting: (() => void)[] = []
let running = 0

/**
 * Runs expensive work, at most four at a time, so that a flood of sign-ins leaves the machine to the others.
 * Refuses with 503 where two hundred wait already.
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) refuse('unavailable', 'identity.too-many-sign-ins')
    await new Promise<void>((go) => waiting.push(go))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
