import { type Reaction, when } from '../../kernel/module.ts'
import { networkEvents } from '../network/index.ts'
import { followAgreements } from './actions/grant.ts'

/** Access that rests on an agreement ends with it, and comes back with it. */
export const reactions: Reaction[] = [
  when(networkEvents, 'network.agreement-ended', {
    name: 'resident.suspend-grants',
    run: (ctx, event) => followAgreements(ctx, event.data.institutionIds),
  }),
  when(networkEvents, 'network.agreement-in-force', {
    name: 'resident.resume-grants',
    run: (ctx, event) => followAgreements(ctx, event.data.institutionIds),
  }),
]
