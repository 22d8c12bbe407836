import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from './place.ts'
import { Unable } from './unable.ts'

/** Runs initdb or pg_ctl as the system user to its end and answers its output; rejects with what it complained of. */
export function run(
  place: Place,
  program: 'initdb' | 'pg_ctl' | 'postgres',
  args: string[],
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  execFile(join(place.binaries.dir, program), args, asSystemUser(place), (problem, stdout, stderr) => {
    if (problem) reject(new Error(`${program}: ${(stderr || problem.message).trim()}`, { cause: problem }))
    else resolve(stdout)
  })
  return promise
}

/** Throws Unable where the programs cannot run at all: a folder that may not be entered, another C library. */
export async function tryPrograms(place: Place): Promise<void> {
  try {
    await run(place, 'postgres', ['--version'])
  } catch (problem) {
    const denied = ((problem as Error).cause as { code?: unknown }).code === 'EACCES'
    const advice = denied
      ? 'choose a DATA_DIR that other users may enter, such as /var/lib/tongmai'
      : 'set DATABASE_URL'
    const who = place.user ? `user ${place.user.uid}` : 'this user'
    throw new Unable(
      `PostgreSQL cannot run as ${who} from ${place.binaries.dir} (${(problem as Error).message}); ${advice}.`,
    )
  }
}

/**
 * Starts the postmaster in a session of its own, so that Ctrl-C reaches only the server, which first finishes its
 * requests. Answers its process id and whether it has ended; the process outlives ours.
 */
export function launch(place: Place, output: string): { pid: number | undefined; ended(): boolean } {
  const log = openSync(output, 'w', 0o600)
  const [program, args] =
    process.platform === 'win32'
      ? // pg_ctl drops an administrator's rights, which postgres refuses to have
        ['pg_ctl', ['start', '-W', '-s', '-D', place.cluster]]
      : ['postgres', ['-D', place.cluster]]
  const child = spawn(join(place.binaries.dir, program as string), args as string[], {
    ...asSystemUser(place),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended = false
  child.once('exit', () => {
    ended = process.platform !== 'win32'
  })
  child.once('error', () => {
    ended = true
  })
  child.unref()
  return { pid: child.pid, ended: () => ended }
}

/** A clean environment: a stray PGDATA, PGPORT or LC_ALL must not reach PostgreSQL. */
const asSystemUser = ({ user, binaries }: Place) => ({
  ...(user ?? {}),
  cwd: binaries.dir,
  env: { PATH: '/usr/bin:/bin', LANG: 'C' },
})
