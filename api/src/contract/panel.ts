import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging } from '../kernel.ts'
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

/** all · key: of a priority group · overdue, due: services · discharged: left a ward in the last 7 days. */
export const panelView = z.enum(['all', 'key', 'overdue', 'due', 'discharged'])
export type PanelView = z.output<typeof panelView>

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
  lastCall: z.nullable(z.object({ at: moment, outcome: callOutcome })),
})
export type PanelResident = z.output<typeof panelResident>

export const panelPage = z.extend(page(panelResident), {
  /** How many each view holds, and each group. */
  counts: z.record(panelView, z.number()),
  groups: z.array(z.object({ group: priorityGroup, count: z.number(), source: z.string() })),
})
export type PanelPage = z.output<typeof panelPage>

export const panelApi = {
  listPanel: {
    method: 'GET',
    path: '/contract-residents',
    summary:
      'The residents under contract with my community or one of its doctors: priority groups, what is owed, who left a ward.',
    may: 'contract.serve',
    query: z.object({
      doctorId: z.optional(id),
      view: z._default(panelView, 'all'),
      group: z.optional(priorityGroup),
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
