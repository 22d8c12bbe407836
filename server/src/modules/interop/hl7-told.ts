import type { ReferralStatus } from '@tongmai/api/referral/flow'
import type { Moved } from '../referral/index.ts'

/** What a partner is told of a referral: it is there, it has changed, it is called off, or how it was answered. */
export type ToldKind = 'REF^I12' | 'REF^I13' | 'REF^I14' | 'RRI^I12'

export interface Telling {
  readonly institutionId: string
  readonly kind: ToldKind
}

type Move = Moved['move']
const has = <T>(...all: readonly T[]): ReadonlySet<T> => new Set(all)

const putForward = has<Move>('submit', 'approve', 'enter', 'reopen')
const answering = has<Move>('accept', 'takeOver', 'reject')
const callingOff = has<Move>('withdraw', 'decline', 'cancel')
const changing = has<Move>(
  ...(['askSupplement', 'supplement', 'arrange', 'assign', 'expire', 'slotFound'] as const),
  ...(['arrive', 'admit', 'treat', 'close'] as const),
)
const unsent = has<ReferralStatus | null>(null, 'draft', 'internalReview')

/** To the receiver's system and to the sender's, by what was done. */
function kindsOf({ move, from }: Moved): readonly [receiver: ToldKind, sender: ToldKind] | undefined {
  if (putForward.has(move) || (move === 'depart' && unsent.has(from))) return ['REF^I12', 'REF^I12']
  if (move === 'redirect') return ['REF^I12', 'REF^I13']
  if (answering.has(move)) return ['REF^I13', 'RRI^I12']
  if (unsent.has(from)) return undefined
  if (callingOff.has(move)) return ['REF^I14', 'REF^I14']
  return changing.has(move) || move === 'depart' ? ['REF^I13', 'REF^I13'] : undefined
}

/**
 * Whose systems are told what once a referral has moved; `redirectedFrom` is before whom it lay until now. A draft is
 * nobody else's business; an answer goes to the sender as RRI, to the receiver as a change.
 */
export function tellingsOf(event: Moved, redirectedFrom: string | undefined): readonly Telling[] {
  const kinds = kindsOf(event)
  if (!kinds) return []
  const [receiver, sender] = kinds
  const { fromInstitutionId, toInstitutionId, move } = event
  const tellings: Telling[] = [
    { institutionId: toInstitutionId, kind: receiver },
    { institutionId: fromInstitutionId, kind: sender },
  ]
  if (move === 'redirect' && redirectedFrom && redirectedFrom !== toInstitutionId)
    tellings.push({ institutionId: redirectedFrom, kind: 'REF^I14' })
  return tellings
}

const accepted = has<ReferralStatus>(
  ...([
    'accepted',
    'inTransfer',
    'arrived',
    'inCare',
    'admitted',
    'treated',
    'awaitingDownReferral',
  ] as const),
  ...(['takenOver', 'firstFollowUpDone', 'closed'] as const),
)

/** RF1-1 (HL7 table 0283) of a state: accepted, rejected, expired, pending; nothing where it was called off. */
export function standingOf(status: ReferralStatus): string {
  if (accepted.has(status)) return 'A'
  if (status === 'rejected') return 'R'
  if (status === 'expired') return 'E'
  return callOffs.has(status) ? '' : 'P'
}
const callOffs = has<ReferralStatus>('withdrawn', 'declinedByPatient', 'cancelled')
