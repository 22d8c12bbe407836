import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where Debian puts the programs of the oldest PostgreSQL we support; undefined if it is not installed. */
export const findDebianServer = (): string | undefined =>
  ['15', '16', '17', '18'].map((major) => `/usr/lib/postgresql/${major}/bin`).find((bin) => existsSync(bin))

/** Runs `work` with the URL of a fresh server on a free port of this machine, then removes the server. */
export async function withServer(bin: string, work: (url: string) => Promise<void>): Promise<void> {
  const owner = systemUser()
  const folder = mkdtempSync(join(tmpdir(), 'tongmai-pg-'))
  const data = join(folder, 'data')
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(folder, 'password')
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 })
    for (const path of [folder, passwordFile]) if (owner) chownSync(path, owner.uid, owner.gid)
    const options = { ...owner, cwd: folder, stdio: 'ignore' } as const
    execFileSync(join(bin, 'initdb'), initdb(data, passwordFile), options)
    const port = await freePort()
    const server = spawn(join(bin, 'postgres'), settings(data, folder, port), options)
    const ended = once(server, 'exit')
    try {
      await ready(join(bin, 'pg_isready'), port, ended)
      await work(`postgresql://postgres:${password}@127.0.0.1:${port}/postgres`)
    } finally {
      server.kill('SIGINT')
      await ended
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function systemUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (which: string) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

const initdb = (data: string, passwordFile: string): string[] => [
  ...['--pgdata', data, '--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
  ...['--encoding', 'UTF8', '--locale', 'C.UTF-8', '--locale-provider', 'icu', '--icu-locale', 'zh-Hans-CN'],
]

function settings(data: string, folder: string, port: number): string[] {
  const lines = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    max_connections: 200,
    fsync: 'off',
    full_page_writes: 'off',
  }
  return ['-D', data, ...Object.entries(lines).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

async function ready(program: string, port: number, ended: Promise<unknown>): Promise<void> {
  let gone = false
  void ended.then(() => {
    gone = true
  })
  for (let attempt = 0; attempt < 150 && !gone; attempt++) {
    try {
      execFileSync(program, ['-q', '-h', '127.0.0.1', '-p', String(port)])
      return
    } catch {
      await sleep(200)
    }
  }
  throw new Error('PostgreSQL did not start')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
