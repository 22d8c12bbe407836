import { type Reaction, when } from '../../kernel/module.ts'
import { capacityEvents } from '../capacity/index.ts'
import { careplanEvents } from '../careplan/index.ts'
import { dispatchEvents, entitleAgain } from '../dispatch/index.ts'
import { thingOf } from './actions/announce.ts'
import { settleGreen } from './actions/green-channel.ts'
import { hearFollowUp } from './actions/hear-follow-up.ts'
import { placeFound, placeLost } from './actions/placing.ts'
import { greenEvents } from './events.ts'
import * as store from './store/referral.ts'

const idIn = (need: string): string | null =>
  need.startsWith('referral:') ? need.slice('referral:'.length) : null

/** What the waiting list does for a referral stands on the referral, and before its owner; a ride that arrives is a link. */
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
  when(dispatchEvents, 'dispatch.arrived', {
    name: 'referral.ride-arrived',
    run: async (ctx, { data, at }) => {
      const id = data.thing && idIn(data.thing)
      if (id) await settleGreen(ctx, await store.lock(ctx, id), 'arrived', at)
    },
  }),
  when(greenEvents, 'referral.green-channel-opened', {
    name: 'referral.ride-entitled',
    run: (ctx, { data }) => entitleAgain(ctx, thingOf(data.referralId)),
  }),
]
