import type { Consent } from '@tongmai/api/resident/consent'

/** In force, taken back, or over by itself. */
export const consentState = ({ state, until }: Pick<Consent, 'state' | 'until'>, now: Date) =>
  state === 'active' && until !== null && until <= now ? 'over' : state
