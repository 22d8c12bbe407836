import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** From this part of its time on, a process that computes has somebody waiting. */
const BUSY = 0.8
const BUSY_TIMES = 10

/**
 * A pause between two steps of work for which nobody waits: `ms` where the process has time, ten times as long where it
 * has been busy since the step before.
 */
export function standBack(ms: number): () => Promise<void> {
  let before = performance.eventLoopUtilization()
  return async () => {
    const { utilization } = performance.eventLoopUtilization(before)
    await sleep(utilization < BUSY ? ms : ms * BUSY_TIMES)
    before = performance.eventLoopUtilization()
  }
}
