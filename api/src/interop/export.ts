import * as z from 'zod/mini'
import { type Api, id, moment, page, paging } from '../kernel.ts'

export const exportState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
export type ExportState = z.output<typeof exportState>

/** A whole export that a client asked for (Bulk Data Access 2.0). */
export const exportLine = z.object({
  id,
  clientId: z.string(),
  level: z.enum(['system', 'patient', 'group']),
  state: exportState,
  types: z.array(z.string()),
  typesDone: z.number(),
  resources: z.number(),
  /** Why it failed. */
  problem: z.nullable(z.string()),
  askedAt: moment,
  endedAt: z.nullable(moment),
  /** Until when its files lie there. */
  until: moment,
})
export type ExportLine = z.output<typeof exportLine>

export const exportApi = {
  listExports: {
    method: 'GET',
    path: '/exports',
    summary: 'The whole exports that clients of one’s institution asked for, the last first',
    may: 'it.operate',
    for: ['staff'],
    query: z.object(paging),
    returns: page(exportLine),
  },
} as const satisfies Api
