import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** From this part of its time on, a process that computes has somebody waiting. */
const BUSY = 0.8
const BUSY_TIMES = 10

/**
 * Between two steps of work for which nobody waits: a pause of `ms` where the process has time, ten times as long where it
 * has been busy since the step before. False once the work has gone on for `forMs`.
 */
export function standBack(ms: number, forMs: number): () => Promise<boolean> {
  const begun = performance.now()
  let before = performance.eventLoopUtilization()
  return async () => {
    const { utilization } = performance.eventLoopUtilization(before)
    await sleep(utilization < BUSY ? ms : ms * BUSY_TIMES)
    before = performance.eventLoopUtilization()
    return performance.now() - begun < forMs
  }
}
