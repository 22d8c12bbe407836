import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from '../kernel.ts'

/** An ECG strip without its samples. */
export const strip = z.object({
  deviceId: id,
  seq: z.number(),
  at: moment,
  hertz: z.number(),
  /** How long it is. */
  seconds: z.number(),
})
export type Strip = z.output<typeof strip>

/** A piece of a strip: its samples in microvolts from so many seconds on. */
export const stripPiece = z.object({ ...strip.def.shape, from: z.number(), samples: z.array(z.number()) })
export type StripPiece = z.output<typeof stripPiece>

const one = { deviceId: id, seq: z.coerce.number().check(z.int(), z.minimum(0)) }
const piece = {
  from: z._default(z.coerce.number().check(z.minimum(0), z.maximum(100_000)), 0),
  seconds: z._default(z.coerce.number().check(z.minimum(1), z.maximum(60)), 10),
}

export const stripApi = {
  listStrips: {
    method: 'GET',
    path: '/residents/:id/ecg-strips',
    summary: 'The ECG strips of a resident I may open, the newest first.',
    may: 'careplan.read',
    params: byId,
    query: z.object(paging),
    returns: page(strip),
  },
  readStrip: {
    method: 'GET',
    path: '/residents/:id/ecg-strips/:deviceId/:seq',
    summary: 'A piece of one ECG strip, at most a minute, with its samples.',
    may: 'careplan.read',
    params: z.object({ id, ...one }),
    query: z.object(piece),
    returns: stripPiece,
  },
  listMyStrips: {
    method: 'GET',
    path: '/me/ecg-strips',
    summary: 'My ECG strips, the newest first.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ residentId: id, ...paging }),
    returns: page(strip),
  },
  readMyStrip: {
    method: 'GET',
    path: '/me/ecg-strips/:deviceId/:seq',
    summary: 'A piece of one ECG strip of mine.',
    may: 'signed-in',
    for: ['resident'],
    params: z.object(one),
    query: z.object({ residentId: id, ...piece }),
    returns: stripPiece,
  },
} as const satisfies Api
