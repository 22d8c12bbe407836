import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from './place.ts'
import { livingPostmaster, startPostmaster } from './postmaster.ts'
import type { Log } from './unable.ts'

const everyMs = 2_000
const keptLogs = 10

/** Starts the postmaster again when it dies under us, and keeps the number of its logs bounded; until stopped. */
export function watch(place: Place, log: Log): { stop(): Promise<void> } {
  let stopped = false
  let rounds = 0
  let round = Promise.resolve()
  const timer = setInterval(() => {
    round = round.then(() => (stopped ? undefined : look(place, log, rounds++)))
  }, everyMs)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await round
    },
  }
}

async function look(place: Place, log: Log, rounds: number): Promise<void> {
  try {
    if (rounds % 30 === 0) await pruneLogs(place)
    if (livingPostmaster(place)) return
    log.warn('PostgreSQL ended by itself; starting it again.')
    await startPostmaster(place, log)
  } catch (problem) {
    log.warn((problem as Error).message)
  }
}

async function pruneLogs(place: Place): Promise<void> {
  const names = (await readdir(place.log)).filter((name) => name.endsWith('.log')).toSorted()
  for (const name of names.slice(0, -keptLogs)) await rm(join(place.log, name), { force: true })
}
