import * as z from 'zod/mini'
import { placeKind, reservationStatus } from '../capacity/flow.ts'
import { missionStatus } from '../dispatch/flow.ts'
import { entitlement as ride, vital } from '../dispatch/mission.ts'
import { type Api, byId, id, moment, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'

/** 胸痛、卒中、创伤、高危孕产妇、危重儿、普通优先 (3.7). */
export const greenKind = z.enum([
  'chestPain',
  'stroke',
  'trauma',
  'highRiskPregnancy',
  'criticalChild',
  'priority',
])
export type GreenKind = z.output<typeof greenKind>

export const greenLink = z.enum([
  'firstContact',
  'firstEcg',
  'arrived',
  'thrombolysis',
  'wire',
  'ct',
  'resuscitation',
  'bloodReport',
  'imaging',
  'operatingRoom',
  'obstetrician',
  'paediatrician',
  'doctor',
])
export type GreenLink = z.output<typeof greenLink>

/** One link of the chain: when it was, how long it took, and how long it may take where a source says so. */
export const chainLink = z.object({
  code: greenLink,
  from: z.string(),
  at: z.nullable(moment),
  minutes: z.nullable(z.number()),
  targetMinutes: z.nullable(z.number()),
  source: z.nullable(z.string()),
  /** Until when it should be reached, once the link it is counted from has been. */
  due: z.nullable(moment),
  late: z.boolean(),
  mayStamp: z.boolean(),
})
export type ChainLink = z.output<typeof chainLink>

const entitlement = z.object({
  code: z.string(),
  granted: z.boolean(),
  reason: z.string(),
  ruleId: z.string(),
})

/** A bed, a seat of a clinic or an examination kept for this patient. */
export const greenPlace = z.object({
  id,
  kind: placeKind,
  name: z.string(),
  /** Of a slot; a bed is kept from now on. */
  at: z.nullable(moment),
  until: z.nullable(moment),
  status: reservationStatus,
})
export type GreenPlace = z.output<typeof greenPlace>

/** How the patient comes: the mission, when it is expected where, and what was measured on the way. */
export const greenTransport = z.object({
  id,
  number: z.string(),
  status: missionStatus,
  vehicle: z.nullable(z.string()),
  expectedAt: z.nullable(moment),
  entitlement: z.nullable(ride),
  vitals: z.array(vital),
})
export type GreenTransport = z.output<typeof greenTransport>

export const greenCloseReason = z.enum(['inCare', 'notComing', 'referralEnded', 'redirected'])
export type GreenCloseReason = z.output<typeof greenCloseReason>

const institution = z.object({ id, name: z.string() })
export const greenChannel = z.object({
  id,
  referralId: id,
  number: z.string(),
  kind: greenKind,
  resident: residentCard,
  from: institution,
  to: institution,
  department: z.nullable(z.string()),
  diagnosis: z.nullable(z.string()),
  openedAt: moment,
  critical: z.boolean(),
  summary: z.string(),
  expectedAt: z.nullable(moment),
  places: z.array(greenPlace),
  transport: z.nullable(greenTransport),
  entitlements: z.array(entitlement),
  acknowledgedAt: z.nullable(moment),
  closedAt: z.nullable(moment),
  closeReason: z.nullable(greenCloseReason),
  chain: z.array(chainLink),
  mayAcknowledge: z.boolean(),
  mayHold: z.boolean(),
  mayClose: z.boolean(),
  version: z.number(),
})
export type GreenChannel = z.output<typeof greenChannel>

export const greenChannelApi = {
  openGreenChannel: {
    method: 'POST',
    path: '/referrals/:id/green-channel',
    summary: 'Opens a green channel: the receiving department is warned at once and must acknowledge.',
    may: 'referral.write',
    params: byId,
    body: z.object({
      kind: greenKind,
      critical: z._default(z.boolean(), false),
      /** The pre-arrival summary: condition, vital signs, what was done. */
      summary: text(2000),
      expectedAt: z._default(z.nullable(moment), null),
    }),
    returns: greenChannel,
  },
  greenChannelOf: {
    method: 'GET',
    path: '/referrals/:id/green-channel',
    summary: 'The green channel of a referral; null where none is open.',
    may: 'referral.read',
    params: byId,
    returns: z.object({ channel: z.nullable(greenChannel) }),
  },
  listGreenChannels: {
    method: 'GET',
    path: '/green-channels',
    summary: 'Open green channels to or from my institution, the newest first; at most 100.',
    may: 'referral.read',
    returns: z.array(greenChannel),
  },
  readGreenChannel: {
    method: 'GET',
    path: '/green-channels/:id',
    summary: 'One green channel: pre-arrival summary, entitlements, chain of times.',
    may: 'referral.read',
    params: byId,
    returns: greenChannel,
  },
  acknowledgeGreenChannel: {
    method: 'POST',
    path: '/green-channels/:id/acknowledge',
    summary: 'The receiver has seen the warning and prepares.',
    may: 'referral.receive',
    params: byId,
    returns: greenChannel,
  },
  stampGreenChannel: {
    method: 'POST',
    path: '/green-channels/:id/stamp',
    summary: 'Records when a link of the chain was reached; never before the link it is counted from.',
    may: 'referral.stamp',
    params: byId,
    body: z.object({ link: greenLink, at: z.optional(moment) }),
    returns: greenChannel,
  },
  holdForGreenChannel: {
    method: 'POST',
    path: '/green-channels/:id/hold',
    summary:
      'The receiver keeps one more place for the patient: a bed, a seat of a clinic or an examination.',
    may: 'referral.receive',
    params: byId,
    body: z.object({ placeId: id }),
    returns: greenChannel,
  },
  closeGreenChannel: {
    method: 'POST',
    path: '/green-channels/:id/close',
    summary: 'The patient is in care, or does not come; what was kept and not used is free again.',
    may: 'referral.receive',
    params: byId,
    body: z.object({ reason: z._default(z.enum(['inCare', 'notComing']), 'inCare') }),
    returns: greenChannel,
  },
} as const satisfies Api
