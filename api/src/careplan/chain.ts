import * as z from 'zod/mini'
import { type Api, day, id, page, paging } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { programmeCode } from './programme.ts'

/** From screening to rehabilitation, in this order. */
export const chainStages = [
  'screened',
  'confirmed',
  'enrolled',
  'treated',
  'controlled',
  'referred',
  'rehabilitation',
] as const
export const chainStage = z.enum(chainStages)
export type ChainStage = (typeof chainStages)[number]

/** Of how many a stage's fact is known, and how many stand there now: each person stands at one stage. */
export const stageCount = z.object({ stage: chainStage, reached: z.number(), standing: z.number() })

export const chainCounts = z.object({
  programme: programmeCode,
  stages: z.array(stageCount),
  institutions: z.array(
    z.object({
      id: z.nullable(id),
      name: z.string(),
      people: z.number(),
      standing: z.record(z.string(), z.number()),
    }),
  ),
  /** Diagnosis codes that confirm the disease begin with one of these (ICD-10). */
  codes: z.array(z.string()),
})
export type ChainCounts = z.output<typeof chainCounts>

/** Somebody on the chain; without card and days where the viewer sees the region de-identified. */
export const chainPerson = z.object({
  resident: z.nullable(residentCard),
  ageBand: z.nullable(z.string()),
  sex: z.nullable(z.string()),
  institution: z.nullable(z.string()),
  stage: chainStage,
  screenedOn: z.nullable(z.string()),
  confirmedOn: z.nullable(z.string()),
  enrolledOn: z.nullable(z.string()),
  treatedOn: z.nullable(z.string()),
  controlled: z.nullable(z.boolean()),
  referredOn: z.nullable(z.string()),
  returnedOn: z.nullable(z.string()),
})
export type ChainPerson = z.output<typeof chainPerson>

const asked = {
  programme: programmeCode,
  /** `mine`: whom my institution cares for; `alliance`: me and my partners; the commission sees the region. */
  scope: z._default(z.enum(['mine', 'alliance']), 'mine'),
}

export const chainApi = {
  countChain: {
    method: 'GET',
    path: '/care-chain/counts',
    summary: 'For one disease, how many have come how far from screening to rehabilitation, and where.',
    may: 'careplan.chain',
    query: z.object(asked),
    returns: chainCounts,
  },
  listChain: {
    method: 'GET',
    path: '/care-chain/people',
    summary: 'Who they are, as far as the viewer may see them; `hidden` says how many more there are.',
    may: 'careplan.chain',
    query: z.object({
      ...asked,
      /** Whose fact is known. */
      reached: z.optional(chainStage),
      /** Who stands there now. */
      standing: z.optional(chainStage),
      institutionId: z.optional(id),
      since: z.optional(day),
      ...paging,
    }),
    returns: z.extend(page(chainPerson), { hidden: z.number() }),
  },
} as const satisfies Api
