import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { saveFolders } from './folders.ts'
import { layoutOf } from './layout.ts'
import { type BackedUpTable, formatNow, keep, type Manifest, writeManifest } from './manifest.ts'
import type { Access } from './roles.ts'
import { connectForCopy, copyOut, inSnapshot, nameOf, type Table } from './snapshot.ts'
import { Unable } from './unable.ts'

/**
 * Copies the whole database at one moment, the attachments and the keys into an empty folder, while the product goes
 * on. The copy depends neither on PostgreSQL's version nor on how it is run. Throws Unable where the folder is in use.
 */
export async function backup(options: { access: Access; dataDir: string; to: string }): Promise<Manifest> {
  const folder = resolve(options.to)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length)
    throw new Unable(`${folder} is not empty; a backup needs a folder of its own.`)
  const client = await connectForCopy(options.access.superUrl)
  try {
    const saved = await inSnapshot(client, async (content) => ({
      ...content,
      tables: await saveTables(client, folder, content.tables),
    }))
    // After the snapshot: whatever a row in it names was stored before the row was written.
    const layout = layoutOf(options.dataDir)
    const files = await saveFolders(layout.dataDir, folder, layout.kept)
    const manifest = { format: formatNow, at: new Date().toISOString(), ...saved, files }
    await writeManifest(folder, manifest)
    return manifest
  } finally {
    await client.end()
  }
}

async function saveTables(
  client: pg.Client,
  folder: string,
  tables: readonly Table[],
): Promise<BackedUpTable[]> {
  const saved: BackedUpTable[] = []
  for (const table of tables) {
    const file = `tables/${encodeURIComponent(nameOf(table))}.gz`
    const stream = copyOut(client, table)
    const sha256 = await keep(stream, join(folder, file), createGzip({ level: 4 }))
    await client.query('select 1') // the count arrives after the rows
    saved.push({ ...table, file, rows: stream.rowCount, sha256 })
  }
  return saved
}
