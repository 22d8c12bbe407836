import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface Said {
  superUrl: string
  appUrl: string
  pid: number
  name: string
  message: string
}

export const quiet = { info: () => undefined, warn: () => undefined }

/** A folder of its own below /tmp that every user may enter. */
export function folder(name = 'tongmai-test-'): string {
  const path = mkdtempSync(join(tmpdir(), name))
  chmodSync(path, 0o711)
  return path
}

export const remove = (path: string) => rmSync(path, { recursive: true, force: true })

/** Starts a supervisor in a process of its own and waits for its first line. */
export async function child(
  dataDir: string,
  options: SpawnOptions = {},
): Promise<{ process: ChildProcess; said: Said }> {
  const script = join(import.meta.dirname, 'postgres-child.ts')
  const started = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  })
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    started.stdout?.on('data', (chunk: Buffer) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    started.once('exit', () => reject(new Error(`the child ended: ${text}`)))
  })
  return { process: started, said: JSON.parse(line) as Said }
}

/** Ends a child and waits until it is gone. */
export async function end(started: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (started.exitCode !== null || started.signalCode !== null) return
  const gone = once(started, 'exit')
  started.kill(signal)
  await gone
}

/** Runs one statement on a connection of its own. */
export async function ask<T extends pg.QueryResultRow = pg.QueryResultRow>(
  url: string,
  sql: string,
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Whether there is a process of this number. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
