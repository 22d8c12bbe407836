import { question } from '../../kernel/question.ts'

/** Who claims to be a resident: the phone is proven by a code, the rest is what they typed. */
export interface Claim {
  readonly name: string
  readonly documentNumber: string
  readonly phone: string
}

/**
 * Which resident a claim fits, asked when a resident opens an account. The answerer must be strict: name and
 * document must both fit, and the phone where the resident's own is known.
 */
export const residentClaimed = question<Claim, { residentId: string } | null>(
  'identity.resident-claimed',
  null,
)

/** For whom a resident stands besides themselves (children, parents in their care). */
export const standsFor = question<{ residentId: string }, readonly string[]>('identity.stands-for', [])

/** What the people are called for whom a resident stands; who is asked about may be read by whoever asks. */
export const namesOf = question<{ residentIds: readonly string[] }, ReadonlyMap<string, string>>(
  'identity.names-of',
  new Map(),
)

/** Whether a practitioner practises at an institution today: nobody acts there in the name of somebody who does not. */
export const practisesAt = question<{ practitionerId: string; institutionId: string }, boolean>(
  'identity.practises-at',
  true,
)
