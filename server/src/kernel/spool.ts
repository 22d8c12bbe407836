import { createReadStream, type ReadStream } from 'node:fs'
import { appendFile, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from './refusal.ts'

const NAME = /^[\w-]{1,80}(\.[a-z]{1,10})?$/

/** Files that grow line by line and are thrown away: one folder per job below the data folder, never in a backup. */
export interface Spool {
  readonly dataDir: string
  readonly job: string
}

function folderOf({ dataDir, job }: Spool): string {
  if (!NAME.test(job)) throw new Error('not a name for a spool')
  return join(dataDir, 'spool', job)
}

const fileOf = (spool: Spool, name: string): string =>
  NAME.test(name) ? join(folderOf(spool), name) : refuse('missing', 'kernel.file-missing')

/** Adds text at the end of a file of the spool. */
export async function appendTo(spool: Spool, name: string, text: string): Promise<void> {
  await mkdir(folderOf(spool), { recursive: true, mode: 0o700 })
  await appendFile(fileOf(spool, name), text, { mode: 0o600 })
}

/** A file of the spool, byte by byte as it is read; 404 where it is gone. */
export async function readSpooled(spool: Spool, name: string): Promise<{ size: number; stream: ReadStream }> {
  const path = fileOf(spool, name)
  const found = await stat(path).catch(() => refuse('missing', 'kernel.file-missing'))
  return { size: found.size, stream: createReadStream(path) }
}

/** Throws the whole spool away. */
export const removeSpool = (spool: Spool): Promise<void> =>
  rm(folderOf(spool), { recursive: true, force: true })
