import * as z from 'zod/mini'

/**
 * The work-lists of a referral office. Each is a view of what has not been finished: a referral leaves it by what
 * somebody does, never by time.
 */
export const workList = z.enum([
  'toTriage',
  'noSlot',
  'toArrange',
  'arrivingToday',
  'outcomeMissing',
  'toTakeOver',
  'followUpDue',
  'rejectedUnanswered',
  'outcomeUnread',
  'overdue',
])
export type WorkList = z.output<typeof workList>

export const workListCount = z.object({ list: workList, count: z.number(), overdue: z.number() })
