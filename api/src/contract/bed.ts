import * as z from 'zod/mini'
import { type Api, byId, day, type Flow, id, moment, openMove, page, paging, step, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { measured } from './fulfilment.ts'
import { consentText, signature } from './shape.ts'

export const bedStatuses = ['proposed', 'open', 'closed', 'declined'] as const
export const bedStatus = z.enum(bedStatuses)
export type BedStatus = (typeof bedStatuses)[number]
export const bedMoves = ['open', 'decline', 'close'] as const
export type BedMove = (typeof bedMoves)[number]

/** A home bed 家庭病床: proposed by the team, open once its agreement is signed, closed with an outcome. */
export const bedFlow: Flow<BedStatus> = {
  proposed: { open: 'open', decline: 'declined' },
  open: { close: 'closed' },
  closed: {},
  declined: {},
}
export const nextBed = (from: BedStatus, move: BedMove): BedStatus | undefined => step(bedFlow, from, move)
export const bedLine = ['proposed', 'open', 'closed'] as const satisfies readonly BedStatus[]

/** Why somebody is cared for in a bed at home; which of these a place accepts, its own rules say (`bedIndicationRule`). */
export const bedIndication = z.enum([
  'bedridden',
  'afterStay',
  'rehabilitation',
  'chronic',
  'palliative',
  'other',
])
export type BedIndication = z.output<typeof bedIndication>

export const bedOutcome = z.enum([
  'recovered',
  'improved',
  'stable',
  'hospital',
  'died',
  'wished',
  'moved',
  'other',
])
export type BedOutcome = z.output<typeof bedOutcome>
export const bedNoteKind = z.enum(['round', 'nursing', 'review'])
export type BedNoteKind = z.output<typeof bedNoteKind>
export const orderPeriod = z.enum(['day', 'week', 'month', 'asNeeded'])

const named = z.object({ id, name: z.string() })

/** What the nurses are to do, how often, until when. */
export const bedOrder = z.object({
  id,
  what: z.string(),
  times: z.number(),
  per: orderPeriod,
  since: day,
  until: z.nullable(day),
  orderedBy: z.string(),
  stoppedAt: z.nullable(moment),
  stoppedBy: z.nullable(z.string()),
  /** How often it was carried out, and when last. */
  done: z.number(),
  lastAt: z.nullable(moment),
})
export type BedOrder = z.output<typeof bedOrder>

export const bedNote = z.object({
  id,
  kind: bedNoteKind,
  at: moment,
  by: z.string(),
  text: z.string(),
  measurements: z.array(measured),
  /** The orders that were carried out. */
  carriedOut: z.array(z.string()),
  visitId: z.nullable(id),
})
export type BedNote = z.output<typeof bedNote>

/** What a bed costs: how often each item was given, and its price where one is known. */
export const bedFeeCode = z.enum(['opening', 'round', 'nursing'])
export type BedFeeCode = z.output<typeof bedFeeCode>
export const bedFee = z.object({
  code: bedFeeCode,
  since: z.nullable(day),
  /** null: nobody has entered a price, which is said and not guessed. */
  fen: z.nullable(z.number()),
  source: z.nullable(z.string()),
})
export type BedFee = z.output<typeof bedFee>

export const bedRow = z.object({
  id,
  number: z.string(),
  status: bedStatus,
  resident: residentCard,
  contractId: id,
  doctor: named,
  nurse: z.nullable(named),
  indication: bedIndication,
  diagnosis: z.string(),
  openedOn: z.nullable(day),
  closedOn: z.nullable(day),
  reviewOn: z.nullable(day),
  lastAt: z.nullable(moment),
  outcome: z.nullable(bedOutcome),
  since: moment,
})
export type BedRow = z.output<typeof bedRow>

export const bed = z.extend(bedRow, {
  plan: z.string(),
  /** The document by which a bed is opened for this; null where it was proposed without one. */
  indicationSource: z.nullable(z.string()),
  reviewDays: z.number(),
  summary: z.nullable(z.string()),
  signer: z.nullable(z.string()),
  consentVersion: z.nullable(z.string()),
  contractInForce: z.boolean(),
  orders: z.array(bedOrder),
  notes: z.array(bedNote),
  fees: z.array(z.extend(bedFee, { times: z.number() })),
  moves: z.array(openMove),
})
export type Bed = z.output<typeof bed>

const counts = z.object({
  proposed: z.number(),
  inBed: z.number(),
  reviewOverdue: z.number(),
  opened: z.number(),
  closed: z.number(),
  /** Of the period, day by day. */
  bedDays: z.number(),
})
export const bedCensus = z.extend(counts, {
  community: named,
  outcomes: z.array(z.object({ outcome: bedOutcome, count: z.number() })),
})
export type BedCensus = z.output<typeof bedCensus>

/** A home bed as the resident reads it. */
export const myBed = z.object({
  ...{ id, residentId: id, status: bedStatus, plan: z.string(), doctor: z.string() },
  nurse: z.nullable(z.string()),
  teamPhone: z.nullable(z.string()),
  ...{ openedOn: z.nullable(day), closedOn: z.nullable(day), reviewOn: z.nullable(day) },
  orders: z.array(z.object({ id, what: z.string(), times: z.number(), per: orderPeriod })),
  lastAt: z.nullable(moment),
})
export type MyBed = z.output<typeof myBed>

const days = z.number().check(z.int(), z.minimum(1), z.maximum(180))
const serving = { may: 'contract.serve' } as const
const period = z.object({ from: day, to: day })

export const bedApi = {
  proposeBed: {
    ...{ method: 'POST', path: '/contracts/:id/home-beds', ...serving },
    summary: 'Proposes a bed at home for a resident under contract: why, and what is planned.',
    params: byId,
    body: z.object({
      indication: bedIndication,
      diagnosis: text(200),
      plan: text(4000),
      doctorId: z._default(z.nullable(id), null),
      nurseId: z._default(z.nullable(id), null),
      /** After how many days it is reviewed; the rule's where nothing is said. */
      reviewDays: z._default(z.nullable(days), null),
    }),
    returns: bed,
  },
  listBeds: {
    ...{ method: 'GET', path: '/home-beds', may: 'contract.read' },
    summary: 'The beds at home of my community; those to be reviewed first.',
    query: z.object({
      status: z.optional(bedStatus),
      doctorId: z.optional(id),
      residentId: z.optional(id),
      overdue: z.optional(z.stringbool()),
      ...paging,
    }),
    returns: page(bedRow),
  },
  countBeds: {
    ...{ method: 'GET', path: '/home-beds/census', may: 'contract.read' },
    summary: 'The census of my community: in bed now, opened and closed in a period, with outcomes.',
    query: period,
    returns: bedCensus,
  },
  watchBeds: {
    ...{ method: 'GET', path: '/home-beds/communities', may: 'contract.watch' },
    summary: 'The census of each community of my alliance or region, counts only.',
    query: period,
    returns: z.array(bedCensus),
  },
  readBedConsent: {
    ...{ method: 'GET', path: '/home-beds/consent', may: 'contract.read' },
    summary: 'The agreement that is signed when a bed at home is opened.',
    returns: consentText,
  },
  readBed: {
    ...{ method: 'GET', path: '/home-beds/:id', may: 'contract.read' },
    summary: 'One bed with its plan, orders, notes, what it costs and what this viewer may do.',
    params: byId,
    returns: bed,
  },
  openBed: {
    ...{ method: 'POST', path: '/home-beds/:id/open', ...serving },
    summary: 'The agreement is signed: the bed is open from today.',
    params: byId,
    body: z.object({ consentVersion: text(32), signature }),
    returns: bed,
  },
  declineBed: {
    ...{ method: 'POST', path: '/home-beds/:id/decline', ...serving },
    summary: 'It is not opened, and why.',
    params: byId,
    body: z.object({ note: text(1000) }),
    returns: bed,
  },
  noteBed: {
    ...{ method: 'POST', path: '/home-beds/:id/notes', ...serving },
    summary: 'What a round or a nurse found and did, with the orders carried out.',
    params: byId,
    body: z.object({
      kind: z.enum(['round', 'nursing']),
      at: moment,
      text: text(4000),
      measurements: z._default(z.array(measured).check(z.maxLength(30)), []),
      carriedOut: z._default(z.array(id).check(z.maxLength(30)), []),
    }),
    returns: bed,
  },
  orderBed: {
    ...{ method: 'POST', path: '/home-beds/:id/orders', ...serving },
    summary: 'A physician orders nursing.',
    params: byId,
    body: z.object({
      what: text(200),
      times: z.number().check(z.int(), z.minimum(1), z.maximum(24)),
      per: orderPeriod,
      until: z._default(z.nullable(day), null),
    }),
    returns: bed,
  },
  stopBedOrder: {
    ...{ method: 'POST', path: '/home-bed-orders/:id/stop', ...serving },
    summary: 'An order ends.',
    params: byId,
    returns: bed,
  },
  reviewBed: {
    ...{ method: 'POST', path: '/home-beds/:id/review', ...serving },
    summary: 'A physician has looked whether the bed is still needed; it goes on until the next review.',
    params: byId,
    body: z.object({ text: text(4000), reviewDays: z._default(z.nullable(days), null) }),
    returns: bed,
  },
  closeBed: {
    ...{ method: 'POST', path: '/home-beds/:id/close', ...serving },
    summary: 'Closes it with what came of it; orders and planned visits end with it.',
    params: byId,
    body: z.object({ outcome: bedOutcome, summary: text(4000) }),
    returns: bed,
  },
  listMyBeds: {
    ...{ method: 'GET', path: '/me/home-beds', may: 'signed-in', for: ['resident'] },
    summary: 'My bed at home: the plan, who comes, what is ordered.',
    query: z.object(paging),
    returns: page(myBed),
  },
} as const satisfies Api
