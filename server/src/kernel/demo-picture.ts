import { readFile } from 'node:fs/promises'
import type { Ctx } from './ctx.ts'
import { addFile, attach, storeBytes } from './file.ts'
import type { World } from './world.ts'

/** Puts a picture of the demonstration (`material/picture`, drawn by us) into the file store, attached; its hash. */
export async function layPicture(world: World, ctx: Ctx, name: 'display' | 'mandate'): Promise<string> {
  const bytes = await readFile(new URL(`../../material/picture/${name}.jpg`, import.meta.url))
  const hash = await storeBytes(world.dataDir, bytes)
  await addFile(ctx, { hash, size: bytes.length, media: 'image/jpeg' })
  await attach(ctx, [hash])
  return hash
}
