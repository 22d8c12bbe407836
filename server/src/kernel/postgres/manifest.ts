import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Content, Table } from './snapshot.ts'
import { Unable } from './unable.ts'

/** The newest format that this version writes and reads. */
export const formatNow = 1

/** What a backup holds; the last thing written, so that a backup without one never finished. */
export interface Manifest extends Omit<Content, 'tables'> {
  readonly format: number
  readonly at: string
  readonly tables: readonly BackedUpTable[]
  /** Attachments and keys: `list` names each with its SHA-256, in the form that sha256sum reads. */
  readonly files: { readonly count: number; readonly list: string; readonly sha256: string }
}

export interface BackedUpTable extends Table {
  /** gzip of PostgreSQL's text format, relative to the backup's folder. */
  readonly file: string
  readonly rows: number
  readonly sha256: string
}

const manifestFile = 'manifest.json'
const manifestHash = 'manifest.sha256'

/** Closes a backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  const line = `${createHash('sha256').update(text).digest('hex')}  ${manifestFile}\n`
  await writeFile(join(folder, manifestHash), line, { mode: 0o600, flush: true })
  await writeFile(join(folder, manifestFile), text, { mode: 0o600, flush: true })
}

/** Reads a backup's manifest; throws Unable where there is none, where it is damaged, or newer than we are. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => undefined)
  const line = await readFile(join(folder, manifestHash), 'utf8').catch(() => undefined)
  if (text === undefined || line === undefined)
    throw new Unable(
      `${folder} holds no finished backup: ${text === undefined ? manifestFile : manifestHash} is missing.`,
    )
  if (!line.startsWith(createHash('sha256').update(text).digest('hex'))) throw damaged(folder, manifestFile)
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format > formatNow)
    throw new Unable(
      `The backup in ${folder} has format ${manifest.format}; this version reads up to ${formatNow}, so use a newer one.`,
    )
  return manifest
}

/** Throws Unable with the name of the first file that is missing or not what it was. */
export async function checkFile(folder: string, file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(join(folder, file))) hash.update(chunk as Buffer)
  } catch {
    throw damaged(folder, file)
  }
  if (hash.digest('hex') !== sha256) throw damaged(folder, file)
}

const damaged = (folder: string, file: string) =>
  new Unable(
    `The backup is damaged: ${join(folder, file)} is missing or is not what was written; nothing was restored.`,
  )

/** Writes a stream to a file for us alone, durably, and answers the SHA-256 of what lies there. */
export async function keep(from: Readable, path: string, through?: Transform): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  const to = createWriteStream(path, { mode: 0o600, flush: true })
  await (through ? pipeline(from, through, counting(hash), to) : pipeline(from, counting(hash), to))
  return hash.digest('hex')
}

const counting = (hash: Hash) =>
  async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
