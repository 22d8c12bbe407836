import * as z from 'zod/mini'
import { type Api, day, id, page, paging } from '../kernel.ts'
import { goal, programmeCode } from './programme.ts'

export const myPlan = z.object({
  id,
  residentId: id,
  programme: programmeCode,
  name: z.string(),
  /** What to do, in plain words. */
  plain: z.string(),
  goals: z.array(goal),
  institution: z.string(),
  doctor: z.nullable(z.string()),
  nextOn: z.nullable(day),
  lastOn: z.nullable(day),
  lastControlled: z.nullable(z.boolean()),
})
export type MyPlan = z.output<typeof myPlan>

export const myFollowUp = z.object({
  id,
  residentId: id,
  reason: z.string(),
  institution: z.string(),
  dueOn: day,
  status: z.enum(['due', 'done', 'missed', 'refused', 'ended']),
  doneOn: z.nullable(day),
})
export type MyFollowUp = z.output<typeof myFollowUp>

export const careplanMineApi = {
  listMyPlans: {
    method: 'GET',
    path: '/me/careplans',
    summary: 'What I am to do for my health, as agreed with my doctor; mine and of whom I stand for.',
    may: 'signed-in',
    for: ['resident'],
    returns: z.array(myPlan),
  },
  listMyFollowUps: {
    method: 'GET',
    path: '/me/follow-ups',
    summary: 'When I am to be seen or called, and when I was.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ status: z.optional(z.enum(['due', 'done'])), ...paging }),
    returns: page(myFollowUp),
  },
} as const satisfies Api
