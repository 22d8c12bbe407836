import { readdirSync, readFileSync } from 'node:fs'

const TICK_MS = 10

/** Of a process: whose child it is, and the milliseconds of processor it has had. */
function statOf(pid: number): { parent: number; ms: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS }
  } catch {
    return undefined
  }
}

/** Milliseconds of processor that the server, and the database with all its backends, have had so far. */
export function cpuOf(serverPid: number, backendPid: number): { server: number; database: number } {
  const postmaster = statOf(backendPid)?.parent
  const backends = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined && stat.parent === postmaster)
  return {
    server: statOf(serverPid)?.ms ?? 0,
    database: backends.reduce((sum, stat) => sum + (stat?.ms ?? 0), 0),
  }
}
