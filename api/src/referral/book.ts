import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { type ReferralStatus, referralDirection, referralStatus, statuses, urgency } from './flow.ts'
import { workList, workListCount } from './list.ts'
import { holder, referral, referralBrief, referralForm, referralLine, returnNote } from './shape.ts'

/** What is fixed when a referral is begun, and what may change while it is a draft. */
export const draft = z.object({
  direction: referralDirection,
  urgency: z._default(urgency, 'routine'),
  /** Entered after the patient had already been sent; the receiver confirms before the form counts. */
  retroEntry: z._default(z.boolean(), false),
  /** Who sent the patient, where the receiver writes it after they have come; the sender confirms. */
  sender: z._default(
    z.nullable(z.object({ institutionId: id, practitionerId: z._default(z.nullable(id), null) })),
    null,
  ),
  fromDepartmentId: z._default(z.nullable(id), null),
  toInstitutionId: id,
  toDepartmentId: z._default(z.nullable(id), null),
  /** The wanted doctor; on a down-referral the named family doctor. */
  toPractitionerId: z._default(z.nullable(id), null),
  wantedOn: z._default(z.nullable(day), null),
  form: referralForm,
  returnNote: z._default(z.nullable(returnNote), null),
})
export type Draft = z.output<typeof draft>

/** `submitted,accepted` in an address. */
const statusList = z.codec(
  z.string().check(z.maxLength(400)),
  z.array(referralStatus).check(z.maxLength(statuses.length)),
  {
    decode: (text) => text.split(',') as ReferralStatus[],
    encode: (list) => list.join(','),
  },
)

export const referralFilter = z.object({
  /** One or several states, with commas between. */
  status: z.optional(statusList),
  direction: z.optional(referralDirection),
  urgency: z.optional(urgency),
  overdue: z.optional(z.stringbool()),
  number: z.optional(text(32)),
  institutionId: z.optional(id),
  residentId: z.optional(id),
  /** The receiving department, or where it is arranged. */
  departmentId: z.optional(id),
  /** One of the work-lists. */
  list: z.optional(workList),
  from: z.optional(day),
  to: z.optional(day),
})
export type ReferralFilter = z.output<typeof referralFilter>

export const criterion = z.object({
  code: z.string(),
  direction: referralDirection,
  category: z.string(),
  text: z.string(),
  urgency: z.nullable(urgency),
  source: z.string(),
  /** False: 须经临床签字, proposed only. */
  signed: z.boolean(),
})
export type Criterion = z.output<typeof criterion>

/** One referral as the patient reads it: where it stands, where to go, what to bring. */
export const myReferral = z.object({
  id,
  number: z.string(),
  direction: referralDirection,
  status: referralStatus,
  residentId: id,
  from: z.string(),
  to: z.string(),
  toPhone: z.nullable(z.string()),
  department: z.nullable(z.string()),
  doctor: z.nullable(z.string()),
  at: z.nullable(moment),
  place: z.string(),
  instructions: z.string(),
  followUpOn: z.nullable(z.string()),
  sentAt: z.nullable(moment),
  answeredAt: z.nullable(moment),
  arrivedAt: z.nullable(moment),
  updatedAt: moment,
})
export type MyReferral = z.output<typeof myReferral>

/** What is under way for a resident; of what is not mine only that it is. */
export const liveReferral = z.object({
  id: z.nullable(id),
  number: z.nullable(z.string()),
  direction: referralDirection,
  urgency,
  status: z.nullable(referralStatus),
  specialty: z.nullable(z.string()),
  to: z.nullable(z.string()),
  department: z.nullable(z.string()),
  since: moment,
})
export type LiveReferral = z.output<typeof liveReferral>

export const boardColumn = z.object({
  direction: referralDirection,
  status: referralStatus,
  count: z.number(),
  overdue: z.number(),
})

