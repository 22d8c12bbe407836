import {
  nextStatus,
  type ReferralDirection,
  type ReferralMove,
  type ReferralStatus,
} from '@tongmai/api/referral/flow'

/** One referral of the region before it has people: which way it went, and what came of it on the way back. */
export interface Plan {
  readonly direction: ReferralDirection
  readonly path: readonly ReferralMove[]
  /** The down-referral that followed. */
  readonly down?: readonly ReferralMove[]
}

const accepted: ReferralMove[] = ['submit', 'accept']
const asked: ReferralMove[] = ['submit', 'askSupplement', 'supplement', 'accept']
const arrived: ReferralMove[] = [...accepted, 'depart', 'arrive']
const admitted: ReferralMove[] = [...arrived, 'admit']
const treated: ReferralMove[] = [...arrived, 'startCare', 'treat']
const waiting: ReferralMove[] = [...admitted, 'treat', 'planDown']
const whole: ReferralMove[] = [...waiting, 'close']

const times = (count: number, plan: Plan): Plan[] => Array.from({ length: count }, () => plan)
const up = (count: number, ...path: ReferralMove[]): Plan[] => times(count, { direction: 'up', path })
const sideways = (count: number, ...path: ReferralMove[]): Plan[] =>
  times(count, { direction: 'sideways', path })
const down = (count: number, ...path: ReferralMove[]): Plan[] => times(count, { direction: 'down', path })
const back = (count: number, path: ReferralMove[], ...after: ReferralMove[]): Plan[] =>
  times(count, { direction: 'up', path, down: after })

/** What the region has: 120 referrals, in every state. */
export const plans: readonly Plan[] = [
  ...up(5, ...accepted),
  ...up(9, 'submit'),
  ...up(4),
  ...up(2, 'sendToReview'),
  ...up(4, 'submit', 'askSupplement'),
  ...up(2, ...asked),
  ...up(4, ...accepted, 'depart'),
  ...up(4, ...arrived),
  ...up(6, ...arrived, 'startCare'),
  ...up(6, ...admitted),
  ...up(5, ...treated),
  ...up(3, ...waiting),
  ...back(3, waiting, 'submit'),
  ...back(8, whole, 'submit', 'takeOver', 'followUp', 'close'),
  ...up(2, ...treated, 'close'),
  ...up(4, 'submit', 'reject', 'settle'),
  ...up(2, 'submit', 'reject'),
  ...up(3, ...accepted, 'decline'),
  ...up(3, 'submit', 'withdraw'),
  ...up(4, 'submit', 'expire'),
  ...up(2, ...accepted, 'cancel'),
  ...sideways(1, 'submit'),
  ...sideways(1, ...arrived, 'startCare'),
  ...sideways(2, ...treated, 'close'),
  ...down(2),
  ...down(3, 'submit'),
  ...down(1, 'submit', 'expire'),
  ...down(5, 'submit', 'takeOver'),
  ...down(3, 'submit', 'takeOver', 'followUp'),
  ...down(4, 'submit', 'takeOver', 'followUp', 'close'),
  ...down(1, 'submit', 'reject', 'settle'),
  ...down(1, 'submit', 'reject'),
]

/** The state a path leads to; a path that the flow does not allow is a mistake. */
export function statusAfter(direction: ReferralDirection, path: readonly ReferralMove[]): ReferralStatus {
  let status: ReferralStatus = 'draft'
  for (const move of path) {
    const next = nextStatus(direction, status, move)
    if (!next) throw new Error(`${move} does not lead on from ${status}`)
    status = next
  }
  return status
}

/** How many referrals the plans make. */
export const countOf = (all: readonly Plan[]): number =>
  all.reduce((sum, plan) => sum + (plan.down ? 2 : 1), 0)

const HOURS: Partial<Record<ReferralMove, number>> = {
  sendToReview: 1,
  submit: 2,
  askSupplement: 5,
  supplement: 9,
  accept: 7,
  depart: 9,
  arrive: 26,
  startCare: 2,
  admit: 3,
  treat: 92,
  planDown: 8,
  takeOver: 20,
  followUp: 110,
  expire: 168,
  close: 30,
}

/** How long a step took, in hours. */
export const hoursOf = (move: ReferralMove): number => HOURS[move] ?? 12

const ALLOWED: Partial<Record<ReferralStatus, number>> = {
  draft: 72,
  internalReview: 8,
  submitted: 24,
  infoRequested: 24,
  accepted: 24,
  inTransfer: 24,
  arrived: 8,
  inCare: 72,
  admitted: 720,
  treated: 24,
  awaitingDownReferral: 48,
  downReferralSubmitted: 48,
  takenOver: 168,
  firstFollowUpDone: 168,
  expired: 24,
  rejected: 24,
}

/** How long an open step may take, in hours; the region's ages are drawn as shares of it. */
export const allowedHours = (status: ReferralStatus): number => ALLOWED[status] ?? 0
