import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** From this part of its time on, a process that computes has somebody waiting. */
const BUSY = 0.5
const BUSY_TIMES = 10

/**
 * Between two steps of work for which nobody waits: a pause of `ms`, ten times as long where others keep the process busy
 * meanwhile. False once the work has gone on for `forMs`.
 */
export function standBack(ms: number, forMs: number): () => Promise<boolean> {
  const begun = performance.now()
  return async () => {
    const before = performance.eventLoopUtilization()
    await sleep(ms)
    if (performance.eventLoopUtilization(before).utilization >= BUSY) await sleep(ms * (BUSY_TIMES - 1))
    return performance.now() - begun < forMs
  }
}