export const referralBookApi = {
  write: {
    method: 'POST',
    path: '/referrals',
    summary: 'Begins a referral as a draft.',
    may: 'referral.write',
    body: z.extend(draft, {
      residentId: id,
      /** The referral under which it is begun: the patient goes on from there. */
      parentId: z._default(z.nullable(id), null),
    }),
    returns: referralBrief,
  },
  change: {
    method: 'POST',
    path: '/referrals/:id',
    summary: 'Changes a draft, or what a supplement was asked for; 409 where somebody else changed it first.',
    may: 'referral.write',
    params: byId,
    body: z.extend(draft, { version: z.number().check(z.int()) }),
    returns: referralBrief,
  },
  writeDown: {
    method: 'POST',
    path: '/referrals/:id/write-down',
    summary: 'Begins the down-referral that follows this one, filled in from its outcome.',
    may: 'referral.write',
    params: byId,
    returns: referralBrief,
  },
  read: {
    method: 'GET',
    path: '/referrals/:id',
    summary: 'The whole case: facts, story, messages, and what this viewer may do.',
    may: 'referral.read',
    params: byId,
    returns: referral,
  },
  list: {
    method: 'GET',
    path: '/referrals',
    summary: 'The referrals my institution sends or receives.',
    may: 'referral.read',
    query: z.object({
      ...referralFilter.shape,
      sort: z._default(z.enum(['due', 'newest', 'oldest', 'changed']), 'changed'),
      ...paging,
    }),
    returns: page(referralLine),
  },
  workLists: {
    method: 'GET',
    path: '/referrals/work-lists',
    summary: 'How many referrals stand on each work-list of my institution, and how many are overdue.',
    may: 'referral.read',
    returns: z.array(workListCount),
  },
  live: {
    method: 'GET',
    path: '/referrals/live',
    summary:
      'What is under way for a resident already, before another is begun; without names where it is not mine.',
    may: 'referral.write',
    query: z.object({ residentId: id }),
    returns: z.array(liveReferral),
  },
  hold: {
    method: 'POST',
    path: '/referrals/:id/hold',
    summary: 'Says that I work on it now; 409 while somebody else does, unless it is taken over.',
    may: 'referral.read',
    params: byId,
    body: z.object({ takeOver: z._default(z.boolean(), false) }),
    returns: holder,
  },
  release: {
    method: 'POST',
    path: '/referrals/:id/release',
    summary: 'Lets go of it.',
    may: 'referral.read',
    params: byId,
    returns: z.object({ released: z.boolean() }),
  },
  readOutcome: {
    method: 'POST',
    path: '/referrals/:id/outcome-read',
    summary: 'The referring side has read the outcome; it leaves their list.',
    may: 'referral.write',
    params: byId,
    returns: referralBrief,
  },
  board: {
    method: 'GET',
    path: '/referrals/board',
    summary:
      'How many open referrals stand in each state, and how many are overdue; with those that ended in the last days.',
    may: 'referral.read',
    query: z.object({ days: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(366)), 0) }),
    returns: z.array(boardColumn),
  },
  criteria: {
    method: 'GET',
    path: '/referrals/criteria',
    summary: 'The indications in force today, to choose from.',
    may: 'referral.read',
    returns: z.array(criterion),
  },
  form: {
    method: 'GET',
    path: '/referrals/:id/form.pdf',
    summary: 'The two-way referral form to print; 409 before there is an arrangement.',
    may: 'referral.read',
    params: byId,
    returns: { media: 'application/pdf' },
  },
  verify: {
    method: 'GET',
    path: '/referral-forms/verify',
    summary: 'Whether the printed form behind a QR code was issued here and says what was issued.',
    may: 'anyone',
    query: z.object({ n: text(32), at: text(32), to: text(100), h: text(64) }),
    returns: z.object({ genuine: z.boolean() }),
  },
  post: {
    method: 'POST',
    path: '/referrals/:id/messages',
    summary: 'Says something to the other party, in the thread of the case.',
    may: 'referral.read',
    params: byId,
    body: z.object({ text: text(2000) }),
    returns: z.object({ id, at: moment }),
  },
  nameOutside: {
    method: 'POST',
    path: '/outside-institutions',
    summary: 'Names an institution outside the network to refer to; of one name there is one.',
    may: 'referral.write',
    body: z.object({ name: text(100) }),
    returns: z.object({ id, name: z.string() }),
  },
  listMine: {
    method: 'GET',
    path: '/me/referrals',
    summary: 'My own referrals and those of the people I stand for, newest first.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object(paging),
    returns: page(myReferral),
  },
} as const satisfies Api
