import type { ReferralMove, ReferralStatus } from '@tongmai/api/referral/flow'
import type { Arrangement, ReturnNote } from '@tongmai/api/referral/shape'

/** The moment from which a step's minutes are counted, and what bounds the deadline beside the rule. */
export interface Clock {
  readonly rule: string
  readonly from: Date
  /** Where set, this is the deadline whatever the rule says. */
  readonly fixed: Date | null
  /** Where set, the deadline is not later than this. */
  readonly atMost: Date | null
  /** Where set, the deadline is not earlier than this: time that was given already goes on. */
  readonly atLeast: Date | null
}

interface Timed {
  readonly status: ReferralStatus
  readonly arrangement: Arrangement | null
  readonly returnNote: ReturnNote | null
  readonly due?: Date | null
}

/** The end of a calendar day in Asia/Shanghai, which knows no summer time. */
export const endOfDay = (day: string): Date => new Date(`${day}T23:59:59+08:00`)

const later = (a: Date, b: Date | undefined): Date => (b && b > a ? b : a)

/** Whether a move leaves the clock of the state running as it was. */
export const keepsClock = (move: ReferralMove, status: ReferralStatus): boolean =>
  move === 'confirm' || move === 'dispute' || (move === 'arrange' && status === 'arrived')

/** The clock that a step starts (3.5). After acceptance the patient is told before the arranged time is past. */
export function clockOf(r: Timed, now: Date, move?: ReferralMove): Clock | null {
  const plain: Clock = { rule: r.status, from: now, fixed: null, atMost: null, atLeast: null }
  if (move === 'noShow') return { ...plain, rule: 'noShow' }
  if (move === 'awaitSlot') return { ...plain, rule: 'noSlot' }
  if (move === 'redirect') return { ...plain, rule: 'redirected', atLeast: r.due ?? null }
  if (move === 'settle') return null
  switch (r.status) {
    case 'closed':
    case 'declinedByPatient':
    case 'withdrawn':
    case 'cancelled':
      return null
    case 'accepted': {
      const at = r.arrangement?.at
      return { ...plain, atMost: at && at > now ? at : null }
    }
    case 'inTransfer':
      return { ...plain, from: later(now, r.arrangement?.at) }
    case 'takenOver': {
      const on = r.returnNote?.followUpOn
      const fixed = on ? endOfDay(on) : null
      return { ...plain, fixed: fixed && fixed > now ? fixed : null }
    }
    default:
      return plain
  }
}
