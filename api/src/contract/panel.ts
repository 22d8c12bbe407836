import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { priorityGroup } from './package.ts'

/** What came of a call; `calledUs`: the resident rang the hotline. */
export const callOutcome = z.enum(['reached', 'notReached', 'callBack', 'calledUs'])
export type CallOutcome = z.output<typeof callOutcome>

export const call = z.object({
  id,
  at: moment,
  outcome: callOutcome,
  note: z.string(),
  by: z.nullable(z.string()),
})
export type Call = z.output<typeof call>

/**
 * all · toCall: somebody should ring them, for a reason of `callReason` · key: of a priority group · overdue, due: services ·
 * badly: measured badly · yesterday, discharged: left a ward yesterday, in the last 7 days.
 */
export const panelView = z.enum([
  'all',
  'toCall',
  'badly',
  'yesterday',
  'discharged',
  'overdue',
  'due',
  'key',
])
export type PanelView = z.output<typeof panelView>

/** How high the risk is, as careplan has stratified it. */
export const risk = z.enum(['low', 'medium', 'high', 'veryHigh'])

/** Why somebody should ring: left a ward, measured badly, asked to be rung again, was not reached; nobody has since. */
export const callReason = z.enum(['discharged', 'badly', 'callBack', 'notReached'])
export type CallReason = z.output<typeof callReason>

export const panelResident = z.object({
  contractId: id,
  resident: residentCard,
  doctor: z.object({ id, name: z.string() }),
  groups: z.array(priorityGroup),
  overdue: z.number(),
  due: z.number(),
  /** What is owed first. */
  next: z.nullable(z.object({ item: z.string(), dueOn: day })),
  dischargedOn: z.nullable(day),
  risk: z.nullable(risk),
  badly: z.nullable(z.object({ what: z.string(), at: moment, critical: z.boolean() })),
  callFor: z.array(callReason),
  lastCall: z.nullable(z.object({ at: moment, outcome: callOutcome })),
})
export type PanelResident = z.output<typeof panelResident>

export const panelPage = z.extend(page(panelResident), {
  /** How many each view holds, and each group. */
  counts: z.record(panelView, z.number()),
  groups: z.array(z.object({ group: priorityGroup, count: z.number(), source: z.string() })),
  risks: z.record(risk, z.number()),
})
export type PanelPage = z.output<typeof panelPage>

/** By what residents belong to a priority group; `toConfirm`: no source gives it, and it is off. */
export const groupRule = z.object({
  group: priorityGroup,
  kind: z.enum(['minAge', 'maxAge', 'icd10']),
  value: z.string(),
  withinDays: z.nullable(z.number()),
  since: day,
  source: z.string(),
  state: z.enum(['inForce', 'toConfirm']),
})
export type GroupRuleShown = z.output<typeof groupRule>

export const panelApi = {
  listGroupRules: {
    method: 'GET',
    path: '/contract-group-rules',
    summary: 'By what residents belong to priority groups, and which rules wait for confirmation.',
    may: 'network.read',
    returns: z.array(groupRule),
  },
  confirmGroupRule: {
    method: 'POST',
    path: '/contract-group-rules',
    summary: 'Puts a rule that waited into force, with the document it comes from; or takes it out again.',
    may: 'contract.watch',
    body: z.object({
      ...{ group: priorityGroup, kind: groupRule.shape.kind, value: text(20), since: day },
      ...{ state: groupRule.shape.state, source: text(300) },
    }),
    returns: z.array(groupRule),
  },
  listPanel: {
    method: 'GET',
    path: '/contract-residents',
    summary:
      'The residents under contract with my community or one of its doctors: risk, priority groups, what is owed, who left a ward or measured badly, whom to ring.',
    may: 'contract.serve',
    query: z.object({
      doctorId: z.optional(id),
      view: z._default(panelView, 'all'),
      group: z.optional(priorityGroup),
      risk: z.optional(risk),
      ...paging,
    }),
    returns: panelPage,
  },
  logCall: {
    method: 'POST',
    path: '/contracts/:id/calls',
    summary: 'Notes a call to a resident under contract, or one of theirs to the hotline.',
    may: 'contract.serve',
    params: byId,
    body: z.object({
      outcome: callOutcome,
      note: z._default(z.string().check(z.trim(), z.maxLength(1000)), ''),
    }),
    returns: call,
  },
  listCalls: {
    method: 'GET',
    path: '/contracts/:id/calls',
    summary: 'The calls with one resident under contract, newest first.',
    may: 'contract.serve',
    params: byId,
    query: z.object(paging),
    returns: page(call),
  },
} as const satisfies Api
