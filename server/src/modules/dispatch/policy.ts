import {
  cannot,
  isEnded,
  type MissionMove,
  type MissionStatus,
  missionFlow,
  nextStatus,
} from '@tongmai/api/dispatch/flow'
import type { Needs } from '@tongmai/api/dispatch/mission'
import type { OpenMove } from '@tongmai/api/kernel'
import type { Actor } from '../../kernel/actor.ts'

/** What a decision needs to know of a mission. */
export interface Parties {
  readonly status: MissionStatus
  readonly urgency: string
  readonly needs: Needs
  readonly fromInstitutionId: string
  readonly toInstitutionId: string
  readonly deskId: string
  readonly carrierId: string | null
  readonly handedByCrew: object | null
  readonly takenByReceiver: object | null
}

type Side = 'from' | 'to' | 'desk' | 'carrier'
/** What a person may ask for; `sign` is the first half of `handOver` and nobody asks for it. */
export type PersonMove = Exclude<MissionMove, 'sign'>

const parts: Readonly<Record<PersonMove, { sides: readonly Side[]; may: string }>> = {
  dispatch: { sides: ['desk'], may: 'dispatch.dispatch' },
  recall: { sides: ['desk'], may: 'dispatch.dispatch' },
  cancel: { sides: ['from', 'desk'], may: 'dispatch.call' },
  depart: { sides: ['carrier'], may: 'dispatch.drive' },
  reach: { sides: ['carrier'], may: 'dispatch.drive' },
  leave: { sides: ['carrier'], may: 'dispatch.drive' },
  arrive: { sides: ['carrier'], may: 'dispatch.drive' },
  abort: { sides: ['carrier'], may: 'dispatch.drive' },
  makeReady: { sides: ['carrier'], may: 'dispatch.drive' },
  handOver: { sides: ['carrier', 'to'], may: 'dispatch.sign' },
}

const institutionOf = (m: Parties, side: Side): string | null =>
  ({ from: m.fromInstitutionId, to: m.toInstitutionId, desk: m.deskId, carrier: m.carrierId })[side]

export const isCarrier = (actor: Actor, m: Parties): boolean =>
  m.carrierId !== null && actor.institutionId === m.carrierId
export const isDesk = (actor: Actor, m: Parties): boolean => actor.institutionId === m.deskId

/** Why this move is not this actor's part, or undefined where it is. */
export function notTheirs(actor: Actor, m: Parties, move: PersonMove): string | undefined {
  const { sides, may } = parts[move]
  if (!sides.some((side) => actor.institutionId === institutionOf(m, side))) {
    return `dispatch.${sides[0]}-part`
  }
  return actor.permissions.has(may) ? undefined : 'kernel.not-permitted'
}

/** Why this move cannot be made now, whoever asks, or undefined where it can. */
export const notNow = (m: Parties, move: PersonMove): string | undefined =>
  nextStatus(m.status, move) ? undefined : cannot(move, m.status)

/** The side that this actor signs for: where one institution drives and receives, whoever drives signs as the crew. */
export function signsFor(actor: Actor, m: Parties): 'crew' | 'receiver' | undefined {
  const receives = actor.institutionId === m.toInstitutionId
  if (!isCarrier(actor, m)) return receives ? 'receiver' : undefined
  return receives && !actor.permissions.has('dispatch.drive') ? 'receiver' : 'crew'
}

/** Why this actor has nothing more to sign, or undefined where they have. */
export const notToSign = (actor: Actor, m: Parties): string | undefined => {
  const signed = signsFor(actor, m) === 'crew' ? m.handedByCrew : m.takenByReceiver
  return signed ? 'dispatch.signed-already' : undefined
}

/** For this viewer: every move that leads on from here, open or closed with its reason. */
export function movesOf(actor: Actor, m: Parties): OpenMove[] {
  const here = Object.keys(missionFlow[m.status]).filter((name) => name !== 'sign') as PersonMove[]
  const moves = here.map((move): OpenMove => {
    const own = move === 'handOver' ? notToSign(actor, m) : undefined
    const why = notTheirs(actor, m, move) ?? own
    return why === undefined ? { move, open: true } : { move, open: false, why }
  })
  if (isDesk(actor, m) && ['called', 'dispatched'].includes(m.status)) {
    moves.push({ move: 'releaseFlight', open: actor.permissions.has('dispatch.dispatch') })
  }
  return moves
}

export interface Owned {
  readonly institutionId: string
  readonly duty: string
  readonly step: string
}

/** Who owes the next act in each state; nothing is ever nobody's until it has ended. */
export function ownerOf(m: Parties): Owned | null {
  if (isEnded(m.status)) return null
  const carrier = m.carrierId ?? m.deskId
  if (m.status === 'called') return { institutionId: m.deskId, duty: 'dispatch.dispatch', step: m.status }
  if (m.status === 'arrived') {
    const crewSigned = m.handedByCrew !== null
    return crewSigned
      ? { institutionId: m.toInstitutionId, duty: 'dispatch.sign', step: m.status }
      : { institutionId: carrier, duty: 'dispatch.drive', step: m.status }
  }
  return { institutionId: carrier, duty: 'dispatch.drive', step: m.status }
}

/** Emergencies escalate by their own, shorter chain where there is one. */
export const kindOf = (m: Parties): string => (m.urgency === 'emergency' ? 'dispatch.emergency' : 'dispatch')
