import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { markScope } from './catalogue.ts'

const facts = {
  /** At which level the assessment was: how far its mark reaches. */
  scope: markScope,
  /** Who assessed: a centre of clinical laboratories, a quality control centre. */
  body: text(80),
  year: z.number().check(z.int(), z.minimum(2000), z.maximum(2100)),
  passed: z.boolean(),
  since: day,
  until: day,
}

/** What decides whether a result of this institution may carry the mark, newest first. */
export const gateState = z.enum(['passed', 'failed', 'over', 'withdrawn'])
export type GateState = z.output<typeof gateState>

/** One external quality assessment of one item at one institution. */
export const gate = z.object({
  id,
  institutionId: id,
  institutionName: z.string(),
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  ...facts,
  state: gateState,
  at: moment,
  by: z.string(),
  withdrawnAt: z.nullable(moment),
  withdrawnReason: z.nullable(z.string()),
  mayWithdraw: z.boolean(),
})
export type Gate = z.output<typeof gate>

export const gateProblem = z.object({ line: z.number(), problem: z.string(), value: z.string() })
export type GateProblem = z.output<typeof gateProblem>

/** Who passed which assessment. */
export const gateApi = {
  listGates: {
    method: 'GET',
    path: '/recognition-gates',
    summary: 'Assessments by institution, item and state',
    may: 'recognition.read',
    query: z.object({
      ...paging,
      institutionId: z.optional(id),
      itemId: z.optional(id),
      state: z.optional(gateState),
    }),
    returns: page(gate),
  },
  addGate: {
    method: 'POST',
    path: '/recognition-gates',
    summary: 'Enters an assessment of the own institution, or of a member of an alliance it leads',
    may: 'recognition.gate',
    body: z.object({ institutionId: id, itemId: id, ...facts }),
    returns: gate,
  },
  withdrawGate: {
    method: 'POST',
    path: '/recognition-gates/:id/withdraw',
    summary: 'Withdraws an assessment that was entered wrongly or has been revoked, with the reason',
    may: 'recognition.gate',
    params: byId,
    body: z.object({ reason: text(200) }),
    returns: gate,
  },
  importGates: {
    method: 'POST',
    path: '/recognition-gates/import',
    summary: 'Takes a CSV of assessments: checked in a dry run, then taken',
    may: 'recognition.gate',
    body: z.object({ csv: z.string().check(z.minLength(1), z.maxLength(500_000)), dryRun: z.boolean() }),
    returns: z.object({
      lines: z.number(),
      added: z.number(),
      unchanged: z.number(),
      problems: z.array(gateProblem),
      taken: z.boolean(),
    }),
  },
} as const satisfies Api
