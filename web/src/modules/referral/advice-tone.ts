import type { AdviceStatus } from '@tongmai/api/referral/advice'
import type { Tone } from '../../ui/state-tag.tsx'

/** The colour of a question's state. */
export const adviceTone: Readonly<Record<AdviceStatus, Tone>> = {
  asked: 'wait',
  answered: 'note',
  closed: 'good',
  referred: 'good',
  withdrawn: 'idle',
}
