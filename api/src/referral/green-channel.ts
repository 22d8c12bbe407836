import * as z from 'zod/mini'
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
  late: z.boolean(),
})
export type ChainLink = z.output<typeof chainLink>

const entitlement = z.object({
  code: z.string(),
  granted: z.boolean(),
  reason: z.string(),
  ruleId: z.string(),
})

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
  /** A bed held for this patient. */
  reserved: z.boolean(),
  entitlements: z.array(entitlement),
  acknowledgedAt: z.nullable(moment),
  closedAt: z.nullable(moment),
  chain: z.array(chainLink),
  mayAcknowledge: z.boolean(),
  mayStamp: z.boolean(),
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
    may: 'referral.read',
    params: byId,
    body: z.object({ link: greenLink, at: z.optional(moment) }),
    returns: greenChannel,
  },
  closeGreenChannel: {
    method: 'POST',
    path: '/green-channels/:id/close',
    summary: 'The patient is in care; the channel leaves the board and stays readable.',
    may: 'referral.receive',
    params: byId,
    returns: greenChannel,
  },
} as const satisfies Api
