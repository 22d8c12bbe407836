import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { layoutOf } from './layout.ts'
import type { Access } from './roles.ts'

/** Writes how a tool of the same user reaches the running database. */
export async function writeConnection(dataDir: string, access: Access): Promise<void> {
  const { connection } = layoutOf(dataDir)
  const { superUrl, ownerUrl, appUrl } = access
  await writeFile(`${connection}.new`, JSON.stringify({ superUrl, ownerUrl, appUrl }, null, 2), {
    mode: 0o600,
  })
  await rename(`${connection}.new`, connection)
}

/** How to reach the database that a running server keeps in this folder; undefined where none is ready. */
export async function readConnection(dataDir: string): Promise<Access | undefined> {
  try {
    return JSON.parse(await readFile(layoutOf(dataDir).connection, 'utf8')) as Access
  } catch {
    return undefined
  }
}

/** Says that no database can be reached any more. */
export const removeConnection = (dataDir: string) => rm(layoutOf(dataDir).connection, { force: true })
