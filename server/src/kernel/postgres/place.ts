import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { clusterDir, type Layout } from './layout.ts'
import { ownFolder, type SystemUser } from './system-user.ts'

/** One cluster and all that is needed to run it. */
export interface Place {
  readonly cluster: string
  readonly binaries: Binaries
  readonly user: SystemUser
  readonly log: string
  readonly custom: string
  /** Over this socket and no other way; on Windows over 127.0.0.1 with a password. */
  readonly socketDir: string
  readonly port: number
  readonly password?: string
}

/** Where the cluster of these programs' major version runs; creates the folders around it. */
export async function preparePlace(layout: Layout, binaries: Binaries, user: SystemUser): Promise<Place> {
  await ownFolder(layout.log, user)
  const common = {
    cluster: clusterDir(layout, binaries.major),
    binaries,
    user,
    log: layout.log,
    custom: layout.custom,
  }
  if (process.platform === 'win32') return { ...common, socketDir: '', ...(await overTcp(layout)) }
  return { ...common, socketDir: await socketFolder(layout, user), port: 5432 }
}

/** A socket's path has at most 103 bytes (107 on Linux): a deep data folder gets a short one elsewhere, and keeps it. */
async function socketFolder(layout: Layout, user: SystemUser): Promise<string> {
  const near = join(layout.home, 'socket')
  const fits = Buffer.byteLength(join(near, '.s.PGSQL.5432')) <= 103
  const record = join(layout.home, 'socket-folder')
  const far = !fits && existsSync(record) ? await readFile(record, 'utf8') : undefined
  const chosen = fits ? near : far && existsSync(far) ? far : await mkdtemp(join(tmpdir(), 'tongmai-'))
  if (!fits) await writeFile(record, chosen)
  await ownFolder(chosen, user)
  return chosen
}

async function overTcp(layout: Layout): Promise<{ port: number; password: string }> {
  const record = join(layout.home, 'tcp.json')
  if (existsSync(record))
    return JSON.parse(await readFile(record, 'utf8')) as { port: number; password: string }
  const made = { port: await freePort(), password: randomBytes(24).toString('hex') }
  await writeFile(record, JSON.stringify(made), { mode: 0o600 })
  return made
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 5432))
    })
  })
