import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging } from '../kernel.ts'

/** What a resident is told of; the web has words for each and knows the page it leads to. */
export const mineCodes = [
  'referral.submitted',
  'referral.accepted',
  'referral.rejected',
  'referral.arranged',
  'referral.redirected',
  'referral.slot-found',
  'referral.cancelled',
  'referral.expired',
  'referral.down-planned',
  'referral.taken-over',
  'contract.accepted',
  'contract.application-ended',
  'contract.renewal-signed',
  'contract.expiring',
  'contract.ended',
  'contract.service-delivered',
  'contract.advice-answered',
  'contract.visit-planned',
  'contract.visit-cancelled',
  'contract.bed-proposed',
  'contract.bed-opened',
  'contract.bed-closed',
  'careplan.enrolled',
  'careplan.follow-ups-planned',
  'careplan.alert-answered',
  'careplan.device-lent',
  'careplan.device-taken-back',
  'careplan.device-ended',
  'capacity.filled-from-waiting',
  'resident.proxy-given',
  'resident.proxy-ended',
  'resident.emergency-opened',
  'resident.objection-answered',
  'resident.consented',
  'resident.consent-withdrawn',
] as const
export type MineCode = (typeof mineCodes)[number]

/** One line in a resident's inbox. */
export const myNotice = z.object({
  id,
  /** Whom it is about: the reader, or somebody they stand for. */
  residentId: id,
  at: moment,
  code: z.string(),
  /** `referral:<id>`. */
  thing: z.string(),
  data: z.record(z.string(), z.unknown()),
  readAt: z.nullable(moment),
})
export type MyNotice = z.output<typeof myNotice>

const resident = { may: 'signed-in', for: ['resident'] } as const
const done = z.object({ read: z.number() })

export const myNoticeApi = {
  listMyNotices: {
    ...{ method: 'GET', path: '/me/notices', ...resident },
    summary: 'What I, and those I stand for, were told, newest first.',
    query: z.object({ unread: z._default(z.stringbool(), false), ...paging }),
    returns: page(myNotice),
  },
  countMyUnread: {
    ...{ method: 'GET', path: '/me/notices/unread', ...resident },
    summary: 'How many of them nobody has read.',
    returns: z.object({ unread: z.number() }),
  },
  markMyRead: {
    ...{ method: 'POST', path: '/me/notices/:id/read', ...resident },
    summary: 'I have read this one.',
    params: byId,
    returns: done,
  },
  markAllMyRead: {
    ...{ method: 'POST', path: '/me/notices/read', ...resident },
    summary: 'I have read all of them.',
    returns: done,
  },
} as const satisfies Api
