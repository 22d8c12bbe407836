import {
  type ContractMove,
  type ContractStatus,
  cannot,
  contractFlow,
  nextStatus,
} from '@tongmai/api/contract/flow'
import type { OpenMove } from '@tongmai/api/kernel'
import type { Actor } from '../../kernel/actor.ts'

/** What a decision needs to know of a contract. */
export interface Parties {
  readonly status: ContractStatus
  readonly upcoming: boolean
  readonly communityId: string
  readonly residentId: string
  readonly signedAt: Date | null
}

export const isCommunity = (actor: Actor, c: Parties): boolean => actor.institutionId === c.communityId
const isOwn = (actor: Actor, c: Parties): boolean =>
  actor.kind === 'resident' && actor.residentIds.includes(c.residentId)

const staffMoves = ['accept', 'decline', 'renew', 'rescind', 'terminate'] as const
const ownMoves = ['withdraw', 'rescind'] as const
export type StaffMove = (typeof staffMoves)[number]
export type OwnMove = (typeof ownMoves)[number]
export type PersonMove = StaffMove | OwnMove

/** Why this move is not this actor's part, or undefined where it is. */
export function notTheirs(actor: Actor, c: Parties, move: PersonMove): string | undefined {
  if (actor.kind === 'resident') {
    const open = (ownMoves as readonly string[]).includes(move) && isOwn(actor, c)
    return open ? undefined : 'contract.community-part'
  }
  if (!isCommunity(actor, c)) return 'contract.community-part'
  if (move === 'withdraw') return 'contract.residents-part'
  return actor.permissions.has('contract.sign') ? undefined : 'kernel.not-permitted'
}

/** Why this move cannot be made now, whoever asks, or undefined where it can. */
export function notNow(c: Parties, move: ContractMove, hasNext = false): string | undefined {
  if (!nextStatus(c.status, move)) return cannot(move, c.status)
  if (move === 'renew' && hasNext) return 'contract.renewed-already'
  return undefined
}

/** For this viewer: every move of persons that leads on from here, open or closed with its reason. */
export function movesOf(actor: Actor, c: Parties, hasNext: boolean): OpenMove[] {
  const persons: readonly PersonMove[] = actor.kind === 'resident' ? ownMoves : staffMoves
  const here = Object.keys(contractFlow[c.status])
  const shown = persons.filter((move) => here.includes(move))
  // Renewal is shown before its time too, closed, so that people learn when it opens.
  const withRenew: readonly PersonMove[] =
    c.status === 'active' && actor.kind !== 'resident' ? ['renew', ...shown] : shown
  const act = (move: PersonMove): OpenMove => {
    const why = notTheirs(actor, c, move) ?? notNow(c, move, hasNext)
    return why === undefined ? { move, open: true } : { move, open: false, why }
  }
  return [...withRenew.map(act), ...(c.signedAt ? [{ move: 'print', open: true }] : [])]
}
