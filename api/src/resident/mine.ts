import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'
import { basis, openedResident, residentCard } from './person.ts'
import { reviewing } from './review.ts'

export const objectionState = z.enum(['open', 'answered'])
export type ObjectionState = z.output<typeof objectionState>

/** One opening of my record, as I may read it. */
export const opening = z.object({
  id,
  residentId: id,
  at: moment,
  institution: z.nullable(z.string()),
  /** The practitioner, or the account's or client's name where no practitioner stands behind it; null: the platform itself. */
  who: z.nullable(z.string()),
  basis: z.string(),
  thing: z.string(),
  purpose: z.nullable(z.string()),
  objection: z.nullable(objectionState),
  answer: z.nullable(z.string()),
})
export type Opening = z.output<typeof opening>

/** Which institution may open my record, on which basis, until when. */
export const heldGrant = z.object({
  residentId: id,
  institution: z.string(),
  basis,
  depth: z.enum(['summary', 'full']),
  since: moment,
  until: z.nullable(moment),
  suspended: z.boolean(),
})
export type HeldGrant = z.output<typeof heldGrant>

/** A resident's "this opening was not right", until the institution has answered. */
export const objection = z.object({
  id,
  resident: residentCard,
  at: moment,
  reason: z.string(),
  openedAt: moment,
  who: z.nullable(z.string()),
  basis: z.string(),
  thing: z.string(),
  state: objectionState,
  answer: z.nullable(z.string()),
})
export type Objection = z.output<typeof objection>

/** What I show at the desk instead of a card: whose it is, only the index knows, and only for minutes. */
export const shownCode = z.object({ code: z.string(), svg: z.string(), until: moment })
export type ShownCode = z.output<typeof shownCode>

/** The mark of such a code and its ten signs, among which nobody takes one for another. */
export const isShownCode = (text: string): boolean => /^TM[2-9A-HJ-NP-Z]{10}$/i.test(text)

const own = ['resident'] as const

export const mineApi = {
  readMe: {
    method: 'GET',
    path: '/me',
    summary: 'My own card and those of the people I stand for.',
    may: 'signed-in',
    for: own,
    returns: z.array(openedResident),
  },
  showCode: {
    method: 'POST',
    path: '/me/code',
    summary:
      'A code for my phone, or for somebody I stand for, by which the desk finds the record; the last one holds.',
    may: 'signed-in',
    for: own,
    body: z.object({ residentId: id }),
    returns: shownCode,
  },
  listOpenings: {
    method: 'GET',
    path: '/me/access',
    summary: 'Who opened my record, newest first.',
    may: 'signed-in',
    for: own,
    query: z.object(paging),
    returns: page(opening),
  },
  listOpeningsOf: {
    method: 'GET',
    path: '/residents/:id/openings',
    summary: 'Who of my institution opened a resident’s record, when, on which basis; newest first.',
    may: 'office.head',
    params: byId,
    query: z.object(paging),
    returns: page(opening),
  },
  listMyGrants: {
    method: 'GET',
    path: '/me/grants',
    summary: 'Who may open my record, and why.',
    may: 'signed-in',
    for: own,
    returns: z.array(heldGrant),
  },
  object: {
    method: 'POST',
    path: '/me/access/:id/object',
    summary: 'I object to an opening; the institution must answer.',
    may: 'signed-in',
    for: own,
    params: byId,
    body: z.object({ reason: text(500) }),
    returns: z.object({ id }),
  },
  listObjections: {
    method: 'GET',
    path: '/objections',
    summary: 'What residents object to at my institution, open ones first.',
    may: 'office.head',
    /** Searched by reason, answer, whoever opened the record and masked name. */
    query: z.object({ state: z.optional(objectionState), ...reviewing }),
    returns: page(objection),
  },
  answerObjection: {
    method: 'POST',
    path: '/objections/:id/answer',
    summary: 'Answers a resident’s objection; they can read the answer.',
    may: 'office.head',
    params: byId,
    body: z.object({ answer: text(1000) }),
    returns: z.object({ id }),
  },
} as const satisfies Api
