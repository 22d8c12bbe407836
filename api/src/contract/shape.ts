import * as z from 'zod/mini'
import { day, id, moment, openMove, text } from '../kernel.ts'
import { relation, residentCard } from '../resident/person.ts'
import { contractStatus, endReason } from './flow.ts'
import { packageLevel, serviceItem, share } from './package.ts'

/** How the resident signed: drawn on the screen, by a code sent to their phone, on paper (scanned or kept). */
export const signatureKind = z.enum(['drawn', 'sms', 'paper'])
export type SignatureKind = z.output<typeof signatureKind>

export const signature = z
  .object({
    kind: signatureKind,
    signer: text(50),
    relation: z._default(relation, '0'),
    /** The picture of what was drawn, or the scan. */
    hash: z._default(z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))), null),
    /** The code that came by SMS. */
    code: z._default(z.nullable(z.string().check(z.regex(/^\d{6}$/))), null),
  })
  .check(
    z.refine((s) => s.kind !== 'drawn' || s.hash !== null, { path: ['hash'], error: 'signature-missing' }),
    z.refine((s) => s.kind !== 'sms' || s.code !== null, { path: ['code'], error: 'code-missing' }),
  )
export type Signature = z.output<typeof signature>

/** Where the contract came about. */
export const channel = z.enum(['desk', 'home', 'phone', 'bulk'])
export type Channel = z.output<typeof channel>

/** A package as it was when the contract was signed; later versions do not touch it. */
export const frozenPackage = z.object({
  id,
  code: z.string(),
  version: z.number(),
  name: z.string(),
  level: packageLevel,
  fee: z.array(share),
  items: z.array(serviceItem),
})
export type FrozenPackage = z.output<typeof frozenPackage>

export const consentText = z.object({
  version: z.string(),
  title: z.string(),
  text: z.string(),
  since: day,
  /** SHA-256 of the text; kept with what was signed. */
  hash: z.string(),
})
export type ConsentText = z.output<typeof consentText>

const named = z.object({ id, name: z.string() })

/** One line of the list of contracts. */
export const contractLine = z.object({
  id,
  number: z.string(),
  status: contractStatus,
  /** Signed, but begins only when the one before has run out. */
  upcoming: z.boolean(),
  resident: residentCard,
  community: named,
  team: named,
  teamPhone: z.nullable(z.string()),
  doctor: named,
  secondary: z.nullable(named),
  tertiary: z.nullable(named),
  packages: z.array(z.string()),
  feeFen: z.number(),
  startsOn: day,
  endsOn: day,
  channel,
  since: moment,
  version: z.number(),
})
export type ContractLine = z.output<typeof contractLine>

export const contractStep = z.object({
  id,
  at: moment,
  move: z.string(),
  from: z.nullable(contractStatus),
  to: contractStatus,
  by: z.string(),
  institution: z.nullable(z.string()),
  comment: z.nullable(z.string()),
})
export type ContractStep = z.output<typeof contractStep>

/** How many services are due, done, refused, lapsed. */
export const fulfilment = z.object({
  due: z.number(),
  done: z.number(),
  refused: z.number(),
  lapsed: z.number(),
  /** Of those that should have been done by today. */
  shouldHave: z.number(),
})
export type Fulfilment = z.output<typeof fulfilment>

export const contract = z.extend(contractLine, {
  frozen: z.array(frozenPackage),
  shares: z.array(share),
  consentVersion: z.string(),
  consentHash: z.string(),
  signature: z.nullable(
    z.object({ kind: signatureKind, signer: z.string(), relation, hash: z.nullable(z.string()) }),
  ),
  household: z.array(z.object({ contractId: id, resident: residentCard })),
  appliedAt: z.nullable(moment),
  signedAt: z.nullable(moment),
  endedOn: z.nullable(day),
  ending: z.nullable(z.object({ reason: endReason, note: z.string(), unserved: z.number() })),
  prevId: z.nullable(id),
  nextId: z.nullable(id),
  moves: z.array(openMove),
  steps: z.array(contractStep),
})
export type Contract = z.output<typeof contract>

export const contractBrief = z.object({
  id,
  number: z.string(),
  residentId: id,
  status: contractStatus,
  startsOn: day,
  endsOn: day,
  version: z.number(),
})
export type ContractBrief = z.output<typeof contractBrief>
