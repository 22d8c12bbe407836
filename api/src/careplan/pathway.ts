import * as z from 'zod/mini'
import { type Api, byId, day, type Flow, id, moment, openMove, page, paging, step, text } from '../kernel.ts'
import { programmeCode } from './programme.ts'

export const pathwayStatuses = [
  'draft',
  'inReview',
  'reviewed',
  'published',
  'replaced',
  'withdrawn',
  'discarded',
] as const
export const pathwayStatus = z.enum(pathwayStatuses)
export type PathwayStatus = (typeof pathwayStatuses)[number]

export const pathwayMoves = [
  'sendToReview',
  'return',
  'review',
  'publish',
  'replace',
  'withdraw',
  'discard',
] as const
export type PathwayMove = (typeof pathwayMoves)[number]

/** Drafted, reviewed by somebody else, published by the owner, replaced by its next version or withdrawn. */
export const pathwayFlow: Flow<PathwayStatus> = {
  draft: { sendToReview: 'inReview', discard: 'discarded' },
  inReview: { return: 'draft', review: 'reviewed' },
  reviewed: { return: 'draft', publish: 'published' },
  published: { replace: 'replaced', withdraw: 'withdrawn' },
  replaced: {},
  withdrawn: {},
  discarded: {},
}

export const nextPathway = (from: PathwayStatus, move: PathwayMove): PathwayStatus | undefined =>
  step(pathwayFlow, from, move)

/** Where a step belongs on the way from screening to rehabilitation. */
export const phase = z.enum(['screen', 'assess', 'treat', 'followUp', 'refer', 'rehabilitate'])
export type Phase = z.output<typeof phase>

/** How a step is done: a form filled in, an enrolment, the follow-up that is due, a referral written, or advice given. */
export const stepKind = z.enum(['form', 'enrol', 'followUp', 'refer', 'advise'])
export type StepKind = z.output<typeof stepKind>

/** What a criterion may ask of a resident. */
export const factName = z.enum([
  'age',
  'systolic',
  'diastolic',
  'fastingGlucose',
  'hba1c',
  'enrolled',
  'daysEnrolled',
  'daysToFollowUp',
  'unsatisfactoryRun',
  'lastVerdict',
  'risk',
])
export type FactName = z.output<typeof factName>

export const criterion = z.object({
  fact: factName,
  operator: z.enum(['=', '!=', '<', '<=', '>', '>=']),
  value: z.union([z.boolean(), z.number(), z.string().check(z.maxLength(40))]),
})
export type Criterion = z.output<typeof criterion>

export const pathwayStep = z.object({
  /** Stays the same from version to version, so that they can be compared. */
  code: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  phase,
  kind: stepKind,
  title: text(60),
  /** What is to be done, for whoever does it. */
  text: text(1000),
  /** All or one of these must hold; none: always. */
  criteria: z.array(criterion).check(z.maxLength(8)),
  when: z.enum(['all', 'any']),
  /** The code of its form; only where it is done by one. */
  form: z.nullable(text(40)),
  /** Due again so many days after it was done; null: once, or anew when what it rests on is newer. */
  repeatDays: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(1100))),
  urgent: z.boolean(),
  /** The code of the guideline it stands in; without one it awaits clinical confirmation and is off. */
  guideline: z.nullable(text(40)),
})
export type PathwayStep = z.output<typeof pathwayStep>
export type PathwaySteps = PathwayStep[]

export const guideline = z.object({
  code: z.string(),
  name: z.string(),
  /** Where the platform's own reference has it from: `S23`. */
  mark: z.string(),
  note: z.string(),
})
export type Guideline = z.output<typeof guideline>

const named = z.object({ id, name: z.string() })

export const pathwayLine = z.object({
  id,
  line: id,
  version: z.number(),
  programme: programmeCode,
  title: z.string(),
  status: pathwayStatus,
  institution: named,
  mine: z.boolean(),
  steps: z.number(),
  /** Steps that are off: no guideline names them. */
  off: z.number(),
  basedOn: z.nullable(z.object({ id, title: z.string(), version: z.number(), institution: z.string() })),
  changedAt: moment,
  /** Residents who are on this version now, at institutions the viewer may see: their own. */
  inUse: z.number(),
})
export type PathwayLine = z.output<typeof pathwayLine>

