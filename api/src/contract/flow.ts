import * as z from 'zod/mini'
import { type Flow, step } from '../kernel.ts'

/** Every state a family-doctor contract can be in; the words of the glossary. */
export const statuses = [
  'pendingReview',
  'active',
  'expiring',
  'expired',
  'renewed',
  'teamChanged',
  'rescinded',
  'terminated',
] as const
export const contractStatus = z.enum(statuses)
export type ContractStatus = (typeof statuses)[number]

/** Every move: `nearEnd`, `expire` and `carryOn` are the clock's, the others a person's or what follows from an event. */
export const moves = [
  'accept',
  'decline',
  'withdraw',
  'nearEnd',
  'expire',
  'renew',
  'carryOn',
  'changeTeam',
  'rescind',
  'terminate',
] as const
export type ContractMove = (typeof moves)[number]

const leaving = { changeTeam: 'teamChanged', rescind: 'rescinded', terminate: 'terminated' } as const

/**
 * From an application or a signing to its end. `renew` signs the next contract and leaves this one as it is until its
 * last day; then `carryOn` ends it as renewed. What ran out may still be renewed within the window.
 */
export const contractFlow: Flow<ContractStatus> = {
  pendingReview: {
    accept: 'active',
    decline: 'terminated',
    withdraw: 'terminated',
    terminate: 'terminated',
  },
  active: { nearEnd: 'expiring', carryOn: 'renewed', ...leaving },
  expiring: { renew: 'expiring', carryOn: 'renewed', expire: 'expired', ...leaving },
  expired: { renew: 'renewed' },
  renewed: {},
  teamChanged: {},
  rescinded: {},
  terminated: {},
}

export const nextStatus = (from: ContractStatus, move: ContractMove): ContractStatus | undefined =>
  step(contractFlow, from, move)

/** The states in which the contract binds, and its rights apply. */
export const inForceStatuses = ['active', 'expiring'] as const satisfies readonly ContractStatus[]
export const isInForce = (status: ContractStatus): boolean =>
  (inForceStatuses as readonly ContractStatus[]).includes(status)

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** The refusal of a move that the flow does not allow: `contract.cannot-renew-when-rescinded`. */
export const cannot = (move: ContractMove, status: ContractStatus): string =>
  `contract.cannot-${kebab(move)}-when-${kebab(status)}`

/** The way a contract goes when all is well, for the state line. */
export const mainLine: readonly ContractStatus[] = ['pendingReview', 'active', 'expiring', 'renewed']

/** Why a contract ends before its time. */
export const rescindReason = z.enum([
  'residentWish',
  'notServed',
  'feeUnpaid',
  'wrongEntry',
  'teamUnable',
  'other',
])
export const terminateReason = z.enum(['died', 'moved', 'duplicate', 'other'])
/** Why a team does not take an applicant. */
export const declineReason = z.enum(['panelFull', 'notOurArea', 'notReached', 'other'])
export const endReason = z.enum([
  ...rescindReason.options,
  ...terminateReason.options.filter((one) => one !== 'other'),
  ...declineReason.options.filter((one) => one !== 'other'),
  'withdrawn',
  'teamChanged',
  'renewed',
  'expired',
])
export type EndReason = z.output<typeof endReason>
