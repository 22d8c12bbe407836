import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from '../kernel.ts'
import { seriesKind } from './reading.ts'

/** A photograph of what a device showed, and the figures that were written down beside it. */
export const readingPhoto = z.object({
  id,
  kind: seriesKind,
  at: moment,
  value: z.number(),
  value2: z.nullable(z.number()),
})
export type ReadingPhoto = z.output<typeof readingPhoto>

const picture = { media: 'image/jpeg' } as const

export const photoApi = {
  listPhotos: {
    method: 'GET',
    path: '/residents/:id/reading-photos',
    summary: 'Readings of a resident that were photographed, the newest first.',
    may: 'careplan.read',
    params: byId,
    query: z.object(paging),
    returns: page(readingPhoto),
  },
  readPhoto: {
    method: 'GET',
    path: '/residents/:id/reading-photos/:photoId',
    summary: 'The photograph of what the device showed.',
    may: 'careplan.read',
    params: z.object({ id, photoId: id }),
    returns: picture,
  },
  listMyPhotos: {
    method: 'GET',
    path: '/me/reading-photos',
    summary: 'Readings that I photographed, the newest first.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ residentId: id, ...paging }),
    returns: page(readingPhoto),
  },
  readMyPhoto: {
    method: 'GET',
    path: '/me/reading-photos/:id',
    summary: 'My photograph of what the device showed.',
    may: 'signed-in',
    for: ['resident'],
    params: byId,
    query: z.object({ residentId: id }),
    returns: picture,
  },
} as const satisfies Api
