import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, text } from '../kernel.ts'
import { sex } from '../workforce/practitioner.ts'
import { residentCard } from './person.ts'
import { reviewing } from './review.ts'

/** Whether two residents are one person: proposed · linked · separate (a person said no) · undone (a link taken back). */
export const linkState = z.enum(['proposed', 'linked', 'separate', 'undone'])
export type LinkState = z.output<typeof linkState>

/** What one field says for (positive) or against the two being one, in bits: each bit doubles the odds. */
export const fieldWeight = z.object({ field: z.string(), level: z.string(), bits: z.number() })
export type FieldWeight = z.output<typeof fieldWeight>

/**
 * Why it was left to people although the sum would do; `apart`: it would join two who were said to be two persons;
 * `other-number`: it would make one person of two identity numbers.
 */
export const heldBack = z.enum(['other-name', 'no-identity', 'apart', 'other-number'])
export type HeldBack = z.output<typeof heldBack>

export const linkLine = z.object({
  id,
  state: linkState,
  one: residentCard,
  other: residentCard,
  /** Null where a person proposed it. */
  probability: z.nullable(z.number()),
  byMatcher: z.boolean(),
  held: z.nullable(heldBack),
  weights: z.array(fieldWeight),
  at: moment,
  note: z.string(),
})
export type LinkLine = z.output<typeof linkLine>

/** One side of the comparison: the name in full, everything else masked. */
export const linkSide = z.object({
  id,
  name: z.string(),
  sex,
  birthDate: z.nullable(day),
  idMasked: z.nullable(z.string()),
  phoneMasked: z.nullable(z.string()),
  addressMasked: z.nullable(z.string()),
  registeredAt: moment,
  institution: z.nullable(z.string()),
})
export type LinkSide = z.output<typeof linkSide>

export const linkStep = z.object({
  at: moment,
  state: linkState,
  who: z.nullable(z.string()),
  institution: z.nullable(z.string()),
  note: z.string(),
})
export type LinkStep = z.output<typeof linkStep>

export const comparedLink = z.object({
  id,
  state: linkState,
  byMatcher: z.boolean(),
  probability: z.nullable(z.number()),
  held: z.nullable(heldBack),
  weights: z.array(fieldWeight),
  note: z.string(),
  /** Whose record stays the leading one, where the two were merged. */
  survivorId: z.nullable(id),
  sides: z.array(linkSide),
  steps: z.array(linkStep),
})
export type ComparedLink = z.output<typeof comparedLink>

const why = text(500).check(z.minLength(2))

export const linkApi = {
  listLinks: {
    method: 'GET',
    path: '/resident-links',
    summary: 'Pairs of residents who may be one person, those to decide first.',
    may: 'resident.link',
    /** Searched by the masked name of either. */
    query: z.object({ state: z.optional(linkState), ...reviewing }),
    returns: page(linkLine),
  },
  readLink: {
    method: 'GET',
    path: '/resident-links/:id',
    summary: 'Both sides, what speaks for and against, and what was decided; both openings are logged.',
    may: 'resident.link',
    params: byId,
    returns: comparedLink,
  },
  decideLink: {
    method: 'POST',
    path: '/resident-links/:id/decide',
    summary:
      'Says whether the two are one person; with a survivor they are merged, and nothing is copied or lost.',
    may: 'resident.link',
    params: byId,
    body: z.object({ same: z.boolean(), survivorId: z.nullable(id), note: why }),
    returns: comparedLink,
  },
  undoLink: {
    method: 'POST',
    path: '/resident-links/:id/undo',
    summary: 'Takes a link back; it stays so when the same evidence comes again.',
    may: 'resident.link',
    params: byId,
    body: z.object({ note: why }),
    returns: comparedLink,
  },
  listLinksOf: {
    method: 'GET',
    path: '/residents/:id/links',
    summary: 'All links of one resident, those in force first, with what was decided of them.',
    may: 'resident.read',
    params: byId,
    returns: z.array(z.object({ link: linkLine, steps: z.array(linkStep) })),
  },
} as const satisfies Api
