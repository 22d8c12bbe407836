import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { readingKind } from './reading.ts'

/** Why a device serves no more. */
export const endOfDevice = z.enum(['lost', 'broken', 'worn'])
export type EndOfDevice = z.output<typeof endOfDevice>

export const device = z.object({
  id,
  serial: z.string(),
  model: z.string(),
  kinds: z.array(readingKind),
  status: z.enum(['stock', 'lent', 'retired']),
  resident: z.nullable(residentCard),
  since: z.nullable(moment),
  agreement: z.nullable(z.string()),
  signer: z.nullable(z.string()),
  ended: z.nullable(z.object({ at: moment, reason: endOfDevice, note: z.nullable(z.string()) })),
  lastAt: z.nullable(moment),
  /** What it brought last. */
  last: z.nullable(
    z.object({ kind: readingKind, at: moment, value: z.number(), value2: z.nullable(z.number()) }),
  ),
  /** Readings of the last 30 days that were refused. */
  refused: z.number(),
})
export type Device = z.output<typeof device>

/** A message over MQTT that could not be taken, as it came. */
export const strayMessage = z.object({
  id,
  receivedAt: moment,
  topic: z.string(),
  problem: z.string(),
  size: z.number(),
  /** Of a device of this institution; else of nobody's. */
  known: z.boolean(),
  text: z.string(),
})
export type StrayMessage = z.output<typeof strayMessage>

export const deviceApi = {
  listDevices: {
    method: 'GET',
    path: '/devices',
    summary: 'The devices of my institution and who has them; or those a resident has.',
    may: 'careplan.read',
    query: z.object({
      status: z.optional(z.enum(['stock', 'lent', 'retired'])),
      residentId: z.optional(id),
      ...paging,
    }),
    returns: page(device),
  },
  addDevice: {
    method: 'POST',
    path: '/devices',
    summary: 'Takes a device into stock; its token is shown this once.',
    may: 'careplan.follow',
    body: z.object({
      serial: text(60),
      model: text(60),
      kinds: z.array(readingKind).check(z.minLength(1), z.maxLength(8)),
    }),
    returns: z.object({ id, token: z.string() }),
  },
  lendDevice: {
    method: 'POST',
    path: '/devices/:id/lend',
    summary: 'Lends a device to a resident under an agreement; from then on its readings are theirs.',
    may: 'careplan.follow',
    params: byId,
    body: z.object({ residentId: id, agreement: text(500), signer: text(60) }),
    returns: device,
  },
  takeBackDevice: {
    method: 'POST',
    path: '/devices/:id/take-back',
    summary: 'The device is back in stock.',
    may: 'careplan.follow',
    params: byId,
    returns: device,
  },
  endDevice: {
    method: 'POST',
    path: '/devices/:id/end',
    summary: 'The device is lost, broken or worn out: it serves no more, and nothing it sends is taken.',
    may: 'careplan.follow',
    params: byId,
    body: z.object({ reason: endOfDevice, note: z._default(z.nullable(text(500)), null) }),
    returns: device,
  },
  listRefusedReadings: {
    method: 'GET',
    path: '/devices/:id/refused-readings',
    summary: 'What a device sent that cannot be, as it came.',
    may: 'careplan.read',
    params: byId,
    query: z.object(paging),
    returns: page(z.object({ id, receivedAt: moment, problem: z.string(), raw: z.string() })),
  },
  listStrayMessages: {
    method: 'GET',
    path: '/stray-messages',
    summary: 'Messages of devices over MQTT that could not be taken; IT also sees those of unknown devices.',
    may: 'careplan.stray',
    query: z.object(paging),
    returns: page(strayMessage),
  },
} as const satisfies Api
