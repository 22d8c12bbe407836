import * as z from 'zod/mini'
import { type Api, byId, id, moment, text } from '../kernel.ts'
import { specialty } from '../network/institution.ts'
import { referralDirection, urgency } from './flow.ts'

/** What is needed: a seat in a clinic, a bed, an examination. */
export const placeWanted = z.enum(['clinic', 'bed', 'examination'])
export type PlaceWanted = z.output<typeof placeWanted>

/** The need that destinations are ranked for. */
export const routingNeed = z.object({
  residentId: id,
  specialty,
  techniqueId: z._default(z.nullable(id), null),
  urgency: z._default(urgency, 'routine'),
  direction: z._default(referralDirection, 'up'),
  place: z._default(placeWanted, 'clinic'),
  /** ICD-10, for what it would cost. */
  diagnosis: z.optional(z.string().check(z.trim(), z.maxLength(16))),
})
export type RoutingNeed = z.output<typeof routingNeed>

/** What speaks for or against a destination, each from 0 to 1, and how much of the whole it makes. */
export const routingPart = z.object({
  code: z.enum(['travel', 'wait', 'cost', 'contract', 'load', 'freshness']),
  /** 0 to 1; null where nothing is known, which counts as a half. */
  value: z.nullable(z.number()),
  weight: z.number(),
})
export type RoutingPart = z.output<typeof routingPart>

export const exclusion = z.enum([
  'own-institution',
  'closed',
  'not-signed-off',
  'no-licensed-doctor',
  'no-agreement',
  'no-way',
  'not-primary',
])
export type Exclusion = z.output<typeof exclusion>

const place = {
  institutionId: id,
  institution: z.string(),
  tier: z.nullable(z.string()),
  departmentId: id,
  department: z.string(),
}

export const destination = z.object({
  ...place,
  /** 0 to 100. */
  score: z.number(),
  minutes: z.nullable(z.number()),
  /** The next free time; null where there is none or the place is a bed. */
  nextAt: z.nullable(moment),
  free: z.number(),
  /** When somebody last said how many beds are free; slots are always exact. */
  confirmedAt: z.nullable(moment),
  ownFen: z.nullable(z.number()),
  /** The expected bill; null where nobody knows. */
  totalFen: z.nullable(z.number()),
  /** What was missing to reckon it, by code. */
  costUnknown: z.array(z.string()),
  contracted: z.boolean(),
  doctors: z.number(),
  openReferrals: z.number(),
  parts: z.array(routingPart),
})
export type Destination = z.output<typeof destination>

export const excluded = z.object({ ...place, why: z.array(exclusion) })
export const ranking = z.object({
  offered: z.array(destination),
  excluded: z.array(excluded),
  /** How many were ranked and excluded in all; at most 10 and 20 are shown. */
  offeredOf: z.number(),
  excludedOf: z.number(),
  weightId: z.nullable(id),
})
export type Ranking = z.output<typeof ranking>

const share = z.number().check(z.int(), z.minimum(0), z.maximum(100))
const weightShape = {
  travel: share,
  wait: share,
  cost: share,
  contract: share,
  load: share,
  freshness: share,
}
export const weights = z.object(weightShape)
export type Weights = z.output<typeof weights>
export const weightVersion = z.object({
  ...weightShape,
  id: z.nullable(id),
  since: z.nullable(moment),
  note: z.string(),
})

export const routingChoice = z.object({
  id,
  at: moment,
  by: z.string(),
  specialty,
  techniqueId: z.nullable(id),
  /** The best that was advised. */
  first: z.nullable(z.object({ institution: z.string(), department: z.string(), score: z.number() })),
  /** Where the choice stood among what was advised; null where it was not among it. */
  rank: z.nullable(z.number()),
  why: z.array(exclusion),
  reason: z.nullable(z.string()),
})
export type RoutingChoice = z.output<typeof routingChoice>

export const routingApi = {
  rankDestinations: {
    method: 'GET',
    path: '/referral-destinations',
    summary: 'Ranks the possible destinations of a referral, with reasons, and says why others are left out.',
    may: 'referral.write',
    query: routingNeed,
    returns: ranking,
  },
  recordRouting: {
    method: 'POST',
    path: '/referrals/:id/routing',
    summary:
      'Keeps what was advised for this referral and that another was chosen, with the reason where given.',
    may: 'referral.write',
    params: byId,
    body: z.object({
      specialty,
      techniqueId: z._default(z.nullable(id), null),
      place: z._default(placeWanted, 'clinic'),
      reason: z._default(z.nullable(text(500)), null),
    }),
    returns: routingChoice,
  },
  readRouting: {
    method: 'GET',
    path: '/referrals/:id/routing',
    summary: 'What was advised when the destination was chosen, the newest first.',
    may: 'referral.read',
    params: byId,
    returns: z.array(routingChoice),
  },
  readWeights: {
    method: 'GET',
    path: '/routing-weights',
    summary: 'How my institution weighs destinations: the present version and those before.',
    may: 'referral.read',
    returns: z.object({ now: weightVersion, before: z.array(weightVersion) }),
  },
  setWeights: {
    method: 'POST',
    path: '/routing-weights',
    summary: 'Weighs destinations anew from now on; the versions before stay readable.',
    may: 'referral.rule',
    body: z.object({ ...weightShape, note: text(300) }),
    returns: weightVersion,
  },
} as const satisfies Api
