import * as z from 'zod/mini'
import { type Api, byId, type Flow, id, moment, page, paging, step } from '../kernel.ts'
import { practitionerKind } from '../workforce/practitioner.ts'
import { fundSource, share } from './package.ts'

/** calculated: may be run again · reviewed: a person has looked at it · closed: paid out, never changed again. */
export const settlementStatus = z.enum(['calculated', 'reviewed', 'closed'])
export type SettlementStatus = z.output<typeof settlementStatus>
export const settlementMoves = ['review', 'reopen', 'close'] as const
export type SettlementMove = (typeof settlementMoves)[number]

export const settlementFlow: Flow<SettlementStatus> = {
  calculated: { review: 'reviewed' },
  reviewed: { reopen: 'calculated', close: 'closed' },
  closed: {},
}
export const nextSettlement = (from: SettlementStatus, move: SettlementMove): SettlementStatus | undefined =>
  step(settlementFlow, from, move)

/** A share of a whole by its two counts; null where nobody knows. */
const rate = z.nullable(z.object({ have: z.number(), should: z.number() }))
const threeParts = { fulfilment: rate, satisfaction: rate, control: rate }

export const settlementRule = z.object({
  /** What each part weighs; one that is unknown is left out, and the others carry its weight. */
  weights: z.object({ fulfilment: z.number(), satisfaction: z.number(), control: z.number() }),
  points: z.record(practitionerKind, z.number()),
  leaderPoints: z.number(),
})
export type SettlementRule = z.output<typeof settlementRule>

export const settlementMember = z.object({
  practitionerId: id,
  name: z.string(),
  kind: practitionerKind,
  leads: z.boolean(),
  points: z.number(),
})
export type SettlementMember = z.output<typeof settlementMember>

/** Everything a settlement was calculated from, as it was then. */
export const settlementInputs = z.object({
  contracts: z.number(),
  fee: z.array(share),
  ...threeParts,
  /** How many were asked how content they are, and answered; fewer answers than `least` are left out. */
  surveyed: z.optional(z.object({ asked: z.number(), answered: z.number(), least: z.number() })),
  members: z.array(settlementMember),
  rule: settlementRule,
  ruleSource: z.string(),
})
export type SettlementInputs = z.output<typeof settlementInputs>

export const settlementLine = z.object({
  id,
  teamId: id,
  team: z.string(),
  year: z.number(),
  status: settlementStatus,
  factorPermille: z.number(),
  feeFen: z.number(),
  sharedFen: z.number(),
  contracts: z.number(),
  runAt: moment,
  reviewedAt: z.nullable(moment),
  closedAt: z.nullable(moment),
})
export type SettlementLine = z.output<typeof settlementLine>

export const settlementEntry = z.object({
  account: z.enum(['source', 'person', 'withheld']),
  fund: fundSource,
  practitionerId: z.nullable(id),
  fen: z.number(),
})
export type SettlementEntry = z.output<typeof settlementEntry>

export const settlement = z.extend(settlementLine, {
  inputs: settlementInputs,
  entries: z.array(settlementEntry),
  moves: z.array(z.enum(settlementMoves)),
})
export type Settlement = z.output<typeof settlement>

/** What one person is given of a team's year, and by what it was reckoned. */
export const statement = z.object({
  settlementId: id,
  team: z.string(),
  year: z.number(),
  status: settlementStatus,
  practitionerId: id,
  name: z.string(),
  kind: practitionerKind,
  leads: z.boolean(),
  points: z.number(),
  /** Of all members together. */
  teamPoints: z.number(),
  factorPermille: z.number(),
  /** What the team shares out, and of it this person's part by source. */
  sharedFen: z.number(),
  parts: z.array(share),
  fen: z.number(),
})
export type Statement = z.output<typeof statement>

const move = (verb: SettlementMove, summary: string) =>
  ({
    method: 'POST',
    path: `/contract-settlements/:id/${verb}`,
    summary,
    may: 'contract.manage',
    params: byId,
    returns: settlementLine,
  }) as const

export const settlementApi = {
  listSettlements: {
    method: 'GET',
    path: '/contract-settlements',
    summary: 'How the contract fees of my institution’s teams were shared out, newest year first.',
    may: 'contract.manage',
    query: z.object({ year: z.optional(z.coerce.number()), ...paging }),
    returns: page(settlementLine),
  },
  runSettlements: {
    method: 'POST',
    path: '/contract-settlements',
    summary: 'Calculates a year for every team; what is reviewed or closed stays as it is.',
    may: 'contract.manage',
    body: z.object({ year: z.number().check(z.int(), z.minimum(2015), z.maximum(2100)) }),
    returns: z.object({ calculated: z.number(), kept: z.number() }),
  },
  readSettlement: {
    method: 'GET',
    path: '/contract-settlements/:id',
    summary: 'One settlement with its frozen inputs, its ledger and what each person is given.',
    may: 'contract.manage',
    params: byId,
    returns: settlement,
  },
  listStatements: {
    method: 'GET',
    path: '/contract-statements',
    summary: 'What each person of my institution’s teams is given of a year, and why.',
    may: 'contract.manage',
    query: z.object({ year: z.coerce.number(), ...paging }),
    returns: page(statement),
  },
  printStatement: {
    method: 'GET',
    path: '/contract-settlements/:id/statements/:practitionerId',
    summary: 'One person’s statement on paper.',
    may: 'contract.manage',
    params: z.object({ id, practitionerId: id }),
    returns: { media: 'application/pdf' },
  },
  listOwnStatements: {
    method: 'GET',
    path: '/contract-statements/mine',
    summary: 'What I am given, year by year, and why.',
    may: 'contract.serve',
    query: z.object(paging),
    returns: page(statement),
  },
  printOwnStatement: {
    method: 'GET',
    path: '/contract-statements/mine/:id',
    summary: 'My statement of one settlement on paper.',
    may: 'contract.serve',
    params: byId,
    returns: { media: 'application/pdf' },
  },
  reviewSettlement: move('review', 'A person has looked at it; it is not calculated again.'),
  reopenSettlement: move('reopen', 'It may be calculated again.'),
  closeSettlement: move('close', 'Closes it for ever; only for a year that is over.'),
} as const satisfies Api
