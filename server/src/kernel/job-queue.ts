import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { Logger, parseCronItems, type Runner, run, runMigrations, type WorkerEvents } from 'graphile-worker'
import type { Pool } from 'pg'
import { freeOrphans, sayAlive } from './job-holder.ts'
import type { Job } from './module.ts'
import type { World } from './world.ts'

export const JOB_SCHEMA = 'graphile_worker'

/** The queue's own tables; run by the owner beside our migrations. */
export const migrateJobs = (owner: Pool): Promise<void> =>
  runMigrations({ pgPool: owner, schema: JOB_SCHEMA })

export interface JobQueue {
  readonly world: World
  readonly owner: Pool
  readonly jobs: readonly Job[]
  readonly log: FastifyBaseLogger
}

const AGAIN_MS = 1_000
const WATCH_MS = 15_000

/** The queue while it runs, and the name under which it holds the jobs it has begun. */
interface Running {
  readonly runner: Runner
  readonly holder: string
}

/**
 * Runs the jobs until the returned function is called. The queue ends itself where it cannot say what became of a job
 * (the database went away in the middle of one); then it is begun anew as soon as that is possible, such jobs first. Jobs
 * of a process that was killed are taken over.
 */
export async function keepJobsRunning(queue: JobQueue): Promise<() => Promise<void>> {
  let stopping = false
  let running = await start(queue)
  const again = async (ended: Running): Promise<Running> => {
    await queue.owner.query(`select ${JOB_SCHEMA}.force_unlock_workers($1::text[])`, [[ended.holder]])
    return start(queue)
  }
  const keep = async () => {
    while (!stopping) {
      await running.runner.promise.catch((error: unknown) =>
        queue.log.warn({ err: error }, 'the job queue ended'),
      )
      if (stopping) return
      await sleep(AGAIN_MS)
      running = await again(running).catch(() => running)
    }
  }
  const kept = keep()
  const watching = watch(queue, () => running.holder)
  return async () => {
    stopping = true
    await watching.stop()
    // One that has ended already says so.
    await running.runner.stop().catch(() => {})
    await kept
  }
}

/** Says that whoever holds jobs here is alive, and frees the jobs of those who are not. */
function watch({ owner, log }: JobQueue, holder: () => string): { stop: () => Promise<void> } {
  const ending = new AbortController()
  let said: { holder: string; alive: Awaited<ReturnType<typeof sayAlive>> } | undefined
  const look = async () => {
    if (said?.holder !== holder() || said.alive.isLost()) {
      said?.alive.end()
      said = undefined
      said = { holder: holder(), alive: await sayAlive(owner, holder()) }
    }
    await freeOrphans(owner, JOB_SCHEMA)
  }
  const looking = (async () => {
    while (!ending.signal.aborted) {
      await look().catch((error: unknown) =>
        log.warn({ err: error }, 'the holders of jobs cannot be looked after'),
      )
      await sleep(WATCH_MS, undefined, { signal: ending.signal }).catch(() => {})
    }
    said?.alive.end()
  })()
  return {
    async stop() {
      ending.abort()
      await looking
    },
  }
}

async function start({ world, owner, jobs, log }: JobQueue): Promise<Running> {
  let holder = ''
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => {
    holder = workerPool.id
  })
  const taskList = Object.fromEntries(
    jobs.map((job) => [job.name, (payload: unknown) => job.run(world, payload)]),
  )
  const runner = await run({
    pgPool: owner,
    events,
    schema: JOB_SCHEMA,
    concurrency: 3,
    pollInterval: 1_000,
    noHandleSignals: true,
    // Gathered, though at once: only so does the queue itself hear of it where a job's end could not be written down.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList,
    parsedCronItems: parseCronItems(
      jobs.flatMap((job) =>
        job.cron
          ? [
              {
                task: job.name,
                match: job.cron,
                identifier: job.name,
                options: { backfillPeriod: 3_600_000 },
              },
            ]
          : [],
      ),
    ),
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn(message)
    }),
  })
  return { runner, holder }
}
