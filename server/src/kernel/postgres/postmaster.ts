import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Place } from './place.ts'
import { launch, run } from './program.ts'
import { type Log, Unable } from './unable.ts'
import { urlOf } from './url.ts'

const recoveryMs = 10 * 60_000

/** The process id of the living postmaster of this cluster; undefined where the file is missing, stale or another's. */
export function livingPostmaster(place: Place): number | undefined {
  const lines = readPidFile(place)
  const pid = Number(lines?.[0])
  return pid > 0 && isPostgresOf(pid, place.cluster) ? pid : undefined
}

/** Whether the living postmaster was started from these programs. */
export function runsOurs(place: Place): boolean {
  const options = join(place.cluster, 'postmaster.opts')
  return existsSync(options) && readFileSync(options, 'utf8').includes(place.binaries.dir)
}

/** Starts a postmaster and answers its process id once it takes connections, after crash recovery where needed. */
export async function startPostmaster(place: Place, log: Log): Promise<number> {
  const output = join(place.log, 'start.txt')
  for (let tries = 1; ; tries += 1) {
    await clearRemains(place)
    const { ended } = launch(place, output)
    if (await isReady(place, ended, log)) return livingPostmaster(place) ?? 0
    const said = await lastWords(place, output)
    // The processes of a killed postmaster may still hold its memory for a moment.
    if (tries < 20 && /pre-existing shared memory|still in use/.test(said)) await wait(500)
    else throw new Unable(`PostgreSQL did not start in ${place.cluster}: ${said}`)
  }
}

/** Waits until a living postmaster takes connections; false where it ended meanwhile. */
export const becomesReady = (place: Place, log: Log) => isReady(place, () => !livingPostmaster(place), log)

/** What has not been written yet is written before PostgreSQL ends: on a slow disk that takes a while. */
const WRITING_SECONDS = 120
const TOLD_MS = 2_000

/** Stops the postmaster when it has written all it holds, for which it has two minutes; then at once. */
export async function stopPostmaster(place: Place, log?: Log): Promise<void> {
  if (!livingPostmaster(place)) return
  const telling = setTimeout(() => log?.info(waitingFor), TOLD_MS)
  try {
    await end(place, 'fast', WRITING_SECONDS)
  } catch {
    await endAtOnce(place)
  } finally {
    clearTimeout(telling)
  }
}

const waitingFor = `PostgreSQL is writing what it still holds, for which it has ${WRITING_SECONDS} s; a second signal does not wait for it.`

/** Ends the postmaster without writing anything; the next start recovers from the log. */
export async function endAtOnce(place: Place): Promise<void> {
  if (livingPostmaster(place)) await end(place, 'immediate', 8)
}

const end = (place: Place, mode: 'fast' | 'immediate', seconds: number): Promise<string> =>
  run(place, 'pg_ctl', ['stop', '-s', '-D', place.cluster, '-m', mode, '-w', '-t', String(seconds)])

/** A start must find neither stale lock files, whose number another process may have by now, nor leftover backends. */
async function clearRemains(place: Place): Promise<void> {
  const startedAt = Date.now()
  for (let left = processesOf(place.cluster); left.length; left = processesOf(place.cluster)) {
    const waitedMs = Date.now() - startedAt
    if (waitedMs > 15_000) throw new Unable(`Process ${left[0]} holds ${place.cluster} and cannot be ended.`)
    if (waitedMs > 5_000) left.forEach(kill)
    await wait(50)
  }
  // A dead postmaster that nobody has waited for still answers signals, so PostgreSQL itself would take these for held.
  const socket = join(place.socketDir, `.s.PGSQL.${place.port}`)
  const remains = [
    join(place.cluster, 'postmaster.pid'),
    ...(place.socketDir ? [socket, `${socket}.lock`] : []),
  ]
  for (const path of remains) await rm(path, { force: true })
}

async function isReady(place: Place, ended: () => boolean, log: Log): Promise<boolean> {
  const startedAt = Date.now()
  let told = false
  while (Date.now() - startedAt < recoveryMs) {
    if (await answers(place)) return true
    if (ended()) return false
    if (!told && Date.now() - startedAt > 5_000) {
      told = true
      log.info('The database is recovering from its log; this can take some minutes.')
    }
    await wait(40)
  }
  throw new Unable(
    `PostgreSQL in ${place.cluster} takes no connections after ${recoveryMs / 60_000} minutes.`,
  )
}

async function answers(place: Place): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(place, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(rows[0]?.data_directory ?? '') === realpathSync(place.cluster)
  } catch (problem) {
    const { code } = problem as { code?: string }
    if (isPassing(code)) return false
    throw new Unable(`PostgreSQL in ${place.cluster} does not let us in: ${(problem as Error).message}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Starting up, shutting down, too many clients, or no answer yet. */
const isPassing = (code: string | undefined) =>
  !code || ['57P03', '57P01', '53300', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)

function readPidFile(place: Place): string[] | undefined {
  try {
    return readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
}

/** A process id alone proves nothing: numbers are used again. PostgreSQL's working folder is its cluster. */
function isPostgresOf(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) && isPostgres(pid)
    } catch {
      return false
    }
  }
  try {
    process.kill(pid, 0)
    if (process.platform === 'win32') return true
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster)
  } catch {
    return false
  }
}

const isPostgres = (pid: number) => basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres')

/** Every process that works in this cluster; only Linux can tell. */
function processesOf(cluster: string): number[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => isPostgresOf(pid, cluster))
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}

async function lastWords(place: Place, output: string): Promise<string> {
  const newest = readdirSync(place.log)
    .filter((name) => name.endsWith('.log'))
    .toSorted()
    .at(-1)
  for (const path of [output, newest && join(place.log, newest)]) {
    const text = path ? await readFile(path, 'utf8').catch(() => '') : ''
    const lines = text.split('\n').filter((line) => /FATAL|PANIC|error|could not/i.test(line))
    if (lines.length) return lines.slice(-2).join(' ').trim()
  }
  return 'it gave no reason'
}
