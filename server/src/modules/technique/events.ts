import { masteryState } from '@tongmai/api/technique'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const catalogued = z.object({ id: z.uuid(), code: z.string(), name: z.string(), retired: z.boolean() })
const mastered = z.object({
  masteryId: z.uuid(),
  techniqueId: z.uuid(),
  institutionId: z.uuid(),
  departmentId: z.uuid(),
  practitionerId: z.nullable(z.uuid()),
  teacherId: z.uuid(),
  until: z.nullable(z.string()),
  state: masteryState,
})

/** What this module announces; the last three change where a patient may be sent. */
export const techniqueEvents = {
  'technique.catalogued': catalogued,
  'technique.signed-off': mastered,
  'technique.withdrawn': mastered,
  'technique.expired': mastered,
} as const

export const tell = teller(techniqueEvents)
