import * as z from 'zod/mini'
import { type Api, byId, day, text } from '../kernel.ts'

const departed = z.object({ kind: z.enum(['died', 'moved']), on: day })

/** That a resident is here no more; what rests on their being here ends by itself. */
export const departureApi = {
  recordDeath: {
    method: 'POST',
    path: '/residents/:id/died',
    summary: 'Records that a resident has died, and on which day.',
    may: 'resident.register',
    params: byId,
    body: z.object({ on: day }),
    returns: departed,
  },
  recordMove: {
    method: 'POST',
    path: '/residents/:id/moved',
    summary: 'Records that a resident has moved out of the region.',
    may: 'resident.register',
    params: byId,
    body: z.object({ on: day, note: z.nullable(text(200)) }),
    returns: departed,
  },
} as const satisfies Api
