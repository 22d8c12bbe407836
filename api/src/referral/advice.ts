import * as z from 'zod/mini'
import { type Api, byId, type Flow, id, moment, openMove, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { message, referralBrief } from './shape.ts'

export const adviceStatuses = ['asked', 'answered', 'closed', 'referred', 'withdrawn'] as const
export const adviceStatus = z.enum(adviceStatuses)
export type AdviceStatus = (typeof adviceStatuses)[number]

/** `advice` before, or instead of, a referral; `rehabilitation` to the treating physician after the way back. */
export const adviceKind = z.enum(['advice', 'rehabilitation'])
export type AdviceKind = z.output<typeof adviceKind>

export const adviceMoves = ['answer', 'askAgain', 'close', 'refer', 'withdraw'] as const
export type AdviceMove = (typeof adviceMoves)[number]

/** The life of a question: it is somebody's until the one who asked closes it, or makes a referral of it. */
export const adviceFlow = {
  asked: { answer: 'answered', withdraw: 'withdrawn' },
  answered: { askAgain: 'asked', close: 'closed', refer: 'referred' },
  closed: {},
  referred: {},
  withdrawn: {},
} as const satisfies Flow<AdviceStatus>

const institution = z.object({ id, shortName: z.string() })

/** One line of the list. */
export const adviceLine = z.object({
  id,
  kind: adviceKind,
  status: adviceStatus,
  resident: residentCard,
  from: institution,
  to: institution,
  department: z.nullable(z.string()),
  practitioner: z.nullable(z.string()),
  question: z.string(),
  askedAt: moment,
  /** Since when it stands where it stands. */
  since: moment,
  due: z.nullable(moment),
  /** The down-referral in whose course it was asked, or the referral it has become. */
  referralId: z.nullable(id),
})
export type AdviceLine = z.output<typeof adviceLine>

export const advice = z.extend(adviceLine, {
  askedBy: z.nullable(z.string()),
  moves: z.array(openMove),
  messages: z.array(message),
})
export type Advice = z.output<typeof advice>

export const adviceBrief = z.object({ id, status: adviceStatus, due: z.nullable(moment) })
const said = z.object({ text: text(4000) })

const move = (verb: string, may: `referral.${string}`, summary: string) =>
  ({
    method: 'POST',
    path: `/advice/:id/${verb}` as const,
    may,
    summary,
    params: byId,
    returns: adviceBrief,
  }) as const

/** Asking a specialist or department instead of sending the patient; the question has an owner and a deadline. */
export const adviceApi = {
  askAdvice: {
    method: 'POST',
    path: '/advice',
    summary: 'Asks a department, or one doctor of it, about a resident.',
    may: 'referral.write',
    body: z.object({
      residentId: id,
      toInstitutionId: id,
      toDepartmentId: z._default(z.nullable(id), null),
      toPractitionerId: z._default(z.nullable(id), null),
      text: text(4000),
    }),
    returns: adviceBrief,
  },
  askTreating: {
    method: 'POST',
    path: '/referrals/:id/questions',
    summary: 'During rehabilitation: asks the physician who has treated the patient what comes next.',
    may: 'referral.read',
    params: byId,
    body: said,
    returns: adviceBrief,
  },
  listAdvice: {
    method: 'GET',
    path: '/advice',
    summary: 'The questions my institution asked or was asked, those that wait longest first.',
    may: 'referral.read',
    query: z.object({
      side: z.optional(z.enum(['asked', 'received'])),
      open: z.optional(z.stringbool()),
      kind: z.optional(adviceKind),
      referralId: z.optional(id),
      residentId: z.optional(id),
      ...paging,
    }),
    returns: page(adviceLine),
  },
  readAdvice: {
    method: 'GET',
    path: '/advice/:id',
    summary: 'A question with its whole thread, and what this viewer may do.',
    may: 'referral.read',
    params: byId,
    returns: advice,
  },
  answerAdvice: {
    ...move('answer', 'referral.treat', 'A licensed physician of the asked side answers.'),
    body: said,
  },
  askAdviceAgain: {
    ...move('ask-again', 'referral.read', 'The one who asked goes on asking; the deadline begins anew.'),
    body: said,
  },
  closeAdvice: move('close', 'referral.read', 'The one who asked has what they need.'),
  withdrawAdvice: move('withdraw', 'referral.read', 'The question is taken back before it was answered.'),
  referAdvice: {
    method: 'POST',
    path: '/advice/:id/refer',
    summary: 'Makes a referral of it, as a draft that keeps the thread.',
    may: 'referral.write',
    params: byId,
    returns: referralBrief,
  },
} as const satisfies Api
