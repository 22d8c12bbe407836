import { messageState } from '@tongmai/api/interop/message'
import { subscriptionState } from '@tongmai/api/interop/subscription'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

export const interopEvents = {
  /** A subscription was asked for, answers, fails, or was switched off; `removed` where its client took it away. */
  'interop.subscription-changed': z.object({
    clientId: z.string(),
    state: z.union([subscriptionState, z.literal('removed')]),
    problem: z.nullable(z.string()),
  }),
  /** A person ended a whole export of a client. */
  'interop.export-cancelled': z.object({ clientId: z.string(), note: z.string() }),
  /** A message that somebody mended or had done again has been done, or is in error again; what comes by itself is not told. */
  'interop.message-processed': z.object({ id: z.uuid(), state: messageState }),
}

export const tell = teller(interopEvents)
