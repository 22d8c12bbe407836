import type { OpenMove } from '@tongmai/api/kernel'
import type { AgreementMove, AgreementStatus } from '@tongmai/api/network/agreement'
import { agreementFlow } from '@tongmai/api/network/agreement'
import type { Actor } from '../../kernel/actor.ts'

/** What an agreement must tell about itself for a decision. */
export interface Standing {
  readonly status: AgreementStatus
  readonly parties: readonly string[]
  /** The lead of its alliance today. */
  readonly leadId: string | null
  readonly signatories: readonly {
    readonly institutionId: string
    readonly signedAt: Date | null
    readonly leftAt: Date | null
  }[]
  readonly renewalOpen: boolean
}

/** Acts for this institution. */
export const isOwn = (actor: Actor, institutionId: string | null): boolean =>
  institutionId !== null && actor.institutionId === institutionId

/** Acts for the lead of the alliance: only its office manages. */
export const isLead = (actor: Actor, leadId: string | null): boolean => isOwn(actor, leadId)

/** Acts for a party that has not left. */
export const isParty = (actor: Actor, agreement: Standing): boolean =>
  agreement.parties.some((id) => isOwn(actor, id)) &&
  !agreement.signatories.some((s) => isOwn(actor, s.institutionId) && s.leftAt !== null)

const remaining = (agreement: Standing): number =>
  agreement.signatories.filter((s) => s.leftAt === null).length

/** Leaving alone is for a party that is not the lead, while at least two others stay bound. */
export const leavesAlone = (actor: Actor, agreement: Standing): boolean =>
  isParty(actor, agreement) && !isLead(actor, agreement.leadId) && remaining(agreement) > 2

const needs: Record<AgreementMove, 'network.manage' | 'network.sign'> = {
  change: 'network.manage',
  propose: 'network.manage',
  sign: 'network.sign',
  return: 'network.sign',
  withdraw: 'network.manage',
  renew: 'network.manage',
  leave: 'network.sign',
  exit: 'network.sign',
}

/** Why this actor may not make the move now, as a refusal's code; undefined where they may. */
export function whyNot(actor: Actor, agreement: Standing, move: AgreementMove): string | undefined {
  if (!Object.hasOwn(agreementFlow[agreement.status], move))
    return `network.cannot-${move}-when-${agreement.status}`
  return whyNotYours(actor, agreement, move) ?? whyNotNow(actor, agreement, move)
}

/** Refusals of kind 403: it is not this actor's part. */
export function whyNotYours(actor: Actor, agreement: Standing, move: AgreementMove): string | undefined {
  if (!actor.permissions.has(needs[move])) return 'kernel.not-permitted'
  if (needs[move] === 'network.manage') {
    return isLead(actor, agreement.leadId) ? undefined : 'network.only-the-lead-manages'
  }
  return isParty(actor, agreement) ? undefined : 'network.only-a-party-signs'
}

/** Refusals of kind 409 that depend on more than the status. */
export function whyNotNow(actor: Actor, agreement: Standing, move: AgreementMove): string | undefined {
  const mine = agreement.signatories.find((s) => isOwn(actor, s.institutionId))
  if (move === 'sign' && mine?.signedAt) return 'network.signed-already'
  if (move === 'leave' && !leavesAlone(actor, agreement)) return 'network.leaving-would-end-it'
  if (move === 'exit' && leavesAlone(actor, agreement)) return 'network.leave-instead'
  if (move === 'renew' && agreement.renewalOpen) return 'network.renewal-already-drafted'
  return undefined
}

/** The moves of the flow from this status, each open to this actor or closed with the reason. */
export function movesOf(actor: Actor, agreement: Standing, moves: readonly AgreementMove[]): OpenMove[] {
  return moves
    .filter((move) => Object.hasOwn(agreementFlow[agreement.status], move))
    .map((move) => {
      const why = whyNot(actor, agreement, move)
      return why ? { move, open: false, why } : { move, open: true }
    })
}
