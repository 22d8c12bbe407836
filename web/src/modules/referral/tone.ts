import type { ReferralStatus } from '@tongmai/api/referral/flow'
import type { Tone } from '../../ui/state-tag.tsx'

const tones: Partial<Record<ReferralStatus, Tone>> = {
  draft: 'idle',
  internalReview: 'wait',
  submitted: 'wait',
  infoRequested: 'wait',
  awaitingDownReferral: 'wait',
  downReferralSubmitted: 'wait',
  closed: 'good',
  firstFollowUpDone: 'good',
  takenOver: 'good',
  rejected: 'bad',
  expired: 'bad',
  declinedByPatient: 'idle',
  withdrawn: 'idle',
  cancelled: 'idle',
}

/** The colour of a state; what is under way in good order is noteworthy and no more. */
export const toneOf = (status: ReferralStatus): Tone => tones[status] ?? 'note'
