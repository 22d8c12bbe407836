import * as z from 'zod/mini'
import { type Api, byId, id, moment, openMove, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { crewMember, equipment, escort, isolationGroup, vehicleKind } from './fleet.ts'
import { missionStatus, missionStatuses } from './flow.ts'
import { option, plan } from './plan.ts'
import { missionKind, missionUrgency } from './urgency.ts'

const note = z._default(z.string().check(z.trim(), z.maxLength(1000)), '')

/** What the patient needs on the way; a vehicle that lacks any of it is not suitable. */
export const needs = z.object({
  equipment: z._default(z.array(equipment).check(z.maxLength(9)), []),
  escort: z._default(escort, 'none'),
  isolation: z._default(z.nullable(isolationGroup), null),
  /** Only a helicopter is fast enough, or no road leads there. */
  byAir: z._default(z.boolean(), false),
})
export type Needs = z.output<typeof needs>

/** Why it was called off, or ended without the patient (拒送、空返、死亡 …). */
export const endReason = z.enum([
  'noLongerNeeded',
  'patientRefused',
  'patientDied',
  'otherTransport',
  'weather',
  'roadBlocked',
  'writtenInError',
  'other',
])
export const recallReason = z.enum(['breakdown', 'moreUrgentElsewhere', 'crewUnfit', 'weather', 'other'])

/** Consciousness as pre-hospital care notes it: alert, to voice, to pain, none (AVPU). */
export const consciousness = z.enum(['alert', 'voice', 'pain', 'unresponsive'])
const measured = (min: number, max: number) =>
  z._default(z.nullable(z.number().check(z.minimum(min), z.maximum(max))), null)
/** 12.1: what is measured on the way; what was not measured is not recorded. */
export const vitalSigns = z.object({
  heartRate: measured(0, 300),
  systolic: measured(0, 350),
  diastolic: measured(0, 250),
  spo2: measured(0, 100),
  breaths: measured(0, 90),
  temperature: measured(20, 46),
  glucose: measured(0, 60),
  consciousness: z._default(z.nullable(consciousness), null),
  note,
})
export type VitalSigns = z.output<typeof vitalSigns>

export const signature = z.object({ name: z.string(), at: moment, note: z.string() })
const weatherValue = z._default(z.nullable(z.number().check(z.minimum(0), z.maximum(20_000))), null)
/** What was read of the weather; a site with a limit asks for the value that it limits. */
export const weatherRead = z.object({
  visibilityM: weatherValue,
  ceilingM: weatherValue,
  windMs: weatherValue,
})
export type WeatherRead = z.output<typeof weatherRead>
/** Whether a helicopter may fly: recorded by a person, with the reason and the weather they looked at. */
export const flightRelease = z.object({
  go: z.boolean(),
  reason: z.string(),
  weather: z.string(),
  contraindications: z.string(),
  ...weatherRead.shape,
  by: z.string(),
  at: moment,
})
export const disinfection = z.object({ method: z.string(), by: z.string(), at: moment })
/** Whether the ride is free to the resident, why, and by which rule; null where no rule was asked. */
export const entitlement = z.object({ free: z.boolean(), reason: z.string(), ruleId: z.nullable(z.string()) })

const institution = z.object({ id, name: z.string(), shortName: z.string() })
export const missionLine = z.object({
  id,
  number: z.string(),
  kind: missionKind,
  urgency: missionUrgency,
  status: missionStatus,
  resident: residentCard,
  from: institution,
  to: institution,
  vehicle: z.nullable(z.object({ id, name: z.string(), plate: z.string(), kind: vehicleKind })),
  since: moment,
  due: z.nullable(moment),
  /** When the patient is reached, then when they arrive. */
  expectedAt: z.nullable(moment),
  calledAt: moment,
  /** What it is for: `referral:<id>`. */
  thing: z.nullable(z.string()),
  entitlement: z.nullable(entitlement),
  version: z.number(),
})
export type MissionLine = z.output<typeof missionLine>

export const missionStep = z.object({
  id,
  at: moment,
  move: z.string(),
  from: z.nullable(missionStatus),
  to: missionStatus,
  by: z.string(),
  institution: z.nullable(z.string()),
  comment: z.nullable(z.string()),
})
export const vital = z.extend(vitalSigns, { id, at: moment, by: z.string() })
export type Vital = z.output<typeof vital>

export const mission = z.extend(missionLine, {
  needs,
  note: z.string(),
  carrier: z.nullable(institution),
  desk: institution,
  crew: z.array(crewMember),
  flight: z.nullable(flightRelease),
  handedByCrew: z.nullable(signature),
  takenByReceiver: z.nullable(signature),
  disinfection: z.nullable(disinfection),
  ending: z.nullable(z.object({ reason: endReason, note: z.string() })),
  owner: z.nullable(z.object({ institution, duty: z.string() })),
  moves: z.array(openMove),
  steps: z.array(missionStep),
  vitals: z.array(vital),
})
export type Mission = z.output<typeof mission>

export const missionBrief = z.object({
  id,
  number: z.string(),
  status: missionStatus,
  due: z.nullable(moment),
  expectedAt: z.nullable(moment),
  version: z.number(),
})
export type MissionBrief = z.output<typeof missionBrief>

const statusList = z.codec(
  z.string().check(z.maxLength(200)),
  z.array(missionStatus).check(z.maxLength(missionStatuses.length)),
  {
    decode: (list) => list.split(',') as z.output<typeof missionStatus>[],
    encode: (list) => list.join(','),
  },
)

const move = (verb: string, may: `dispatch.${string}`, summary: string) =>
  ({
    method: 'POST',
    path: `/missions/:id/${verb}` as const,
    may,
    summary,
    params: byId,
    returns: missionBrief,
  }) as const

export const missionApi = {
  call: {
    method: 'POST',
    path: '/missions',
    summary: 'Calls for transport of a resident from one institution to another.',
    may: 'dispatch.call',
    body: z.object({
      residentId: id,
      toInstitutionId: id,
      kind: missionKind,
      urgency: missionUrgency,
      /** The caller's judgement that the patient is critically ill; waivers may ask for it. */
      critical: z._default(z.boolean(), false),
      needs,
      note,
      /** What it is for: `referral:<id>`. */
      thing: z._default(z.nullable(z.string().check(z.regex(/^referral:[0-9a-f-]{36}$/))), null),
    }),
    returns: missionBrief,
  },
  listMissions: {
    method: 'GET',
    path: '/missions',
    summary: 'The missions my institution calls, dispatches, drives or receives.',
    may: 'dispatch.read',
    query: z.object({
      status: z.optional(statusList),
      kind: z.optional(missionKind),
      urgency: z.optional(missionUrgency),
      mine: z.optional(z.enum(['desk', 'carrier', 'from', 'to'])),
      thing: z.optional(text(60)),
      residentId: z.optional(id),
      overdue: z.optional(z.stringbool()),
      sort: z._default(z.enum(['due', 'newest']), 'newest'),
      ...paging,
    }),
    returns: page(missionLine),
  },
  readMission: {
    method: 'GET',
    path: '/missions/:id',
    summary: 'One mission whole: story, vital signs, signatures, and what this viewer may do.',
    may: 'dispatch.read',
    params: byId,
    returns: mission,
  },
  listOptions: {
    method: 'GET',
    path: '/missions/:id/options',
    summary: 'The vehicles for a mission, suitable ones first, by the time they need over the open roads.',
    may: 'dispatch.dispatch',
    params: byId,
    returns: z.array(option),
  },
  plan: {
    method: 'GET',
    path: '/dispatch-plan',
    summary: 'Proposes a vehicle for every open mission of this desk at once, the least weighted waiting.',
    may: 'dispatch.dispatch',
    returns: plan,
  },
  dispatch: {
    ...move('dispatch', 'dispatch.dispatch', 'Sends a vehicle, or another one instead.'),
    body: z.object({ vehicleId: id, comment: note }),
  },
  recall: {
    ...move('recall', 'dispatch.dispatch', 'Calls the vehicle off; the mission waits for another one.'),
    body: z.object({ reason: recallReason, comment: note }),
  },
  depart: { ...move('depart', 'dispatch.drive', 'The vehicle sets out.'), body: z.object({ comment: note }) },
  reach: {
    ...move('reach', 'dispatch.drive', 'The vehicle is with the patient.'),
    body: z.object({ comment: note }),
  },
  leave: {
    ...move('leave', 'dispatch.drive', 'The patient is aboard and the vehicle leaves the scene.'),
    body: z.object({ comment: note }),
  },
  arrive: {
    ...move('arrive', 'dispatch.drive', 'The vehicle has reached the receiving institution.'),
    body: z.object({ comment: note }),
  },
  handOver: {
    ...move(
      'hand-over',
      'dispatch.sign',
      'Signs the hand-over for one side; it is done when both have signed.',
    ),
    body: z.object({ signerName: text(50), comment: note }),
  },
  makeReady: {
    ...move(
      'make-ready',
      'dispatch.drive',
      'The vehicle is ready again; after an isolated patient only disinfected.',
    ),
    body: z.object({ disinfection: z._default(z.nullable(text(200)), null), comment: note }),
  },
  cancel: {
    ...move('cancel', 'dispatch.call', 'Calls the mission off before the vehicle has set out.'),
    body: z.object({ reason: endReason, comment: note }),
  },
  abort: {
    ...move(
      'abort',
      'dispatch.drive',
      'Ends it on the way without the patient: refused, returned empty, died.',
    ),
    body: z.object({ reason: endReason, comment: note }),
  },
  releaseFlight: {
    ...move('flight', 'dispatch.dispatch', 'Records whether a helicopter may fly, and why: go or no-go.'),
    body: z.object({
      go: z.boolean(),
      reason: text(300),
      weather: text(300),
      contraindications: text(300),
      ...weatherRead.shape,
    }),
  },
  addVitals: {
    method: 'POST',
    path: '/missions/:id/vitals',
    summary: 'Adds vital signs measured on the way; the receiver sees them at once.',
    may: 'dispatch.drive',
    params: byId,
    body: vitalSigns,
    returns: vital,
  },
} as const satisfies Api
