import { type Reaction, when } from '../../kernel/module.ts'
import { residentEvents } from '../resident/index.ts'
import { endAllOf } from './actions/advance.ts'
import { followLink } from './actions/one-person.ts'

/** A contract ends by itself when the resident has died or moved away; who turns out to be one person has one contract. */
export const reactions: Reaction[] = [
  when(residentEvents, 'resident.died', {
    name: 'contract.end-of-the-dead',
    run: async (ctx, { residentId, data }) =>
      residentId ? endAllOf(ctx, residentId, { reason: 'died', on: data.on }) : undefined,
  }),
  when(residentEvents, 'resident.moved', {
    name: 'contract.end-of-who-moved',
    run: async (ctx, { residentId, data }) =>
      residentId ? endAllOf(ctx, residentId, { reason: 'moved', on: data.on }) : undefined,
  }),
  ...(['resident.link-made', 'resident.link-undone'] as const).map((name) =>
    when(residentEvents, name, {
      name: `contract.${name}`,
      run: async (ctx, { residentId, data }) =>
        residentId ? followLink(ctx, [residentId, data.otherId]) : undefined,
    }),
  ),
]
