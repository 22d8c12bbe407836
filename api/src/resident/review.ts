import * as z from 'zod/mini'
import { paging, text } from '../kernel.ts'

/** What still waits comes first, or all in the order of time. */
export const reviewOrder = z.enum(['openFirst', 'newest', 'oldest'])
export type ReviewOrder = z.output<typeof reviewOrder>

/** How a list of what somebody has to decide is searched, ordered and paged. */
export const reviewing = { q: z.optional(text(60)), order: z._default(reviewOrder, 'openFirst'), ...paging }
