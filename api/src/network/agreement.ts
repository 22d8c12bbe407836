import * as z from 'zod/mini'
import { type Api, byId, day, type Flow, id, moment, openMove, page, paging, text } from '../kernel.ts'
import { cooperationGrade, service } from './alliance.ts'

export const agreementStatus = z.enum([
  'draft',
  'signing',
  'signed',
  'inForce',
  'renewed',
  'exited',
  'ended',
  'withdrawn',
])
export type AgreementStatus = z.output<typeof agreementStatus>

/**
 * The whole life of an agreement. `complete` comes with the last signature, `enter` and `end` with the first
 * and after the last day, `succeed` when its renewal enters into force; the other moves are people's.
 */
export const agreementFlow = {
  draft: { change: 'draft', propose: 'signing', withdraw: 'withdrawn' },
  signing: { sign: 'signing', complete: 'signed', return: 'draft', withdraw: 'withdrawn' },
  signed: { enter: 'inForce', withdraw: 'withdrawn' },
  inForce: { renew: 'inForce', leave: 'inForce', exit: 'exited', succeed: 'renewed', end: 'ended' },
  renewed: {},
  exited: {},
  ended: {},
  withdrawn: {},
} as const satisfies Flow<AgreementStatus>

/** The moves that people make, in the order of the buttons. */
export const agreementMoves = [
  'change',
  'propose',
  'sign',
  'return',
  'withdraw',
  'renew',
  'leave',
  'exit',
] as const
export type AgreementMove = (typeof agreementMoves)[number]

export const agreement = z.object({
  id,
  number: text(40),
  allianceId: id,
  title: text(120),
  text: text(20_000),
  grade: cooperationGrade,
  parties: z.array(id),
  status: agreementStatus,
  since: day,
  until: day,
  /** The agreement that this one continues. */
  renews: z.nullable(id),
  inForceAt: z.nullable(moment),
  endedAt: z.nullable(moment),
  version: z.number(),
})
export type Agreement = z.output<typeof agreement>

export const signatory = z.object({
  institutionId: id,
  name: z.string(),
  signedAt: z.nullable(moment),
  signerName: z.nullable(z.string()),
  leftAt: z.nullable(moment),
})
export type Signatory = z.output<typeof signatory>

const past = z.object({
  at: moment,
  move: z.string(),
  institutionName: z.nullable(z.string()),
  personName: z.nullable(z.string()),
  note: z.nullable(z.string()),
})

export const agreementLine = z.object({
  ...z.omit(agreement, { text: true }).shape,
  allianceName: z.string(),
  signed: z.number(),
})
export type AgreementLine = z.output<typeof agreementLine>

/** The agreement's page: signatories, what it switches on today, its history, and the viewer's moves. */
export const agreementPage = z.object({
  ...agreement.shape,
  allianceName: z.string(),
  signatories: z.array(signatory),
  services: z.array(service),
  history: z.array(past),
  moves: z.array(openMove),
})
export type AgreementPage = z.output<typeof agreementPage>

const version = z.number().check(z.int(), z.minimum(1))
const parties = z.array(id).check(z.minLength(2), z.maxLength(200))
const words = {
  number: text(40),
  title: text(120),
  text: text(20_000),
  grade: cooperationGrade,
  parties,
  since: day,
  until: day,
}
const note = z.object({ note: text(500) })

const move = (name: string, summary: string, may: 'network.manage' | 'network.sign') =>
  ({
    method: 'POST',
    path: `/agreements/:id/${name}`,
    summary,
    may,
    params: byId,
    returns: agreementPage,
  }) as const

export const agreementApi = {
  listAgreements: {
    method: 'GET',
    path: '/agreements',
    summary: "Agreements one's institution is party to, leads or oversees",
    may: 'network.read',
    query: z.object({
      ...paging,
      allianceId: z.optional(id),
      institutionId: z.optional(id),
      status: z.optional(agreementStatus),
    }),
    returns: page(agreementLine),
  },
  readAgreement: {
    method: 'GET',
    path: '/agreements/:id',
    summary: 'One agreement with its signatories, history and the moves open to the viewer',
    may: 'network.read',
    params: byId,
    returns: agreementPage,
  },
  draftAgreement: {
    method: 'POST',
    path: '/agreements',
    summary: 'Drafts an agreement between members of an alliance that one leads',
    may: 'network.manage',
    body: z.object({ allianceId: id, ...words }),
    returns: agreementPage,
  },
  changeAgreement: {
    ...move('change', 'Changes a draft', 'network.manage'),
    body: z.object({ ...words, version }),
  },
  proposeAgreement: {
    ...move('propose', 'Lays the draft before its parties for signature', 'network.manage'),
    body: z.object({ version }),
  },
  signAgreement: {
    ...move('sign', "Signs for one's own institution exactly the version read", 'network.sign'),
    body: z.object({ signerName: text(40), version }),
  },
  returnAgreement: {
    ...move('return', 'Sends it back to be drafted anew; signatures given so far are void', 'network.sign'),
    body: note,
  },
  withdrawAgreement: {
    ...move('withdraw', 'Takes it back before it is in force', 'network.manage'),
    body: note,
  },
  renewAgreement: {
    ...move('renew', 'Drafts the agreement that continues this one; answers the new draft', 'network.manage'),
    body: z.object({ number: text(40), since: day, until: day }),
  },
  leaveAgreement: {
    ...move('leave', 'One party leaves at once; the others stay bound', 'network.sign'),
    body: note,
  },
  exitAgreement: {
    ...move('exit', 'Ends the agreement for all its parties at once', 'network.sign'),
    body: note,
  },
} as const satisfies Api