export const pathway = z.object({
  ...pathwayLine.shape,
  steps: z.array(pathwayStep),
  note: z.string(),
  author: z.nullable(z.string()),
  reviewer: z.nullable(z.string()),
  publishedOn: z.nullable(day),
  endedOn: z.nullable(day),
  endNote: z.nullable(z.string()),
  /** What was said when it was given back. */
  comment: z.nullable(z.string()),
  revision: z.number(),
  versions: z.array(z.object({ id, version: z.number(), status: pathwayStatus })),
  acts: z.array(openMove),
})
export type Pathway = z.output<typeof pathway>

/** One step on both sides, and what of it differs. */
export const stepDifference = z.object({
  code: z.string(),
  kind: z.enum(['added', 'removed', 'changed', 'same']),
  before: z.nullable(pathwayStep),
  after: z.nullable(pathwayStep),
  fields: z.array(z.string()),
})
export type StepDifference = z.output<typeof stepDifference>

export const difference = z.object({
  before: pathwayLine,
  after: pathwayLine,
  steps: z.array(stepDifference),
  moved: z.boolean(),
})

const written = {
  title: text(80),
  note: z._default(z.string().check(z.trim(), z.maxLength(1000)), ''),
  steps: z.array(pathwayStep).check(z.minLength(1), z.maxLength(40)),
}
const said = z._default(z.string().check(z.trim(), z.maxLength(500)), '')

const move = (verb: string, may: `careplan.${string}`, summary: string) =>
  ({
    method: 'POST',
    path: `/pathways/:id/${verb}` as const,
    may,
    summary,
    params: byId,
    returns: pathway,
  }) as const

export const pathwayApi = {
  listPathways: {
    method: 'GET',
    path: '/pathways',
    summary: 'The pathways of the alliance that are published, and my institution’s own in every state.',
    may: 'careplan.read',
    query: z.object({
      programme: z.optional(programmeCode),
      status: z.optional(pathwayStatus),
      mine: z.optional(z.stringbool()),
      ...paging,
    }),
    returns: page(pathwayLine),
  },
  listGuidelines: {
    method: 'GET',
    path: '/pathway-guidelines',
    summary: 'The guidelines that a step may name, each with where it is from.',
    may: 'careplan.read',
    returns: z.array(guideline),
  },
  listPathwayExamples: {
    method: 'GET',
    path: '/pathway-examples',
    summary: 'What a pathway can begin from: steps with the guideline each stands on, the rest still off.',
    may: 'careplan.pathway',
    returns: z.array(z.object({ ...written, note: z.string(), programme: programmeCode })),
  },
  readPathway: {
    method: 'GET',
    path: '/pathways/:id',
    summary: 'One version of a pathway with its steps, and what I may do with it.',
    may: 'careplan.read',
    params: byId,
    returns: pathway,
  },
  comparePathways: {
    method: 'GET',
    path: '/pathways/:id/difference',
    summary: 'What differs from what it was derived from, from its version before, or from another one.',
    may: 'careplan.read',
    params: byId,
    query: z.object({ from: z.optional(id) }),
    returns: difference,
  },
  draftPathway: {
    method: 'POST',
    path: '/pathways',
    summary: 'Begins a pathway of my institution: from nothing, or derived from a published one.',
    may: 'careplan.pathway',
    body: z.object({ ...written, programme: programmeCode, basedOn: z._default(z.nullable(id), null) }),
    returns: pathway,
  },
  derivePathway: {
    ...move(
      'derive',
      'careplan.pathway',
      'Begins a draft with the steps of this one: my own next version, or one derived from another’s.',
    ),
  },
  changePathway: {
    ...move('change', 'careplan.pathway', 'Changes a draft.'),
    body: z.object({ ...written, revision: z.number().check(z.int()) }),
  },
  sendPathwayToReview: move('send-to-review', 'careplan.pathway', 'Gives a draft to whoever reviews it.'),
  returnPathway: {
    ...move('return', 'careplan.review', 'Gives it back with what is to be mended.'),
    body: z.object({ comment: text(500) }),
  },
  reviewPathway: {
    ...move('review', 'careplan.review', 'Says that it is right; not by who wrote it.'),
    body: z.object({ comment: said }),
  },
  publishPathway: move(
    'publish',
    'careplan.review',
    'Makes it the version in force; the one before is replaced.',
  ),
  withdrawPathway: {
    ...move('withdraw', 'careplan.review', 'Takes it out of force with a reason.'),
    body: z.object({ reason: text(500) }),
  },
  discardPathway: move('discard', 'careplan.pathway', 'Throws a draft away.'),
} as const satisfies Api
