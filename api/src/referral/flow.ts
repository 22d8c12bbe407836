import * as z from 'zod/mini'
import { type Flow, step } from '../kernel.ts'

/** Every state a referral can be in; the words of the glossary. */
export const statuses = [
  'draft',
  'internalReview',
  'submitted',
  'infoRequested',
  'accepted',
  'inTransfer',
  'arrived',
  'inCare',
  'admitted',
  'treated',
  'awaitingDownReferral',
  'downReferralSubmitted',
  'takenOver',
  'firstFollowUpDone',
  'closed',
  'rejected',
  'declinedByPatient',
  'withdrawn',
  'expired',
  'cancelled',
] as const
export const referralStatus = z.enum(statuses)
export type ReferralStatus = (typeof statuses)[number]

/** `up` to a stronger hospital, `down` to the grass roots with continuing care, `sideways` between equals. */
export const referralDirection = z.enum(['up', 'down', 'sideways'])
export type ReferralDirection = z.output<typeof referralDirection>

export const urgency = z.enum(['routine', 'urgent', 'emergency'])
export type Urgency = z.output<typeof urgency>

/** Who writes it: the sender, or the receiver after the patient has come without paper. */
export const begunBy = z.enum(['sender', 'receiver'])
export type BegunBy = z.output<typeof begunBy>

/** Everything that can be done to a referral's state. `expire` is the clock's alone. */
export const moves = [
  'sendToReview',
  'approve',
  'returnToDraft',
  'submit',
  'askSupplement',
  'supplement',
  'accept',
  'reject',
  'withdraw',
  'decline',
  'depart',
  'arrange',
  'confirm',
  'noShow',
  'arrive',
  'startCare',
  'admit',
  'treat',
  'planDown',
  'assign',
  'takeOver',
  'followUp',
  'close',
  'cancel',
  'expire',
  'reopen',
  'redirect',
  'awaitSlot',
  'settle',
  'enter',
  'dispute',
] as const
export type ReferralMove = (typeof moves)[number]

/** Ended: nothing is open any more and nobody owns it. */
const ended = {
  closed: {},
  /** The sender still has to say what becomes of the patient: `settle` leaves the state as it is. */
  rejected: { settle: 'rejected' },
  declinedByPatient: {},
  withdrawn: {},
  cancelled: {},
} as const

/** A patient may turn away, and the sender call back, until the patient has arrived. */
const stopping = { withdraw: 'withdrawn', decline: 'declinedByPatient', cancel: 'cancelled' } as const
/** What has been sent and not yet set out runs out with its validity. */
const waiting = { ...stopping, expire: 'expired' } as const

/** The states of the other flow, out of reach here. */
const notDown = { downReferralSubmitted: {}, takenOver: {}, firstFollowUpDone: {} } as const
const notUp = {
  internalReview: {},
  submitted: {},
  infoRequested: {},
  accepted: {},
  inTransfer: {},
  arrived: {},
  inCare: {},
  admitted: {},
  treated: {},
  awaitingDownReferral: {},
} as const

/** While the patient is cared for, who is said to have sent them says whether that is so. */
const asked = <S extends ReferralStatus>(status: S) => ({ confirm: status, dispute: status }) as const

/**
 * The life of an up-referral (and of a sideways one). Emergencies may `depart` before they are submitted or
 * answered; what the receiver arranges is then entered afterwards. A patient who comes on their own arrives
 * from `accepted`; one who came without paper is entered as `arrived` by the receiver. `arrange`, `confirm`, `noShow`,
 * `awaitSlot` and `dispute` are recorded and leave the state as it is; `redirect` puts it before another receiver,
 * with its thread.
 */
