import type { photoApi } from '@tongmai/api/careplan/photo'
import type { Bytes } from '@tongmai/api/kernel'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { attach, readBytes } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import * as store from '../store/photo.ts'
import { requireOwn } from './own.ts'

let dataDir = ''

/** Says where photographs lie; once, when the routes are mounted. */
export function setFiles(folder: string): void {
  dataDir = folder
}

type Photo = Omit<Parameters<typeof store.addPhoto>[1], 'id'>

/** Keeps a photograph beside the reading it was taken of; only a photograph. */
export async function keepPhoto(ctx: Ctx, photo: Photo): Promise<void> {
  const [file] = await attach(ctx, [photo.fileHash])
  if (file?.media !== 'image/jpeg') refuse('unprocessable', 'careplan.photo-of-another-kind')
  await asSystem(ctx, (all) => store.addPhoto(all, { ...photo, id: ctx.id() }))
}

async function pictureOf(ctx: Ctx, of: { residentId: string; id: string }): Promise<Bytes> {
  return { bytes: await readBytes(dataDir, await store.findPhoto(ctx, of)), fileName: `${of.id}.jpg` }
}

export const photos: Actions<typeof photoApi> = {
  async listPhotos(ctx, { params, query }) {
    await requireResident(ctx, params.id, 'record')
    return store.listPhotos(ctx, { residentId: params.id, ...query })
  },
  async readPhoto(ctx, { params }) {
    await requireResident(ctx, params.id, 'record')
    return pictureOf(ctx, { residentId: params.id, id: params.photoId })
  },
  async listMyPhotos(ctx, { query }) {
    requireOwn(ctx, query.residentId)
    return store.listPhotos(ctx, query)
  },
  async readMyPhoto(ctx, { params, query }) {
    requireOwn(ctx, query.residentId)
    return pictureOf(ctx, { ...params, ...query })
  },
}
