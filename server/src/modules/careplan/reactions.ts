import { type Reaction, when } from '../../kernel/module.ts'
import { residentEvents } from '../resident/index.ts'
import { endEverything } from './actions/enrolling.ts'

/** Nobody is followed up who has died or moved away. */
export const reactions: Reaction[] = [
  when(residentEvents, 'resident.died', {
    name: 'careplan.end-of-the-dead',
    run: async (ctx, { residentId }) => (residentId ? endEverything(ctx, residentId, 'died') : undefined),
  }),
  when(residentEvents, 'resident.moved', {
    name: 'careplan.end-of-who-moved',
    run: async (ctx, { residentId }) => (residentId ? endEverything(ctx, residentId, 'moved') : undefined),
  }),
]
