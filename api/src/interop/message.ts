import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'

export const messageDirection = z.enum(['in', 'out'])
export type MessageDirection = z.output<typeof messageDirection>

/** Waiting for its turn, done, in error, mended (a copy of it is done), or set aside by a person. */
export const messageState = z.enum(['waiting', 'done', 'failed', 'mended', 'setAside'])
export type MessageState = z.output<typeof messageState>

export const messageCharset = z.enum(['utf-8', 'gb18030', 'latin1'])
export type MessageCharset = z.output<typeof messageCharset>

export const messageLine = z.object({
  id,
  direction: messageDirection,
  road: z.enum(['mllp', 'http', 'console']),
  /** `ADT^A01`. */
  kind: z.string(),
  application: z.string(),
  facility: z.string(),
  controlId: z.string(),
  state: messageState,
  charset: messageCharset,
  at: moment,
  doneAt: z.nullable(moment),
  tries: z.number(),
  /** Why it is in error. */
  problem: z.nullable(z.object({ code: z.string(), place: z.string(), text: z.string() })),
  /** The message of which this one is the mended copy. */
  mendsId: z.nullable(id),
})
export type MessageLine = z.output<typeof messageLine>

export const wholeMessage = z.extend(messageLine, {
  clientId: z.nullable(z.string()),
  text: z.string(),
  answer: z.nullable(z.string()),
  residentId: z.nullable(id),
  /** What became of it, as `Type/id`. */
  made: z.array(z.string()),
  note: z.nullable(z.string()),
  /** Mended copies of this one, the latest first. */
  copies: z.array(z.object({ id, state: messageState, at: moment })),
})
export type WholeMessage = z.output<typeof wholeMessage>

const newPartner = z.object({
  name: text(100),
  facility: text(180),
  application: z.string().check(z.trim(), z.maxLength(180)),
  clientId: text(100),
  charset: z.nullable(messageCharset),
})

/** Where a partner listens: `host:port` over MLLP, or an address of HTTP. */
const destinationFacts = {
  road: z.enum(['mllp', 'http']),
  address: text(500),
  /** MLLP inside TLS; the road says it itself where it is HTTP. */
  secured: z.boolean(),
  charset: z.enum(['utf-8', 'gb18030']),
  timeoutSeconds: z.number().check(z.int(), z.minimum(1), z.maximum(120)),
}
const newDestination = z.object({
  ...destinationFacts,
  /** The certificate (PEM) of who vouches for it, where that is nobody the machine knows; left out: as before. */
  authority: z.optional(z.string().check(z.trim(), z.maxLength(20_000))),
  /** What HTTP sends as `Authorization`; left out: as before, empty: nothing. */
  authorization: z.optional(z.string().check(z.trim(), z.maxLength(2_000))),
})
export type NewDestination = z.output<typeof newDestination>

const destination = z.object({
  ...destinationFacts,
  hasAuthority: z.boolean(),
  hasAuthorization: z.boolean(),
  /** Messages that have not arrived yet. */
  waiting: z.number(),
  arrivedAt: z.nullable(moment),
  /** Failures in a row, since when, why, and when it is tried again. */
  tries: z.number(),
  failingSince: z.nullable(moment),
  problem: z.nullable(z.string()),
  nextTryAt: z.nullable(moment),
})
export type Destination = z.output<typeof destination>

export const partnerLine = z.extend(newPartner, {
  id,
  addedAt: moment,
  /** Where what happens is sent; null: it only sends to us. */
  destination: z.nullable(destination),
})
export type PartnerLine = z.output<typeof partnerLine>

/** HL7 v2 for the IT department of an institution. */
export const messageApi = {
  listMessages: {
    method: 'GET',
    path: '/messages',
    summary: 'Messages of HL7 v2 in and out, the latest first.',
    may: 'it.operate',
    query: z.object({
      ...paging,
      direction: z.optional(messageDirection),
      state: z.optional(messageState),
      kind: z.optional(text(20)),
      controlId: z.optional(text(200)),
      from: z.optional(moment),
      to: z.optional(moment),
    }),
    returns: page(messageLine),
  },
  countMessages: {
    method: 'GET',
    path: '/message-counts',
    summary: 'How many messages are in error, wait, came in and went out since yesterday.',
    may: 'it.operate',
    returns: z.object({ failed: z.number(), waiting: z.number(), in: z.number(), out: z.number() }),
  },
  readMessage: {
    method: 'GET',
    path: '/messages/:id',
    summary: 'One message as it came, with its answer; the opening is logged where it is about a resident.',
    may: 'it.operate',
    params: byId,
    returns: wholeMessage,
  },
  mendMessage: {
    method: 'POST',
    path: '/messages/:id/mend',
    summary: 'Processes or sends a corrected copy of a message in error; the original stays as it is.',
    may: 'it.operate',
    params: byId,
    body: z.object({ text: z.string().check(z.minLength(8), z.maxLength(1_000_000)), note: text(500) }),
    returns: messageLine,
  },
  replayMessage: {
    method: 'POST',
    path: '/messages/:id/replay',
    summary: 'Does a message again as it is: one that came in is processed, one that goes out is sent.',
    may: 'it.operate',
    params: byId,
    body: z.object({}),
    returns: messageLine,
  },
  setMessageAside: {
    method: 'POST',
    path: '/messages/:id/set-aside',
    summary: 'Takes a message in error, or one that waits to be sent, off the list, with the reason.',
    may: 'it.operate',
    params: byId,
    body: z.object({ note: text(500) }),
    returns: messageLine,
  },
  listPartners: {
    method: 'GET',
    path: '/message-partners',
    summary: 'The systems that speak HL7 v2 with us for this institution.',
    may: 'it.operate',
    query: z.object(paging),
    returns: page(partnerLine),
  },
  addPartner: {
    method: 'POST',
    path: '/message-partners',
    summary: 'Registers a sending facility for a client of this institution.',
    may: 'it.operate',
    body: newPartner,
    returns: partnerLine,
  },
  setDestination: {
    method: 'POST',
    path: '/message-partners/:id/destination',
    summary: 'Says where a partner is sent what becomes of referrals (REF, RRI), or that nothing is sent.',
    may: 'it.operate',
    params: byId,
    body: z.object({ destination: z.nullable(newDestination) }),
    returns: partnerLine,
  },
  sendNow: {
    method: 'POST',
    path: '/message-partners/:id/send',
    summary: 'Tries a partner at once that is to be tried later.',
    may: 'it.operate',
    params: byId,
    body: z.object({}),
    returns: partnerLine,
  },
  endPartner: {
    method: 'POST',
    path: '/message-partners/:id/end',
    summary: 'Ends a registration: what it sends over MLLP is refused from then on.',
    may: 'it.operate',
    params: byId,
    body: z.object({}),
    returns: partnerLine,
  },
} as const satisfies Api
