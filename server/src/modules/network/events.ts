import { allianceForm, cooperationGrade, membershipRole, service } from '@tongmai/api/network/alliance'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const institution = z.object({ id: z.uuid(), code: z.string(), name: z.string() })
const agreement = z.object({
  agreementId: z.uuid(),
  allianceId: z.uuid(),
  institutionIds: z.array(z.uuid()),
})

/** What this module announces; `agreement-in-force` and `agreement-ended` change what others may see and do. */
export const networkEvents = {
  'network.institution-added': institution,
  'network.institution-changed': institution,
  'network.department-changed': z.object({
    departmentId: z.uuid(),
    institutionId: z.uuid(),
    name: z.string(),
    closed: z.boolean(),
  }),
  'network.alliance-founded': z.object({ allianceId: z.uuid(), name: z.string(), form: allianceForm }),
  'network.alliance-changed': z.object({ allianceId: z.uuid(), name: z.string() }),
  'network.member-joined': z.object({
    allianceId: z.uuid(),
    institutionId: z.uuid(),
    role: membershipRole,
    grade: cooperationGrade,
    since: z.string(),
  }),
  'network.member-changed': z.object({
    allianceId: z.uuid(),
    institutionId: z.uuid(),
    grade: cooperationGrade,
    until: z.nullable(z.string()),
  }),
  'network.lead-handed': z.object({
    allianceId: z.uuid(),
    fromId: z.uuid(),
    toId: z.uuid(),
    since: z.string(),
  }),
  'network.services-set': z.object({
    allianceId: z.uuid(),
    grade: cooperationGrade,
    services: z.array(service),
    since: z.string(),
  }),
  'network.agreement-drafted': agreement,
  'network.agreement-changed': agreement,
  'network.agreement-proposed': agreement,
  'network.agreement-signed': z.object({ ...agreement.shape, signedById: z.uuid(), complete: z.boolean() }),
  'network.agreement-returned': z.object({ ...agreement.shape, note: z.string() }),
  'network.agreement-withdrawn': z.object({ ...agreement.shape, note: z.string() }),
  'network.agreement-in-force': z.object({ ...agreement.shape, grade: cooperationGrade }),
  /** `leftId`: only this party left, the others stay bound; null where it ended for all. */
  'network.agreement-ended': z.object({
    ...agreement.shape,
    how: z.enum(['left', 'exited', 'ended', 'renewed']),
    leftId: z.nullable(z.uuid()),
  }),
  'network.grid-changed': z.object({
    gridId: z.uuid(),
    allianceId: z.uuid(),
    divisions: z.array(z.string()),
    dissolved: z.boolean(),
  }),
  'network.divisions-imported': z.object({ taken: z.number() }),
  'network.roads-imported': z.object({ junctions: z.number(), roads: z.number() }),
  'network.travel-times-asked': z.object({ institutions: z.number() }),
  'network.road-closed': z.object({ roadId: z.uuid(), name: z.string(), reason: z.string() }),
  'network.road-opened': z.object({ roadId: z.uuid(), name: z.string() }),
  'network.resolution-adopted': z.object({
    resolutionId: z.uuid(),
    allianceId: z.uuid(),
    number: z.string(),
    duties: z.number(),
  }),
  'network.duty-reported': z.object({ dutyId: z.uuid(), allianceId: z.uuid(), institutionId: z.uuid() }),
  'network.area-assigned': z.object({ areaDutyId: z.uuid(), allianceId: z.uuid(), institutionId: z.uuid() }),
  'network.area-changed': z.object({ areaDutyId: z.uuid(), until: z.nullable(z.string()) }),
}

export const tell = teller(networkEvents)
