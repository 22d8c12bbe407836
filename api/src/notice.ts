import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from './kernel.ts'
import { myNoticeApi } from './notice/mine.ts'
import { referralLine } from './referral/shape.ts'
import { residentCard } from './resident/person.ts'

/** The kinds of things of which inboxes and work-lists speak; the web has a page for each. */
export const noticeThings = [
  'advice',
  'agreement',
  'alert',
  'careplan',
  'contract',
  'contract-advice',
  'duty',
  'emergency',
  'follow-up',
  'green-channel',
  'home-bed',
  'licence',
  'mission',
  'objection',
  'proxy-request',
  'referral',
  'referral-review',
  'resident-link',
  'self-answer',
  'shortage',
  'test-order',
  'waiting',
] as const
export type NoticeThing = (typeof noticeThings)[number]

/** One line in a person's inbox: what happened to which thing; the words for `code` stand in the web. */
export const notice = z.object({
  id,
  at: moment,
  /** The event that was its reason: `referral.accepted`, `case.escalated`. */
  code: z.string(),
  /** `referral:<id>`. */
  thing: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** Of the thing, where the reader is a party of it. */
  referral: z.nullable(referralLine),
  readAt: z.nullable(moment),
})
export type Notice = z.output<typeof notice>

/** `mine`: my duties, mine or nobody's in particular; `office`: my duties, whoever's; `all`: the institution's. */
export const workScope = z.enum(['mine', 'office', 'all'])
export type WorkScope = z.output<typeof workScope>

/** One thing that somebody here owes, until when. */
export const work = z.object({
  thing: z.string(),
  kind: z.string(),
  step: z.string(),
  resident: z.nullable(residentCard),
  /** What it is about where that is no resident: the title of an agreement or a duty, a person, a medicine. */
  about: z.nullable(z.string()),
  /** The permission whose holders may do it. */
  duty: z.string(),
  /** Whose own it is, where it is somebody's. */
  practitioner: z.nullable(z.object({ id, name: z.string() })),
  mine: z.boolean(),
  since: moment,
  due: moment,
  /** How many levels the passed deadline has gone up. */
  escalated: z.number(),
  /** The one next act. */
  next: z.nullable(z.string()),
  referral: z.nullable(referralLine),
})
export type Work = z.output<typeof work>

export const workCount = z.object({
  kind: z.string(),
  step: z.string(),
  count: z.number(),
  overdue: z.number(),
  escalated: z.number(),
})
export type WorkCount = z.output<typeof workCount>

const filters = {
  scope: z._default(workScope, 'mine'),
  overdue: z.optional(z.stringbool()),
  escalated: z.optional(z.stringbool()),
}
const persons = ['staff'] as const
const done = z.object({ read: z.number() })

export const noticeApi = {
  ...myNoticeApi,
  listWork: {
    method: 'GET',
    path: '/work-list',
    summary: 'What waits for me, the most urgent first.',
    may: 'notice.read',
    query: z.object({ ...filters, step: z.optional(z.string().check(z.maxLength(64))), ...paging }),
    returns: page(work),
  },
  countWork: {
    method: 'GET',
    path: '/work-list/counts',
    summary: 'How much waits at each step, how much of it is overdue or has gone up.',
    may: 'notice.read',
    query: z.object({ scope: filters.scope }),
    returns: z.array(workCount),
  },
  listNotices: {
    method: 'GET',
    path: '/notices',
    summary: 'My inbox, newest first.',
    may: 'notice.read',
    for: persons,
    query: z.object({ unread: z._default(z.stringbool(), false), ...paging }),
    returns: page(notice),
  },
  countUnread: {
    method: 'GET',
    path: '/notices/unread',
    summary: 'How many lines of my inbox I have not read.',
    may: 'notice.read',
    for: persons,
    returns: z.object({ unread: z.number() }),
  },
  markRead: {
    method: 'POST',
    path: '/notices/:id/read',
    summary: 'I have read this one.',
    may: 'notice.read',
    for: persons,
    params: byId,
    returns: done,
  },
  markAllRead: {
    method: 'POST',
    path: '/notices/read',
    summary: 'I have read all of them.',
    may: 'notice.read',
    for: persons,
    returns: done,
  },
} as const satisfies Api
