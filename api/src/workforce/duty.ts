import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { title } from './practitioner.ts'

export const teamKind = z.enum(['gp', 'attending'])
export const teamMember = z.object({ practitionerId: id, name: z.string(), title, leads: z.boolean() })
export const team = z.object({
  id,
  institutionId: id,
  name: z.string(),
  kind: teamKind,
  phone: z.nullable(z.string()),
  since: day,
  until: z.nullable(day),
  version: z.number(),
  members: z.array(teamMember),
})
export type Team = z.output<typeof team>

export const dutyKind = z.enum(['dutyOfficer', 'physician', 'referralDesk', 'nurse'])
export type DutyKind = z.output<typeof dutyKind>

/** The day shift runs 08:00–20:00, the night shift 20:00–08:00 of the next day, in Asia/Shanghai. */
export const shift = z.enum(['day', 'night'])
export type Shift = z.output<typeof shift>

export const duty = z.object({
  kind: dutyKind,
  day,
  shift,
  practitionerId: id,
  name: z.string(),
  phone: z.nullable(z.string()),
})
export type Duty = z.output<typeof duty>

/** Who answers for a thing, and until when they did; the one with `until` null answers now. */
export const responsible = z.object({
  thing: z.string(),
  residentId: id,
  institutionId: id,
  institution: z.string(),
  practitionerId: id,
  name: z.string(),
  since: moment,
  until: z.nullable(moment),
  note: z.nullable(z.string()),
})
export type Responsible = z.output<typeof responsible>

const teamForm = {
  name: text(50),
  kind: teamKind,
  phone: z.nullable(text(20)),
  leaderId: id,
  memberIds: z.array(id).check(z.maxLength(30)),
}

export const dutyApi = {
  listTeams: {
    method: 'GET',
    path: '/teams',
    summary: 'The teams of an institution; of mine where none is named.',
    may: 'workforce.read',
    query: z.object({ institutionId: z.optional(id), ...paging }),
    returns: page(team),
  },
  addTeam: {
    method: 'POST',
    path: '/teams',
    summary: 'Forms a team with a leader.',
    may: 'workforce.manage',
    body: z.object({ ...teamForm, since: day }),
    returns: team,
  },
  editTeam: {
    method: 'POST',
    path: '/teams/:id',
    summary: 'Changes the name or the members of a team; who left stays in its history.',
    may: 'workforce.manage',
    params: byId,
    body: z.object({ ...teamForm, version: z.number() }),
    returns: team,
  },
  endTeam: {
    method: 'POST',
    path: '/teams/:id/end',
    summary: 'Dissolves a team.',
    may: 'workforce.manage',
    params: byId,
    body: z.object({ until: day }),
    returns: team,
  },
  readRota: {
    method: 'GET',
    path: '/duty-rota',
    summary: 'The duty rota of my institution for seven days.',
    may: 'workforce.read',
    query: z.object({ from: day }),
    returns: z.array(duty),
  },
  setRota: {
    method: 'POST',
    path: '/duty-rota',
    summary: 'Puts people on shifts; a null frees the shift.',
    may: 'workforce.manage',
    body: z.object({
      cells: z
        .array(z.object({ kind: dutyKind, day, shift, practitionerId: z.nullable(id) }))
        .check(z.minLength(1), z.maxLength(100)),
    }),
    returns: z.object({ changed: z.number() }),
  },
  whoIsOnDuty: {
    method: 'GET',
    path: '/duty-rota/now',
    summary: 'Who is on duty at an institution at this moment.',
    may: 'workforce.read',
    query: z.object({ institutionId: z.optional(id) }),
    returns: z.array(duty),
  },
  listResponsible: {
    method: 'GET',
    path: '/practitioners/:id/responsible',
    summary: 'The things a practitioner of my institution answers for now.',
    may: 'workforce.read',
    params: byId,
    query: z.object(paging),
    returns: page(responsible),
  },
  readResponsible: {
    method: 'GET',
    path: '/responsible',
    summary: 'Who answers for a thing now, and who did before, newest first.',
    may: 'workforce.read',
    query: z.object({ thing: text(100) }),
    returns: z.array(responsible),
  },
  handOver: {
    method: 'POST',
    path: '/responsible/hand-over',
    summary: 'Hands a thing to a colleague of the same institution, by name and with a note.',
    may: 'workforce.assign',
    body: z.object({ thing: text(100), toPractitionerId: id, note: text(500) }),
    returns: responsible,
  },
} as const satisfies Api
