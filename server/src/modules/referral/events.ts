import { adviceKind, adviceStatus } from '@tongmai/api/referral/advice'
import { begunBy, moves, referralDirection, referralStatus, urgency } from '@tongmai/api/referral/flow'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

/** What every event of a referral says: who the parties are, what was done, where it stands now. */
export const moved = z.object({
  id: z.string(),
  number: z.string(),
  direction: referralDirection,
  urgency,
  move: z.union([z.enum(moves), z.enum(['write', 'change', 'post', 'hold', 'readOutcome', 'slotFound'])]),
  from: z.nullable(referralStatus),
  to: referralStatus,
  authorId: z.string(),
  /** On whose side the author is. */
  begunBy: z._default(begunBy, 'sender'),
  fromInstitutionId: z.string(),
  fromPractitionerId: z.nullable(z.string()),
  toInstitutionId: z.string(),
  /** The wanted, arranged or treating doctor; on a down-referral the named family doctor. */
  toPractitionerId: z.nullable(z.string()),
  due: z.nullable(z.string()),
})
export type Moved = z.output<typeof moved>

export const referralEvents = {
  'referral.written': moved,
  'referral.changed': moved,
  'referral.sent-to-review': moved,
  'referral.approved': moved,
  'referral.returned': moved,
  'referral.submitted': moved,
  'referral.supplement-asked': moved,
  'referral.supplemented': moved,
  'referral.accepted': moved,
  'referral.rejected': moved,
  'referral.withdrawn': moved,
  'referral.declined': moved,
  'referral.departed': moved,
  'referral.arranged': moved,
  'referral.confirmed': moved,
  'referral.not-shown': moved,
  'referral.arrived': moved,
  'referral.taken-into-care': moved,
  'referral.admitted': moved,
  'referral.treated': moved,
  'referral.down-planned': moved,
  'referral.assigned': moved,
  'referral.taken-over': moved,
  'referral.followed-up': moved,
  'referral.closed': moved,
  'referral.cancelled': moved,
  'referral.expired': moved,
  'referral.reopened': moved,
  'referral.posted': moved,
  'referral.redirected': moved,
  'referral.slot-awaited': moved,
  'referral.slot-found': moved,
  'referral.settled': moved,
  'referral.held': moved,
  'referral.outcome-read': moved,
  'referral.entered': moved,
  'referral.disputed': moved,
} as const
/** What an event of a question says: between whom, and where it stands now. */
const adviceMoved = z.object({
  id: z.string(),
  kind: adviceKind,
  to: adviceStatus,
  fromInstitutionId: z.string(),
  fromPractitionerId: z.nullable(z.string()),
  toInstitutionId: z.string(),
  toPractitionerId: z.nullable(z.string()),
})
export const adviceEvents = {
  'referral.advice-asked': adviceMoved,
  'referral.advice-answered': adviceMoved,
  'referral.advice-closed': adviceMoved,
} as const
export const tellAdvice = teller(adviceEvents)

/** A destination was advised and chosen; an institution weighs destinations anew. */
export const routingEvents = {
  'referral.routed': z.object({ id: z.uuid(), rank: z.nullable(z.number()) }),
  'referral.weights-set': z.object({ weightId: z.uuid() }),
} as const
export const tellRouting = teller(routingEvents)

const green = z.object({
  id: z.uuid(),
  referralId: z.uuid(),
  kind: z.string(),
  fromInstitutionId: z.uuid(),
  toInstitutionId: z.uuid(),
  openedBy: z.nullable(z.string()),
})
export type GreenMoved = z.output<typeof green>
/** A green channel: the warning, its acknowledgement, the time of a link, its end. */
export const greenEvents = {
  'referral.green-channel-opened': green,
  'referral.green-channel-acknowledged': green,
  'referral.green-channel-stamped': green,
  'referral.green-channel-held': green,
  'referral.green-channel-closed': green,
} as const
export const tellGreen = teller(greenEvents)

export type ReferralEvent = keyof typeof referralEvents

/** Which event a move announces. */
export const eventOf = {
  write: 'referral.written',
  change: 'referral.changed',
  post: 'referral.posted',
  sendToReview: 'referral.sent-to-review',
  approve: 'referral.approved',
  returnToDraft: 'referral.returned',
  submit: 'referral.submitted',
  askSupplement: 'referral.supplement-asked',
  supplement: 'referral.supplemented',
  accept: 'referral.accepted',
  reject: 'referral.rejected',
  withdraw: 'referral.withdrawn',
  decline: 'referral.declined',
  depart: 'referral.departed',
  arrange: 'referral.arranged',
  confirm: 'referral.confirmed',
  noShow: 'referral.not-shown',
  arrive: 'referral.arrived',
  startCare: 'referral.taken-into-care',
  admit: 'referral.admitted',
  treat: 'referral.treated',
  planDown: 'referral.down-planned',
  assign: 'referral.assigned',
  takeOver: 'referral.taken-over',
  followUp: 'referral.followed-up',
  close: 'referral.closed',
  cancel: 'referral.cancelled',
  expire: 'referral.expired',
  reopen: 'referral.reopened',
  redirect: 'referral.redirected',
  awaitSlot: 'referral.slot-awaited',
  slotFound: 'referral.slot-found',
  settle: 'referral.settled',
  hold: 'referral.held',
  readOutcome: 'referral.outcome-read',
  enter: 'referral.entered',
  dispute: 'referral.disputed',
} as const satisfies Record<Moved['move'], ReferralEvent>

export const tell = teller(referralEvents)
