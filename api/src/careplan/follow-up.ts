import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { followUpStatus } from './flow.ts'
import { answers, form } from './form.ts'
import { finding, programmeCode, verdict } from './programme.ts'

export const way = z.enum(['clinic', 'home', 'phone', 'video'])
export type Way = z.output<typeof way>

/** What the resident answered before the follow-up: a preparation, to be confirmed by whoever does it. */
export const selfAnswer = z.object({
  at: moment,
  /** Somebody who stands for them wrote it. */
  byProxy: z.boolean(),
  formVersion: z.number(),
  answers,
  /** By the rules of the programme it cannot wait. */
  urgent: z.boolean(),
  findings: z.array(finding),
})
export type SelfAnswer = z.output<typeof selfAnswer>

export const followUp = z.object({
  id,
  resident: residentCard,
  /** The caller's institution does it. */
  mine: z.boolean(),
  institution: z.string(),
  practitioner: z.nullable(z.object({ id, name: z.string() })),
  programme: z.nullable(programmeCode),
  reason: z.string(),
  form: z.string(),
  formVersion: z.nullable(z.number()),
  dueOn: day,
  status: followUpStatus,
  way: z.nullable(way),
  doneAt: z.nullable(moment),
  doneBy: z.nullable(z.string()),
  answers: z.nullable(answers),
  verdict: z.nullable(verdict),
  controlled: z.nullable(z.boolean()),
  findings: z.array(finding),
  note: z.nullable(z.string()),
  selfAnswer: z.nullable(selfAnswer),
})
export type FollowUp = z.output<typeof followUp>

export const followUpFilter = z.object({
  status: z.optional(followUpStatus),
  /** `overdue`: its day has passed; `now`: within two weeks; `coming`: later. */
  when: z.optional(z.enum(['overdue', 'now', 'coming'])),
  /** Of what is due, what the resident has filled in. */
  answered: z.optional(z.stringbool()),
  mine: z.optional(z.stringbool()),
  residentId: z.optional(id),
  programme: z.optional(programmeCode),
})
export type FollowUpFilter = z.output<typeof followUpFilter>

export const followUpCounts = z.object({
  overdue: z.number(),
  now: z.number(),
  coming: z.number(),
  answered: z.number(),
  done: z.number(),
  missed: z.number(),
  refused: z.number(),
})

/** What came of it, what comes next, and whether a referral is proposed. */
export const recorded = z.object({
  followUp,
  nextOn: z.nullable(day),
  refer: z.nullable(z.string()),
  /** Whose rules propose it. */
  enrolmentId: z.nullable(id),
  urgent: z.boolean(),
})

export const followUpApi = {
  listFollowUps: {
    method: 'GET',
    path: '/follow-ups',
    summary: 'Follow-ups my institution owes and has done, or those of a resident I may open.',
    may: 'careplan.read',
    query: z.object({ ...followUpFilter.shape, ...paging }),
    returns: page(followUp),
  },
  countFollowUps: {
    method: 'GET',
    path: '/follow-ups/counts',
    summary: 'How many are overdue, due, coming, filled in by the resident, done, missed, refused.',
    may: 'careplan.read',
    query: z.object({ mine: z.optional(z.stringbool()) }),
    returns: followUpCounts,
  },
  readForm: {
    method: 'GET',
    path: '/follow-up-forms/:code',
    summary: 'A form as it is asked today, or an earlier version.',
    may: 'careplan.read',
    params: z.object({ code: text(40) }),
    query: z.object({ version: z.optional(z.coerce.number().check(z.int(), z.minimum(1))) }),
    returns: form,
  },
  record: {
    method: 'POST',
    path: '/follow-ups/:id/record',
    summary: 'Records a follow-up with the answers to its form; measurements go into the record.',
    may: 'careplan.follow',
    params: byId,
    body: z.object({
      at: moment,
      way,
      formVersion: z.number().check(z.int()),
      answers,
      note: z._default(z.string().check(z.trim(), z.maxLength(2000)), ''),
    }),
    returns: recorded,
  },
  miss: {
    method: 'POST',
    path: '/follow-ups/:id/miss',
    summary: 'Records that the resident was not reached; the next attempt is planned.',
    may: 'careplan.follow',
    params: byId,
    body: z.object({ note: text(500), nextOn: day }),
    returns: followUp,
  },
  refuseFollowUp: {
    method: 'POST',
    path: '/follow-ups/:id/refuse',
    summary: 'Records that the resident does not want it; in a programme the next one is planned.',
    may: 'careplan.follow',
    params: byId,
    body: z.object({ note: text(500) }),
    returns: followUp,
  },
  assignFollowUps: {
    method: 'POST',
    path: '/follow-ups/assign',
    summary: 'Gives follow-ups that are due to one person of my institution.',
    may: 'careplan.follow',
    body: z.object({ ids: z.array(id).check(z.minLength(1), z.maxLength(200)), practitionerId: id }),
    returns: z.object({ assigned: z.number() }),
  },
} as const satisfies Api
