import { teller } from '../../kernel/event.ts'
import { identityEvents } from './events.ts'

/** Announces what identity's actions did. */
export const tell = teller(identityEvents)
