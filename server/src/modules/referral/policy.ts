import type { OpenMove } from '@tongmai/api/kernel'
import type { Need } from '@tongmai/api/referral/code'
import {
  type BegunBy,
  cannot,
  isEnded,
  nextStatus,
  type ReferralDirection,
  type ReferralMove,
  type ReferralStatus,
  referralFlow,
  type Urgency,
} from '@tongmai/api/referral/flow'
import type { ReferralAct } from '@tongmai/api/referral/shape'
import type { Actor } from '../../kernel/actor.ts'

/** What a decision needs to know of a referral. */
export interface Parties {
  readonly direction: ReferralDirection
  readonly status: ReferralStatus
  readonly urgency: Urgency
  readonly retroEntry: boolean
  readonly begunBy: BegunBy
  readonly disputedAt: Date | null
  readonly fromInstitutionId: string
  readonly fromPractitionerId: string | null
  readonly toInstitutionId: string
  readonly toPractitionerId: string | null
  /** The receiver is outside the network. */
  readonly external: boolean
  readonly settledAt: Date | null
  readonly arrangement: { readonly practitionerId: string | null } | null
  readonly treatingPractitionerId: string | null
  readonly confirmedAt: Date | null
  readonly submittedAt: Date | null
}

export const isSender = (actor: Actor, r: Parties): boolean => actor.institutionId === r.fromInstitutionId
export const isReceiver = (actor: Actor, r: Parties): boolean => actor.institutionId === careAt(r)

/** Where the receiver's part is done: outside the network the sender enters it, so that somebody still owns it. */
export const careAt = (r: Parties): string => (r.external ? r.fromInstitutionId : r.toInstitutionId)

interface Part {
  readonly side: 'from' | 'to' | 'either'
  /** One of these permissions. */
  readonly any: readonly `${string}.${string}`[]
  readonly needs?: readonly Need[]
}

/** Whose part each move is, and what it wants to be told. */
export const parts: Readonly<Record<Exclude<ReferralMove, 'expire'>, Part>> = {
  sendToReview: { side: 'from', any: ['referral.write'] },
  approve: { side: 'from', any: ['referral.review'] },
  returnToDraft: { side: 'from', any: ['referral.review'], needs: ['comment'] },
  submit: { side: 'from', any: ['referral.write'] },
  askSupplement: { side: 'to', any: ['referral.answer'], needs: ['comment'] },
  supplement: { side: 'from', any: ['referral.write'], needs: ['comment'] },
  accept: { side: 'to', any: ['referral.answer'], needs: ['arrangement'] },
  reject: { side: 'to', any: ['referral.answer', 'referral.takeOver'], needs: ['reason', 'advice'] },
  withdraw: { side: 'from', any: ['referral.write'], needs: ['reason'] },
  decline: {
    side: 'either',
    any: ['referral.write', 'referral.answer', 'referral.receive'],
    needs: ['reason'],
  },
  depart: { side: 'from', any: ['referral.write'], needs: ['departedAt'] },
  arrange: { side: 'to', any: ['referral.answer'], needs: ['arrangement'] },
  confirm: { side: 'to', any: ['referral.answer'] },
  enter: { side: 'to', any: ['referral.write'], needs: ['arrangement'] },
  dispute: { side: 'from', any: ['referral.write'], needs: ['comment'] },
  noShow: { side: 'to', any: ['referral.receive'] },
  arrive: { side: 'to', any: ['referral.receive'] },
  startCare: { side: 'to', any: ['referral.treat'] },
  admit: { side: 'to', any: ['referral.treat'] },
  treat: { side: 'to', any: ['referral.treat'], needs: ['outcome'] },
  planDown: { side: 'to', any: ['referral.treat'] },
  assign: { side: 'to', any: ['referral.answer', 'referral.takeOver'], needs: ['doctor'] },
  takeOver: { side: 'to', any: ['referral.takeOver'] },
  followUp: { side: 'to', any: ['referral.followUp'], needs: ['followUp'] },
  close: { side: 'to', any: ['referral.treat', 'referral.takeOver', 'referral.followUp'], needs: ['reason'] },
  cancel: {
    side: 'either',
    any: ['referral.answer', 'referral.write', 'referral.treat'],
    needs: ['reason', 'comment'],
  },
  reopen: { side: 'either', any: ['referral.answer', 'referral.write'] },
  redirect: { side: 'to', any: ['referral.answer'], needs: ['target', 'reason', 'comment'] },
  awaitSlot: { side: 'to', any: ['referral.answer'], needs: ['comment'] },
  settle: { side: 'from', any: ['referral.write'], needs: ['reason'] },
}
/** What only makes sense between two who both work here. */
const insideOnly: readonly string[] = [
  'askSupplement',
  'redirect',
  'awaitSlot',
  'planDown',
  'assign',
  'confirm',
]
export type PersonMove = keyof typeof parts