const upFlow = {
  draft: {
    sendToReview: 'internalReview',
    submit: 'submitted',
    depart: 'inTransfer',
    enter: 'arrived',
    ...stopping,
  },
  internalReview: { approve: 'submitted', returnToDraft: 'draft', ...stopping },
  submitted: {
    askSupplement: 'infoRequested',
    accept: 'accepted',
    reject: 'rejected',
    redirect: 'submitted',
    awaitSlot: 'submitted',
    depart: 'inTransfer',
    ...waiting,
  },
  infoRequested: { supplement: 'submitted', reject: 'rejected', redirect: 'submitted', ...waiting },
  accepted: {
    depart: 'inTransfer',
    arrange: 'accepted',
    noShow: 'accepted',
    arrive: 'arrived',
    redirect: 'submitted',
    ...waiting,
  },
  inTransfer: {
    arrange: 'inTransfer',
    confirm: 'inTransfer',
    noShow: 'inTransfer',
    arrive: 'arrived',
    ...stopping,
  },
  arrived: {
    arrange: 'arrived',
    ...asked('arrived'),
    startCare: 'inCare',
    admit: 'admitted',
    cancel: 'cancelled',
  },
  inCare: { ...asked('inCare'), admit: 'admitted', treat: 'treated', cancel: 'cancelled' },
  admitted: { ...asked('admitted'), treat: 'treated', cancel: 'cancelled' },
  treated: { ...asked('treated'), planDown: 'awaitingDownReferral', close: 'closed', cancel: 'cancelled' },
  awaitingDownReferral: { ...asked('awaitingDownReferral'), close: 'closed', cancel: 'cancelled' },
  expired: { reopen: 'submitted', cancel: 'cancelled' },
  ...notDown,
  ...ended,
} as const satisfies Flow<ReferralStatus>

/** The life of a down-referral: the named family doctor takes over, follows up once, and it is closed. */
const downFlow = {
  draft: { submit: 'downReferralSubmitted', ...stopping },
  downReferralSubmitted: {
    takeOver: 'takenOver',
    assign: 'downReferralSubmitted',
    reject: 'rejected',
    ...waiting,
  },
  takenOver: { followUp: 'firstFollowUpDone', cancel: 'cancelled' },
  firstFollowUpDone: { close: 'closed', cancel: 'cancelled' },
  expired: { reopen: 'downReferralSubmitted', cancel: 'cancelled' },
  ...notUp,
  ...ended,
} as const satisfies Flow<ReferralStatus>

/** The whole life of a referral, by direction. Buttons, guards, the state line and the manual come from here. */
export const referralFlow: Readonly<Record<ReferralDirection, Flow<ReferralStatus>>> = {
  up: upFlow,
  sideways: upFlow,
  down: downFlow,
}

/** Where `move` leads from here, or undefined where it is not open. */
export const nextStatus = (
  direction: ReferralDirection,
  from: ReferralStatus,
  move: ReferralMove,
): ReferralStatus | undefined => step(referralFlow[direction], from, move)

/** Nothing can follow. `expired` is no end: it waits for a person. */
export const isEnded = (status: ReferralStatus): boolean => Object.hasOwn(ended, status)

/** `inTransfer` → `in-transfer`: how states and moves stand in codes and paths. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** The refusal of a move that the flow does not allow: `referral.cannot-accept-when-closed`. */
export const cannot = (move: ReferralMove, status: ReferralStatus): string =>
  `referral.cannot-${kebab(move)}-when-${kebab(status)}`

/** The way a referral goes when all is well, for the state line. */
export const mainLine: Readonly<Record<ReferralDirection, readonly ReferralStatus[]>> = {
  up: [
    'draft',
    'submitted',
    'accepted',
    'inTransfer',
    'arrived',
    'inCare',
    'treated',
    'awaitingDownReferral',
    'closed',
  ],
  sideways: ['draft', 'submitted', 'accepted', 'inTransfer', 'arrived', 'inCare', 'treated', 'closed'],
  down: ['draft', 'downReferralSubmitted', 'takenOver', 'firstFollowUpDone', 'closed'],
}

/** What comes next where a step has one plain way on; the button on the row of a work-list. `noShow`, `entry` and `confirmation` are steps, not states. */
export const nextAct: Readonly<Record<string, ReferralMove | 'writeDown'>> = {
  draft: 'submit',
  internalReview: 'approve',
  submitted: 'accept',
  infoRequested: 'supplement',
  accepted: 'depart',
  inTransfer: 'arrive',
  arrived: 'startCare',
  inCare: 'treat',
  admitted: 'treat',
  treated: 'planDown',
  awaitingDownReferral: 'writeDown',
  downReferralSubmitted: 'takeOver',
  takenOver: 'followUp',
  firstFollowUpDone: 'close',
  expired: 'reopen',
  rejected: 'settle',
  entry: 'enter',
  confirmation: 'confirm',
}
