import * as z from 'zod/mini'
import { type Api, day, id, moment, text } from '../kernel.ts'
import { answers } from './form.ts'
import { guideline, pathwayStep } from './pathway.ts'
import { programmeCode } from './programme.ts'

/** Why a step was not done. */
export const skipReason = z.enum([
  'refused',
  'notApplicable',
  'doneElsewhere',
  'notPossibleHere',
  'judgement',
  'other',
])
export type SkipReason = z.output<typeof skipReason>

/** A criterion with what is known of it: null where nothing is. */
export const weighed = z.object({
  fact: z.string(),
  operator: z.string(),
  wanted: z.union([z.boolean(), z.number(), z.string()]),
  value: z.nullable(z.union([z.boolean(), z.number(), z.string()])),
  on: z.nullable(day),
  holds: z.nullable(z.boolean()),
})
export type Weighed = z.output<typeof weighed>

export const stepRecord = z.object({
  id,
  step: z.string(),
  outcome: z.enum(['done', 'skipped']),
  at: moment,
  by: z.nullable(z.string()),
  reason: z.nullable(skipReason),
  note: z.string(),
  form: z.nullable(z.string()),
  answers: z.nullable(answers),
})
export type StepRecord = z.output<typeof stepRecord>

/** Where a step stands for one resident: what to do now, what waits, what lacks a fact, what is behind, what is off. */
export const stepStanding = z.object({
  step: pathwayStep,
  state: z.enum(['now', 'later', 'unknown', 'done', 'skipped', 'off']),
  guideline: z.nullable(guideline),
  because: z.array(weighed),
  last: z.nullable(stepRecord),
  /** When it is due again. */
  againOn: z.nullable(day),
})
export type StepStanding = z.output<typeof stepStanding>

export const followedPathway = z.object({
  id,
  pathwayId: id,
  title: z.string(),
  version: z.number(),
  owner: z.string(),
  programme: programmeCode,
  mine: z.boolean(),
  startedOn: day,
  endedOn: z.nullable(day),
  /** The version now in force, where it is another one. */
  newer: z.nullable(z.object({ id, version: z.number() })),
  withdrawn: z.boolean(),
  /** The code of the step that is proposed. */
  next: z.nullable(z.string()),
  steps: z.array(stepStanding),
  records: z.array(stepRecord),
})
export type FollowedPathway = z.output<typeof followedPathway>

export const residentPathways = z.object({
  followed: z.array(followedPathway),
  /** Pathways in force that this resident could be put on, the own institution’s first. */
  offered: z.array(
    z.object({ id, title: z.string(), version: z.number(), owner: z.string(), programme: programmeCode }),
  ),
})

const byResident = z.object({ id })
const byStep = z.object({ id, code: text(40) })

export const followingPathwayApi = {
  readResidentPathways: {
    method: 'GET',
    path: '/residents/:id/pathways',
    summary:
      'The pathways a resident is on, with the step that is proposed next and why, and those on offer.',
    may: 'careplan.read',
    params: byResident,
    returns: residentPathways,
  },
  startPathway: {
    method: 'POST',
    path: '/residents/:id/pathways',
    summary: 'Puts a resident on a pathway in force.',
    may: 'careplan.follow',
    params: byResident,
    body: z.object({ pathwayId: id }),
    returns: residentPathways,
  },
  doStep: {
    method: 'POST',
    path: '/followed-pathways/:id/steps/:code/do',
    summary: 'Records that a step was done, with the answers to its form.',
    may: 'careplan.follow',
    params: byStep,
    body: z.object({
      at: moment,
      formVersion: z._default(z.nullable(z.number().check(z.int())), null),
      answers: z._default(answers, {}),
      note: z._default(z.string().check(z.trim(), z.maxLength(2000)), ''),
    }),
    returns: residentPathways,
  },
  skipStep: {
    method: 'POST',
    path: '/followed-pathways/:id/steps/:code/skip',
    summary: 'Records why a proposed step was not done.',
    may: 'careplan.follow',
    params: byStep,
    body: z.object({ reason: skipReason, note: text(500) }),
    returns: residentPathways,
  },
  renewPathway: {
    method: 'POST',
    path: '/followed-pathways/:id/renew',
    summary: 'Goes on by the version that is now in force; what was recorded stays.',
    may: 'careplan.follow',
    params: byResident,
    returns: residentPathways,
  },
  endPathway: {
    method: 'POST',
    path: '/followed-pathways/:id/end',
    summary: 'Takes a resident off a pathway, with a reason.',
    may: 'careplan.follow',
    params: byResident,
    body: z.object({ reason: text(500) }),
    returns: residentPathways,
  },
} as const satisfies Api
