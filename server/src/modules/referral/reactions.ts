import { type Reaction, when } from '../../kernel/module.ts'
import { capacityEvents } from '../capacity/index.ts'
import { careplanEvents } from '../careplan/index.ts'
import { hearFollowUp } from './actions/hear-follow-up.ts'
import { placeFound, placeLost } from './actions/placing.ts'

const idIn = (need: string): string | null =>
  need.startsWith('referral:') ? need.slice('referral:'.length) : null

/** What the waiting list does for a referral stands on the referral, and before its owner. */
export const reactions: readonly Reaction[] = [
  // A first follow-up recorded on the community's own list takes the referral off the list of those that are due.
  when(careplanEvents, 'careplan.followed-up', {
    name: 'referral.followed-up',
    run: async (ctx, { data }) => {
      const id = idIn(data.source)
      if (id) await hearFollowUp(ctx, id, data.followUpId)
    },
  }),
  when(capacityEvents, 'capacity.filled-from-waiting', {
    name: 'referral.place-found',
    run: async (ctx, { data }) => {
      const id = idIn(data.for)
      if (id) await placeFound(ctx, id, { ...data, until: new Date(data.until) })
    },
  }),
  when(capacityEvents, 'capacity.waiting-changed', {
    name: 'referral.place-lost',
    run: async (ctx, { data }) => {
      const id = idIn(data.for)
      if (id && data.what === 'again') await placeLost(ctx, id)
    },
  }),
]
