import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asSystem } from './as-system.ts'
import type { Ctx } from './ctx.ts'
import { refuse } from './refusal.ts'
import type { World } from './world.ts'

/** The largest file taken, in bytes. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024

const HASH = /^[0-9a-f]{64}$/

/** Where the bytes with this SHA-256 lie below the data folder. */
export function pathOf(dataDir: string, hash: string): string {
  if (!HASH.test(hash)) throw new Error('not a content hash')
  return join(dataDir, 'files', hash.slice(0, 2), hash)
}

/** Writes bytes under their SHA-256, on disk before it returns; the same bytes twice are one file. */
export async function storeBytes(dataDir: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex')
  const path = pathOf(dataDir, hash)
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const part = `${path}.${randomUUID()}`
  try {
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
  } catch (error) {
    // On a full disk half a file would only take more of what is wanting.
    await rm(part, { force: true })
    throw error
  }
  return hash
}

/** The bytes with this hash; refuses with 404 where they are gone. */
export const readBytes = (dataDir: string, hash: string): Promise<Uint8Array> =>
  readFile(pathOf(dataDir, hash)).catch(() => refuse('missing', 'kernel.file-missing'))

/** Notes an uploaded file as the actor's; it is swept after a day unless an action attaches it. */
export async function addFile(ctx: Ctx, file: { hash: string; size: number; media: string }): Promise<void> {
  await ctx.db
    .insertInto('kernel.file')
    .values({ ...file, uploader: ctx.actor.id, at: ctx.now, attachedAt: null })
    // Whoever brings the same bytes again has a day of their own to attach them.
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ at: ctx.now }))
    .execute()
}

export interface Attached {
  readonly hash: string
  readonly size: number
  readonly media: string
}

/** Ties uploaded files to a thing, so that they stay; refuses a hash nobody uploaded. */
export async function attach(ctx: Ctx, hashes: readonly string[]): Promise<Attached[]> {
  if (hashes.length === 0) return []
  const rows = await asSystem(ctx, (all) =>
    all.db
      .updateTable('kernel.file')
      .set({ attachedAt: ctx.now })
      .where('hash', 'in', [...hashes])
      .returning(['hash', 'size', 'media'])
      .execute(),
  )
  if (rows.length < new Set(hashes).size) refuse('invalid', 'kernel.file-missing')
  return rows
}

/** Removes what nobody attached within a day: the line first, then the bytes. */
export async function sweepFiles(world: World): Promise<void> {
  const gone = await world.asSystem(null, (ctx) =>
    ctx.db
      .deleteFrom('kernel.file')
      .where('attachedAt', 'is', null)
      .where('at', '<', new Date(ctx.now.getTime() - 24 * 3_600_000))
      .returning('hash')
      .execute(),
  )
  for (const { hash } of gone) await rm(pathOf(world.dataDir, hash), { force: true })
}
