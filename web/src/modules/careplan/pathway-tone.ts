import type { StepStanding } from '@tongmai/api/careplan/following-pathway'
import type { PathwayStatus } from '@tongmai/api/careplan/pathway'
import type { Tone } from '../../ui/state-tag.tsx'

export const pathwayTone: Readonly<Record<PathwayStatus, Tone>> = {
  ...{ draft: 'note', inReview: 'wait', reviewed: 'accent', published: 'good' },
  ...{ replaced: 'idle', withdrawn: 'bad', discarded: 'idle' },
}

export const standingTone: Readonly<Record<StepStanding['state'], Tone>> = {
  ...{ now: 'accent', later: 'idle', unknown: 'wait', done: 'good', skipped: 'note', off: 'idle' },
}