/** Who did not enter it confirms what was entered afterwards. */
const partOf = (r: Parties, move: PersonMove): Part =>
  move === 'confirm' && r.begunBy === 'receiver' ? { side: 'from', any: ['referral.write'] } : parts[move]

/** Whether the named sender still has to say if they sent the patient. */
export const isUnconfirmed = (r: Parties): boolean =>
  r.begunBy === 'receiver' && r.submittedAt !== null && r.confirmedAt === null

/** Why this move is not this actor's part, or undefined where it is. */
export function notTheirs(actor: Actor, r: Parties, move: PersonMove): string | undefined {
  const { side, any } = partOf(r, move)
  if (side === 'from' && !isSender(actor, r)) return 'referral.senders-part'
  if (side === 'to' && !isReceiver(actor, r)) return 'referral.receivers-part'
  const enough = r.external ? [...any, 'referral.write'] : any
  if (!enough.some((permission) => actor.permissions.has(permission))) return 'kernel.not-permitted'
  const named = move === 'takeOver' && r.toPractitionerId
  if (named && actor.practitionerId !== r.toPractitionerId) return 'referral.named-doctors-part'
  return undefined
}

/** Why this move cannot be made now, whoever asks, or undefined where it can. */
export function notNow(r: Parties, move: PersonMove): string | undefined {
  if (!nextStatus(r.direction, r.status, move)) return cannot(move, r.status)
  const first = move === 'depart' && r.status !== 'accepted'
  if (first && r.urgency !== 'emergency') return 'referral.only-emergency-departs-first'
  if (move === 'confirm' && (!r.retroEntry || r.confirmedAt)) return 'referral.nothing-to-confirm'
  if (move === 'confirm' && !r.arrangement) return 'referral.no-arrangement'
  const why = notEntered(r, move)
  if (why) return why
  if (move === 'settle' && r.settledAt) return 'referral.settled-already'
  if (r.external && insideOnly.includes(move)) return 'referral.receiver-outside-network'
  return undefined
}

/** What waits for the named sender's word, or does not concern them. */
function notEntered(r: Parties, move: PersonMove): string | undefined {
  if (move === 'enter' && r.begunBy === 'sender') return 'referral.entered-by-receiver-only'
  if (move === 'dispute' && !isUnconfirmed(r)) return 'referral.nothing-to-confirm'
  if (move === 'dispute' && r.disputedAt) return 'referral.disputed-already'
  const goesBack = move === 'planDown' || (move === 'close' && !r.disputedAt)
  return goesBack && isUnconfirmed(r) ? 'referral.sender-has-not-confirmed' : undefined
}

/** Why the form cannot be printed yet, or undefined where it can. */
export function notPrintable(r: Parties): string | undefined {
  if (r.status === 'draft' || r.status === 'internalReview' || !r.submittedAt) {
    return 'referral.no-form-before-acceptance'
  }
  if (r.direction === 'down') {
    const taken = ['takenOver', 'firstFollowUpDone', 'closed'].includes(r.status)
    return taken ? undefined : 'referral.no-form-before-take-over'
  }
  if (!r.arrangement) return 'referral.no-form-before-acceptance'
  if (r.retroEntry && !r.confirmedAt) return 'referral.no-form-before-confirmation'
  return undefined
}

/** Why the next down-referral cannot be begun here, or undefined where it can. */
export function notDownFrom(actor: Actor, r: Parties, hasChild: boolean): string | undefined {
  if (!isReceiver(actor, r) || r.direction === 'down' || r.external) return 'referral.receivers-part'
  if (!actor.permissions.has('referral.write')) return 'kernel.not-permitted'
  if (r.status !== 'awaitingDownReferral') return 'referral.not-awaiting-down-referral'
  return hasChild ? 'referral.down-referral-under-way' : undefined
}

/** While the patient is in our care, they may have to go on from here. */
const inOurCare: readonly ReferralStatus[] = [
  'arrived',
  'inCare',
  'admitted',
  'treated',
  'awaitingDownReferral',
  'takenOver',
  'firstFollowUpDone',
]

/** Why a referral onward cannot be begun under this one, or undefined where it can. */
export function notOnwardFrom(actor: Actor, r: Parties): string | undefined {
  if (!isReceiver(actor, r)) return 'referral.receivers-part'
  if (!actor.permissions.has('referral.write')) return 'kernel.not-permitted'
  return inOurCare.includes(r.status) ? undefined : 'referral.not-in-our-care'
}

const act = (move: string, why: string | undefined, needs: readonly Need[] = []): ReferralAct => {
  const base: OpenMove = why === undefined ? { move, open: true } : { move, open: false, why }
  return { ...base, needs: [...needs] }
}

const entryMoves: readonly PersonMove[] = ['enter', 'cancel']

