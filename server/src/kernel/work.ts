import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import { sweepCases } from './case.ts'
import type { Delivery } from './delivery.ts'
import { sweepFiles } from './file.ts'
import { sweepKeys } from './idempotency.ts'
import { keepJobsRunning } from './job-queue.ts'
import type { Job } from './module.ts'
import { noteEditions, REBUILD_JOB, rebuildOutdated } from './resource/rebuild.ts'
import { openSequencer, SEALED_AT_ONCE } from './sequencer.ts'
import type { World } from './world.ts'

export interface Workshop {
  readonly world: World
  readonly owner: Pool
  readonly pool: Pool
  readonly delivery: Delivery
  readonly jobs: readonly Job[]
  readonly headFile: string
  readonly log: FastifyBaseLogger
}

/** Everything that runs by itself: numbering, delivery, the sweep of deadlines, jobs. Returns how to stop it. */
export async function startWork(shop: Workshop): Promise<() => Promise<void>> {
  await noteEditions(shop.world)
  const stopping = new AbortController()
  const loops = [
    loop(shop, stopping.signal, {
      name: 'sequencer',
      idleMs: 40,
      // What has come since the last round waits for the next: many in one round cost as much as few.
      fullAt: SEALED_AT_ONCE,
      once: openSequencer(shop.pool, shop.headFile).once,
    }),
    loop(shop, stopping.signal, { name: 'delivery', idleMs: 60, fullAt: 1, once: shop.delivery.once }),
    loop(shop, stopping.signal, {
      name: 'sweep',
      idleMs: 2_000,
      fullAt: 1,
      once: () => shop.world.asSystem(null, sweepCases),
    }),
  ]
  const stopJobs = await keepJobsRunning({ ...shop, jobs: [...own, ...shop.jobs] })
  return async () => {
    stopping.abort()
    await Promise.allSettled(loops)
    await stopJobs()
  }
}

interface Round {
  readonly name: string
  readonly idleMs: number
  /** From how many on there may be more, and it goes on soon. */
  readonly fullAt: number
  readonly once: () => Promise<number>
}

async function loop({ log }: Workshop, signal: AbortSignal, round: Round): Promise<void> {
  while (!signal.aborted) {
    let done = 0
    let pause = round.idleMs
    try {
      done = await round.once()
    } catch (error) {
      if (signal.aborted) return
      log.error({ err: error }, `${round.name} failed; tried again in a second`)
      pause = 1_000
    }
    // Even when there is more: small batches, so that others get their turn.
    await sleep(done >= round.fullAt && pause < 1_000 ? 10 : pause, undefined, { signal }).catch(() => {})
  }
}

const own: readonly Job[] = [
  { name: 'kernel.sweep-keys', cron: '17 * * * *', run: (world) => world.asSystem(null, sweepKeys) },
  { name: 'kernel.sweep-files', cron: '41 * * * *', run: (world) => sweepFiles(world) },
  { name: REBUILD_JOB, cron: '23 * * * *', run: rebuildOutdated },
]
