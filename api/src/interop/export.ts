import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'

export const exportState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
export type ExportState = z.output<typeof exportState>

export const exportLevel = z.enum(['system', 'patient', 'group'])
export type ExportLevel = z.output<typeof exportLevel>

export const exportOrder = z.enum(['newest', 'oldest', 'most'])
export type ExportOrder = z.output<typeof exportOrder>

/** A whole export that a client asked for (Bulk Data Access 2.0). */
export const exportLine = z.object({
  id,
  clientId: z.string(),
  clientName: z.string(),
  level: exportLevel,
  state: exportState,
  types: z.array(z.string()),
  typesDone: z.number(),
  resources: z.number(),
  /** Why it failed, or was taken away. */
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
    summary:
      'The whole exports that clients of one’s institution asked for: searched, by level and state, the last first',
    may: 'it.operate',
    for: ['staff'],
    query: z.object({
      ...paging,
      /** Words in the client's name or id, or in the types that it asked for. */
      q: z.optional(text(60)),
      level: z.optional(exportLevel),
      state: z.optional(exportState),
      order: z._default(exportOrder, 'newest'),
    }),
    returns: page(exportLine),
  },
  cancelExport: {
    method: 'POST',
    path: '/exports/:id/cancel',
    summary: 'Ends a whole export of a client and takes its files away; the client has to ask anew.',
    may: 'it.operate',
    for: ['staff'],
    params: byId,
    body: z.object({ note: text(200) }),
    returns: z.pick(exportLine, { id: true, state: true, problem: true, endedAt: true }),
  },
} as const satisfies Api
