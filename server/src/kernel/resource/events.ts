import * as z from 'zod/mini'
import { teller } from '../event.ts'

/** What the store announces about resources that no module owns; the module `record` publishes it. */
export const resourceEvents = {
  'record.stored': z.object({
    type: z.string(),
    id: z.string(),
    version: z.number(),
    change: z.enum(['created', 'changed', 'removed']),
  }),
}

export const tell = teller(resourceEvents)
