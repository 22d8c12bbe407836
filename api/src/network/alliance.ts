import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'
import { institutionKind, specialty, tier } from './institution.ts'

/** 医联体的四种形式: city medical alliance, county medical community, specialty alliance, telemedicine network. */
export const allianceForm = z.enum(['cityAlliance', 'countyCommunity', 'specialtyAlliance', 'teleNetwork'])
export type AllianceForm = z.output<typeof allianceForm>
/** Forms that divide the region into grids; of these an institution is tight in one only. */
export const gridForms: readonly AllianceForm[] = ['cityAlliance', 'countyCommunity']

/** 分层 */
export const layer = z.enum(['inCity', 'outOfCity', 'nationalCentre'])
/** 分级: 协领、紧密、松散 */
export const cooperationGrade = z.enum(['coLed', 'tight', 'loose'])
export type CooperationGrade = z.output<typeof cooperationGrade>
export const membershipRole = z.enum(['lead', 'member', 'partner'])

/** What an agreement in force may switch on between its parties. */
export const service = z.enum([
  'referral',
  'recordSharing',
  'consult',
  'formulary',
  'recognition',
  'diagnostics',
  'outreach',
  'training',
])
export type Service = z.output<typeof service>

export const alliance = z.object({
  id,
  name: text(100),
  shortName: text(30),
  form: allianceForm,
  /** Specialty alliances only. */
  specialty: z.nullable(specialty),
  charter: z.nullable(text(20_000)),
  since: day,
  until: z.nullable(day),
  version: z.number(),
})
export type Alliance = z.output<typeof alliance>

export const membership = z.object({
  id,
  allianceId: id,
  institutionId: id,
  role: membershipRole,
  layer,
  grade: cooperationGrade,
  since: day,
  until: z.nullable(day),
  version: z.number(),
})
export type Membership = z.output<typeof membership>

/** A member as lists show it: the institution's name, kind and place come along. */
export const member = z.object({
  ...membership.shape,
  name: z.string(),
  shortName: z.string(),
  kind: institutionKind,
  tier: z.nullable(tier),
  longitude: z.nullable(z.number()),
  latitude: z.nullable(z.number()),
})
export type Member = z.output<typeof member>

export const allianceLine = z.object({
  ...z.omit(alliance, { charter: true }).shape,
  leadId: z.nullable(id),
  leadName: z.nullable(z.string()),
  members: z.number(),
})
export type AllianceLine = z.output<typeof allianceLine>

/** From which day to which day (inclusive) a grade switches a service on in this alliance. */
export const serviceRule = z.object({
  grade: cooperationGrade,
  service,
  since: day,
  until: z.nullable(day),
})
export type ServiceRule = z.output<typeof serviceRule>

const counted = z.object({ layer, grade: cooperationGrade, role: membershipRole, members: z.number() })

/** The alliance's page: who leads it, how many members of which layer and grade, what each grade switches on. */
export const alliancePage = z.object({
  ...allianceLine.shape,
  charter: z.nullable(z.string()),
  counts: z.array(counted),
  serviceRules: z.array(serviceRule),
  /** The viewer acts for the lead institution and may manage. */
  mayManage: z.boolean(),
  /** The viewer's institution is, or was, in this alliance. */
  belongs: z.boolean(),
})
export type AlliancePage = z.output<typeof alliancePage>

const version = z.number().check(z.int(), z.minimum(1))
const names = { name: text(100), shortName: text(30), charter: z.nullable(text(20_000)) }

export const allianceApi = {
  listAlliances: {
    method: 'GET',
    path: '/alliances',
    summary: 'Alliances of the four forms, with their lead and number of members today',
    may: 'network.read',
    query: z.object({ ...paging, form: z.optional(allianceForm), institutionId: z.optional(id) }),
    returns: page(allianceLine),
  },
  readAlliance: {
    method: 'GET',
    path: '/alliances/:id',
    summary: 'One alliance: lead, members counted by layer and grade, what each grade switches on',
    may: 'network.read',
    params: byId,
    returns: alliancePage,
  },
  foundAlliance: {
    method: 'POST',
    path: '/alliances',
    summary: "Founds an alliance with one's own institution as its lead",
    may: 'network.manage',
    body: z.object({ ...names, form: allianceForm, specialty: z.nullable(specialty), since: day }),
    returns: alliance,
  },
  changeAlliance: {
    method: 'POST',
    path: '/alliances/:id/change',
    summary: 'Changes name and charter of an alliance that one leads',
    may: 'network.manage',
    params: byId,
    body: z.object({ ...names, version }),
    returns: alliance,
  },
  listMembers: {
    method: 'GET',
    path: '/alliances/:id/members',
    summary:
      'Members by layer and grade; `on` gives those of another day, `all` the earlier and later ones too',
    may: 'network.read',
    params: byId,
    query: z.object({
      ...paging,
      layer: z.optional(layer),
      grade: z.optional(cooperationGrade),
      on: z.optional(day),
      all: z._default(z.stringbool(), false),
    }),
    returns: page(member),
  },
  addMember: {
    method: 'POST',
    path: '/alliances/:id/members',
    summary: 'Takes an institution into an alliance that one leads',
    may: 'network.manage',
    params: byId,
    body: z.object({
      institutionId: id,
      role: z.enum(['member', 'partner']),
      layer,
      grade: cooperationGrade,
      since: day,
      until: z.nullable(day),
    }),
    returns: membership,
  },
  changeMember: {
    method: 'POST',
    path: '/memberships/:id/change',
    summary: 'Changes role, layer or grade of a member from a day on; what was before stays readable',
    may: 'network.manage',
    params: byId,
    body: z.object({
      role: z.enum(['member', 'partner']),
      layer,
      grade: cooperationGrade,
      since: day,
      until: z.nullable(day),
      version,
    }),
    returns: membership,
  },
  endMember: {
    method: 'POST',
    path: '/memberships/:id/end',
    summary: 'Ends a membership with its last day; refused while an agreement binds the member longer',
    may: 'network.manage',
    params: byId,
    body: z.object({ until: day, version }),
    returns: membership,
  },
  handLead: {
    method: 'POST',
    path: '/alliances/:id/lead',
    summary: 'Hands the lead to another member from a day on; there is exactly one lead on every day',
    may: 'network.manage',
    params: byId,
    body: z.object({ institutionId: id, since: day, version }),
    returns: alliance,
  },
  setServices: {
    method: 'POST',
    path: '/alliances/:id/services',
    summary: 'Sets what agreements of one grade switch on from a day on; earlier days keep their rule',
    may: 'network.manage',
    params: byId,
    body: z.object({
      grade: cooperationGrade,
      services: z.array(service).check(z.maxLength(20)),
      since: day,
      version,
    }),
    returns: z.object({ serviceRules: z.array(serviceRule) }),
  },
} as const satisfies Api
