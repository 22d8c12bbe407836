import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging } from '../kernel.ts'
import { answers, form } from './form.ts'
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
  /** Its questions may be answered now, on the phone. */
  mayAnswer: z.boolean(),
  answeredAt: z.nullable(moment),
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
  readMyForm: {
    method: 'GET',
    path: '/me/follow-ups/:id/form',
    summary:
      'The questions of a follow-up that I may answer before it; 409 where its form is asked by the doctor only.',
    may: 'signed-in',
    for: ['resident'],
    params: byId,
    returns: z.object({
      followUp: myFollowUp,
      form,
      /** What I have answered already. */
      answered: z.nullable(z.object({ answers, urgent: z.boolean() })),
    }),
  },
  answerFollowUp: {
    method: 'POST',
    path: '/me/follow-ups/:id/answer',
    summary:
      'Answers the questions of a follow-up beforehand, once; it stays due until the doctor has confirmed it.',
    may: 'signed-in',
    for: ['resident'],
    params: byId,
    body: z.object({ formVersion: z.number().check(z.int()), answers }),
    returns: z.object({ answeredAt: moment, urgent: z.boolean() }),
  },
} as const satisfies Api
