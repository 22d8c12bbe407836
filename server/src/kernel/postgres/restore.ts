import { createReadStream } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { bringFolders, listed } from './folders.ts'
import { type Layout, layoutOf } from './layout.ts'
import { type BuildSchema, load, type Source } from './load.ts'
import { type BackedUpTable, checkFile, type Manifest, readManifest } from './manifest.ts'
import type { Access } from './roles.ts'

/**
 * Brings a backup back into an empty database and data folder, all of it or nothing. Throws Unable where the backup is
 * damaged (naming the file), unfinished or of a newer format, and where the target is not empty.
 */
export async function restore(options: {
  from: string
  dataDir: string
  access: Access
  buildSchema: BuildSchema
}): Promise<Manifest> {
  const folder = resolve(options.from)
  const manifest = await checkBackup(folder)
  const layout = layoutOf(options.dataDir)
  const source: Source<BackedUpTable> = {
    content: manifest,
    beforeRows: () => bringFolders(folder, layout.dataDir, layout.kept),
    open: ({ file, rows }) => ({
      stream: createReadStream(join(folder, file)).pipe(createGunzip()),
      rows: () => Promise.resolve(rows),
    }),
  }
  await load(options.access, source, options.buildSchema)
  await keepHead(layout, manifest)
  return manifest
}

/** Reads every byte of a backup; throws Unable with the first file that is not what was written. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const { file, sha256 } of manifest.tables) await checkFile(folder, file, sha256)
  await checkFile(folder, manifest.files.list, manifest.files.sha256)
  for await (const { path, hash } of listed(folder, layoutOf('.').kept)) await checkFile(folder, path, hash)
  return manifest
}

/** From here on the chain is compared with where it stood in the backup, not with a later head of another database. */
async function keepHead({ auditHeadFile }: Layout, { auditHead }: Manifest): Promise<void> {
  if (!auditHead) return rm(auditHeadFile, { force: true })
  const text = `${JSON.stringify({ number: Number(auditHead.number), hash: auditHead.hash })}\n`
  await writeFile(auditHeadFile, text, { mode: 0o600, flush: true })
}
