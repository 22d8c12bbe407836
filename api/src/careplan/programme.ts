import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { endReason, enrolmentStatus } from './flow.ts'
import { form } from './form.ts'

export const programmeCode = z.enum(['hypertension', 'type2Diabetes'])
export type ProgrammeCode = z.output<typeof programmeCode>
export const risk = z.enum(['low', 'medium', 'high', 'veryHigh'])
export type Risk = z.output<typeof risk>
export const verdict = z.enum(['satisfactory', 'unsatisfactory', 'critical'])
export type Verdict = z.output<typeof verdict>

const bound = z.object({
  /** The linkId of the question whose number is compared. */
  item: z.string(),
  /** Controlled below this number; from the age of `fromAge` on below `belowThen`. */
  below: z.number(),
  fromAge: z.optional(z.number()),
  belowThen: z.optional(z.number()),
})
const alarm = z.object({
  item: z.string(),
  atLeast: z.optional(z.number()),
  atMost: z.optional(z.number()),
  /** One of these was chosen. */
  any: z.optional(z.array(z.string())),
})

/** What a programme goes by; each number with the source it stands in (`source` of the programme). */
export const programmeRules = z.object({
  /** Days to the next follow-up after a satisfactory one, by risk. */
  intervalDays: z.record(z.string(), z.number()),
  /** Days to the next one after an unsatisfactory or critical one. */
  recheckDays: z.number(),
  /** Unsatisfactory ones in a row after which a referral is proposed. */
  referAfter: z.number(),
  control: z.array(bound),
  critical: z.array(alarm),
  /** Answers other than numbers that make a follow-up unsatisfactory. */
  concerns: z.array(alarm),
  controlDefinition: z.string(),
})
export type ProgrammeRules = z.output<typeof programmeRules>

/** One reason for a verdict: which question, what was answered, what was expected. */
export const finding = z.object({
  item: z.string(),
  text: z.string(),
  value: z.string(),
  limit: z.string(),
  verdict,
})
export type Finding = z.output<typeof finding>
export type Findings = Finding[]

export const goal = z.object({ text: text(100), target: text(60) })
export type Goal = z.output<typeof goal>
export type Goals = Goal[]

export const programme = z.object({
  code: programmeCode,
  name: z.string(),
  since: day,
  source: z.string(),
  rules: programmeRules,
  form,
})
export type Programme = z.output<typeof programme>

/** How a programme stands at the caller's institution; every number opens its people. */
export const programmeCount = z.object({
  code: programmeCode,
  name: z.string(),
  enrolled: z.number(),
  /** Of those enrolled, whose last follow-up of this year was controlled; who was not followed up is not. */
  controlled: z.number(),
  overdue: z.number(),
  dropOuts: z.number(),
  /** With as many unsatisfactory follow-ups in a row as a referral is proposed after. */
  toRefer: z.number(),
  definition: z.string(),
  source: z.string(),
})
export type ProgrammeCount = z.output<typeof programmeCount>

export const enrolment = z.object({
  id,
  resident: residentCard,
  programme: programmeCode,
  programmeName: z.string(),
  institution: z.string(),
  mine: z.boolean(),
  doctor: z.nullable(z.object({ id, name: z.string() })),
  risk,
  diagnosedOn: z.nullable(day),
  plan: z.string(),
  plain: z.string(),
  goals: z.array(goal),
  status: enrolmentStatus,
  enrolledOn: day,
  endedOn: z.nullable(day),
  endReason: z.nullable(endReason),
  lastOn: z.nullable(day),
  lastVerdict: z.nullable(verdict),
  lastControlled: z.nullable(z.boolean()),
  unsatisfactoryRun: z.number(),
  missedRun: z.number(),
  nextOn: z.nullable(day),
  /** So many unsatisfactory ones in a row that a referral is proposed, and why. */
  refer: z.nullable(z.string()),
  version: z.number(),
})
export type Enrolment = z.output<typeof enrolment>

/** A referral as the rules propose it, ready to be read over and sent. */
export const proposedReferral = z.object({
  residentId: id,
  reason: z.string(),
  urgency: z.enum(['routine', 'urgent']),
  diagnosis: z.object({ code: z.string(), text: z.string() }),
  firstImpression: z.string(),
  /** What was done so far: the plan, and what the last follow-ups said. */
  treatmentSoFar: z.string(),
  /** The hospital of the resident's contract, the nearer tier first; null where none was chosen. */
  to: z.nullable(z.object({ id, name: z.string() })),
})
export type ProposedReferral = z.output<typeof proposedReferral>

const planned = {
  risk,
  plan: text(2000),
  /** The plan as the resident reads it. */
  plain: text(2000),
  goals: z.array(goal).check(z.maxLength(10)),
}

export const enrolmentFilter = z.object({
  programme: z.optional(programmeCode),
  status: z.optional(enrolmentStatus),
  risk: z.optional(risk),
  residentId: z.optional(id),
  controlled: z.optional(z.stringbool()),
  overdue: z.optional(z.stringbool()),
  dropOut: z.optional(z.stringbool()),
  toRefer: z.optional(z.stringbool()),
  mine: z.optional(z.stringbool()),
})
export type EnrolmentFilter = z.output<typeof enrolmentFilter>

export const programmeApi = {
  listProgrammes: {
    method: 'GET',
    path: '/programmes',
    summary: 'The programmes for chronic diseases, their rules with sources, and their forms.',
    may: 'careplan.read',
    returns: z.array(programme),
  },
  countProgrammes: {
    method: 'GET',
    path: '/programmes/counts',
    summary: 'For each programme, who is enrolled, controlled, overdue, lost or to be referred.',
    may: 'careplan.read',
    query: z.object({ mine: z.optional(z.stringbool()) }),
    returns: z.array(programmeCount),
  },
  listEnrolments: {
    method: 'GET',
    path: '/enrolments',
    summary: 'Who is in a programme: the register of my institution, or of a resident I may open.',
    may: 'careplan.read',
    query: z.object({ ...enrolmentFilter.shape, ...paging }),
    returns: page(enrolment),
  },
  enrol: {
    method: 'POST',
    path: '/enrolments',
    summary: 'Takes a resident into a programme, with risk, plan and goals; the first follow-up is planned.',
    may: 'careplan.enrol',
    body: z.object({
      residentId: id,
      programme: programmeCode,
      practitionerId: z.optional(z.nullable(id)),
      diagnosedOn: z._default(z.nullable(day), null),
      firstOn: day,
      ...planned,
    }),
    returns: enrolment,
  },
  proposeReferral: {
    method: 'GET',
    path: '/enrolments/:id/referral',
    summary:
      'The referral that the rules propose for somebody enrolled, filled in from plan, follow-ups and contract.',
    may: 'careplan.read',
    params: byId,
    returns: proposedReferral,
  },
  changePlan: {
    method: 'POST',
    path: '/enrolments/:id/plan',
    summary: 'Writes the plan anew: risk, goals, what is to be done.',
    may: 'careplan.enrol',
    params: byId,
    body: z.object(planned),
    returns: enrolment,
  },
  endEnrolment: {
    method: 'POST',
    path: '/enrolments/:id/end',
    summary: 'Ends it with a reason; what is still due ends with it.',
    may: 'careplan.enrol',
    params: byId,
    body: z.object({ reason: endReason }),
    returns: enrolment,
  },
} as const satisfies Api
