import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { divisionCode } from './institution.ts'

const votes = z.number().check(z.int(), z.minimum(0), z.maximum(1000))

/** A duty (责任事项) that arose from a resolution: one institution's, down to department and person. */
export const duty = z.object({
  id,
  resolutionId: id,
  allianceId: id,
  title: text(200),
  institutionId: id,
  departmentId: z.nullable(id),
  personName: z.nullable(text(40)),
  due: day,
  doneAt: z.nullable(moment),
  evidence: z.nullable(text(1000)),
  version: z.number(),
})
export type Duty = z.output<typeof duty>

const named = { institutionName: z.string(), departmentName: z.nullable(z.string()) }
export const dutyLine = z.object({
  ...duty.shape,
  ...named,
  resolutionNumber: z.string(),
  mayReport: z.boolean(),
})
export type DutyLine = z.output<typeof dutyLine>

/** A resolution (决议) of the alliance's council. */
export const resolution = z.object({
  id,
  allianceId: id,
  number: text(40),
  title: text(120),
  text: text(20_000),
  votesFor: votes,
  votesAgainst: votes,
  votesAbstained: votes,
  adoptedOn: day,
})
export type Resolution = z.output<typeof resolution>
export const resolutionLine = z.object({ ...resolution.shape, duties: z.number(), dutiesDone: z.number() })
export type ResolutionLine = z.output<typeof resolutionLine>

/** 包片: which department and person answers for which community or division, from when to when. */
export const areaDuty = z.object({
  id,
  allianceId: id,
  institutionId: id,
  departmentId: id,
  practitionerId: z.nullable(id),
  personName: text(40),
  personPhone: z.nullable(text(40)),
  /** The community served: an institution, a division, or both. */
  communityId: z.nullable(id),
  divisionCode: z.nullable(divisionCode),
  task: text(200),
  since: day,
  until: z.nullable(day),
  evidence: z.nullable(text(1000)),
  version: z.number(),
})
export type AreaDuty = z.output<typeof areaDuty>
export const areaDutyLine = z.object({
  ...areaDuty.shape,
  ...named,
  communityName: z.nullable(z.string()),
  divisionName: z.nullable(z.string()),
  mayChange: z.boolean(),
})
export type AreaDutyLine = z.output<typeof areaDutyLine>

const version = z.number().check(z.int(), z.minimum(1))
const person = { departmentId: z.nullable(id), personName: z.nullable(text(40)) }

export const governanceApi = {
  listResolutions: {
    method: 'GET',
    path: '/alliances/:id/resolutions',
    summary: 'Resolutions of the council of an alliance one belongs to or oversees',
    may: 'network.read',
    params: byId,
    query: z.object(paging),
    returns: page(resolutionLine),
  },
  adoptResolution: {
    method: 'POST',
    path: '/alliances/:id/resolutions',
    summary: 'Records a resolution with its votes and the duties that arise from it',
    may: 'network.manage',
    params: byId,
    body: z.object({
      number: text(40),
      title: text(120),
      text: text(20_000),
      votesFor: votes,
      votesAgainst: votes,
      votesAbstained: votes,
      adoptedOn: day,
      duties: z
        .array(z.object({ title: text(200), institutionId: id, ...person, due: day }))
        .check(z.maxLength(100)),
    }),
    returns: resolution,
  },
  listDuties: {
    method: 'GET',
    path: '/duties',
    summary: 'Duties from resolutions, by alliance, institution and department; open ones first',
    may: 'network.read',
    query: z.object({
      ...paging,
      allianceId: z.optional(id),
      institutionId: z.optional(id),
      departmentId: z.optional(id),
      done: z.optional(z.stringbool()),
    }),
    returns: page(dutyLine),
  },
  reportDuty: {
    method: 'POST',
    path: '/duties/:id/report',
    summary: "Reports a duty of one's own institution done, with its evidence",
    may: 'office.head',
    params: byId,
    body: z.object({ evidence: text(1000), version }),
    returns: duty,
  },
  listAreaDuties: {
    method: 'GET',
    path: '/area-duties',
    summary:
      'Who answers for which community: by alliance, department, community or division, today or on a day',
    may: 'network.read',
    query: z.object({
      ...paging,
      allianceId: z.optional(id),
      institutionId: z.optional(id),
      departmentId: z.optional(id),
      communityId: z.optional(id),
      divisionCode: z.optional(divisionCode),
      on: z.optional(day),
      all: z._default(z.stringbool(), false),
    }),
    returns: page(areaDutyLine),
  },
  assignArea: {
    method: 'POST',
    path: '/area-duties',
    summary: "Makes a department and a person of one's own institution answer for a community or division",
    may: 'network.manage',
    body: z.object({
      allianceId: id,
      departmentId: id,
      practitionerId: z.nullable(id),
      personName: text(40),
      personPhone: z.nullable(text(40)),
      communityId: z.nullable(id),
      divisionCode: z.nullable(divisionCode),
      task: text(200),
      since: day,
      until: z.nullable(day),
    }),
    returns: areaDuty,
  },
  noteAreaEvidence: {
    method: 'POST',
    path: '/area-duties/:id/evidence',
    summary: 'Notes what proves that the community is served',
    may: 'network.manage',
    params: byId,
    body: z.object({ evidence: text(1000), version }),
    returns: areaDuty,
  },
  endArea: {
    method: 'POST',
    path: '/area-duties/:id/end',
    summary: 'Ends the responsibility with its last day',
    may: 'network.manage',
    params: byId,
    body: z.object({ until: day, version }),
    returns: areaDuty,
  },
} as const satisfies Api
