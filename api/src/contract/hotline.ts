import * as z from 'zod/mini'
import { type Api, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'

export const hotlineTopic = z.enum([
  'symptom',
  'medicine',
  'report',
  'booking',
  'contract',
  'publicHealth',
  'other',
])
export type HotlineTopic = z.output<typeof hotlineTopic>
/** answered: by telephone · visit: told to come, or somebody goes · emergency: told to ring 120 · callBack: owed. */
export const hotlineOutcome = z.enum(['answered', 'visit', 'referred', 'emergency', 'callBack'])
export type HotlineOutcome = z.output<typeof hotlineOutcome>

export const hotlineCall = z.object({
  id,
  at: moment,
  resident: z.nullable(residentCard),
  /** Who rang, where it is nobody known: 一位男士. */
  caller: z.string(),
  topic: hotlineTopic,
  asked: z.string(),
  answered: z.string(),
  outcome: hotlineOutcome,
  by: z.nullable(z.string()),
})
export type HotlineCall = z.output<typeof hotlineCall>

export const hotlineApi = {
  listHotline: {
    method: 'GET',
    path: '/hotline-calls',
    summary: 'Who rang my community’s health hotline, what they asked and what they were told, newest first.',
    may: 'contract.serve',
    query: z.object({
      topic: z.optional(hotlineTopic),
      outcome: z.optional(hotlineOutcome),
      from: z.optional(day),
      to: z.optional(day),
      ...paging,
    }),
    returns: page(hotlineCall),
  },
  noteHotline: {
    method: 'POST',
    path: '/hotline-calls',
    summary: 'Notes a call to the hotline.',
    may: 'contract.serve',
    body: z.object({
      residentId: z._default(z.nullable(id), null),
      caller: z._default(z.string().check(z.trim(), z.maxLength(60)), ''),
      topic: hotlineTopic,
      asked: text(500),
      answered: z._default(z.string().check(z.trim(), z.maxLength(1000)), ''),
      outcome: hotlineOutcome,
    }),
    returns: hotlineCall,
  },
} as const satisfies Api