/** Whether a move has any sense for this referral, by who wrote it and when. */
function isMeant(r: Parties, move: PersonMove): boolean {
  if (r.status === 'draft') return r.begunBy === 'receiver' ? entryMoves.includes(move) : move !== 'enter'
  if (move === 'dispute') return isUnconfirmed(r)
  return move !== 'confirm' || (r.retroEntry && (r.begunBy === 'sender' || isUnconfirmed(r)))
}

/** For this viewer: every move that leads on from here, and printing, each open or closed with its reason. */
export function actsOf(actor: Actor, r: Parties, hasChild: boolean): ReferralAct[] {
  const here = Object.keys(referralFlow[r.direction][r.status]).filter((name) => name !== 'expire')
  const acts = (here as PersonMove[])
    .filter((move) => isMeant(r, move))
    .filter((move) => !r.external || !insideOnly.includes(move))
    .map((move) => act(move, notTheirs(actor, r, move) ?? notNow(r, move), parts[move].needs))
  if (r.status === 'draft') acts.push(act('change', notEditable(actor, r)))
  if (r.status === 'awaitingDownReferral') acts.push(act('writeDown', notDownFrom(actor, r, hasChild)))
  if (inOurCare.includes(r.status)) acts.push(act('writeOnward', notOnwardFrom(actor, r)))
  acts.push(act('print', notPrintable(r)))
  return acts
}

/** Why the form cannot be edited now by this actor, or undefined where it can. */
export function notEditable(actor: Actor, r: Parties): string | undefined {
  if (r.begunBy === 'receiver' && !isReceiver(actor, r)) return 'referral.receivers-part'
  if (r.begunBy === 'sender' && !isSender(actor, r)) return 'referral.senders-part'
  if (!actor.permissions.has('referral.write')) return 'kernel.not-permitted'
  return r.status === 'draft' ? undefined : 'referral.cannot-change-after-submission'
}

/** The institution whose referral office keeps it on its list: the hospital's, whichever way the patient goes. */
export const officeOf = (r: Parties): string => (r.direction === 'down' ? r.fromInstitutionId : careAt(r))

export interface Owned {
  readonly institutionId: string
  readonly duty: string
  readonly practitionerId: string | null
  readonly step: string
}

/** Who has to say whether what was entered afterwards is so: the named sender, and after a dispute the receiver. */
export function confirmerOf(r: Parties): Owned | null {
  if (!isUnconfirmed(r) || isEnded(r.status)) return null
  return r.disputedAt
    ? { institutionId: r.toInstitutionId, duty: 'referral.answer', practitionerId: null, step: 'disputed' }
    : {
        institutionId: r.fromInstitutionId,
        duty: 'referral.write',
        practitionerId: r.fromPractitionerId,
        step: 'confirmation',
      }
}

/** Who owes the next act in each state; nothing is ever nobody's until it has ended. */
export function ownerOf(r: Parties, noShow = false): Owned | null {
  if (isEnded(r.status) && r.status !== 'rejected') return null
  const from = (duty: string, practitionerId: string | null): Owned => ({
    institutionId: r.fromInstitutionId,
    duty,
    practitionerId,
    step: r.status,
  })
  const to = (duty: string, practitionerId: string | null): Owned =>
    r.external
      ? from('referral.write', r.fromPractitionerId)
      : { institutionId: r.toInstitutionId, duty, practitionerId, step: r.status }
  if (noShow) return { ...from('referral.write', r.fromPractitionerId), step: 'noShow' }
  const owners: Partial<Record<ReferralStatus, Owned>> = {
    draft:
      r.begunBy === 'sender'
        ? from('referral.write', r.fromPractitionerId)
        : { ...to('referral.write', r.treatingPractitionerId), step: 'entry' },
    internalReview: from('referral.review', null),
    submitted: to('referral.answer', null),
    infoRequested: from('referral.write', r.fromPractitionerId),
    accepted: from('referral.write', r.fromPractitionerId),
    inTransfer: to('referral.receive', null),
    arrived: to('referral.treat', r.arrangement?.practitionerId ?? null),
    inCare: to('referral.treat', r.treatingPractitionerId),
    admitted: to('referral.treat', r.treatingPractitionerId),
    treated: to('referral.treat', r.treatingPractitionerId),
    awaitingDownReferral: to('referral.treat', r.treatingPractitionerId),
    downReferralSubmitted: to('referral.takeOver', r.toPractitionerId),
    takenOver: to('referral.followUp', r.toPractitionerId),
    firstFollowUpDone: to('referral.takeOver', r.toPractitionerId),
    rejected: from('referral.write', r.fromPractitionerId),
    expired: r.external
      ? from('referral.write', r.fromPractitionerId)
      : { institutionId: officeOf(r), duty: 'referral.answer', practitionerId: null, step: 'expired' },
  }
  return owners[r.status] ?? null
}

/** Emergencies escalate by their own, shorter chain. */
export const kindOf = (r: Parties): string =>
  r.urgency === 'emergency' && r.direction !== 'down' ? 'referral.emergency' : 'referral'
