import * as z from 'zod/mini'
import { type Api, day, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { priorityGroup } from './package.ts'

/** Why a line of a register cannot be taken; each names what to mend. */
export const registerProblem = z.enum([
  'idShape',
  'idDate',
  'idCheck',
  'nameMissing',
  'nameDiffers',
  'duplicate',
  'unknownResident',
  'notRegisteredHere',
  'died',
  'dayWrong',
  'endsBeforeBegin',
])
export type RegisterProblem = z.output<typeof registerProblem>

/** A register 名册 of one priority group as my institution keeps it; `people` are on it today. */
export const register = z.object({
  group: priorityGroup,
  people: z.number(),
  /** The documents that its lines come from. */
  sources: z.array(z.string()),
  changedAt: z.nullable(moment),
})
export type Register = z.output<typeof register>

export const registered = z.object({
  resident: residentCard,
  since: day,
  until: z.nullable(day),
  source: z.string(),
})
export type Registered = z.output<typeof registered>

export const registerForm = z.object({
  group: priorityGroup,
  /** Whose list it is, and of which day: 市残联持证残疾人名册（2026 年 10 月）. */
  source: text(200),
  /** The file is the whole register: who is not in it leaves it. */
  whole: z._default(z.boolean(), false),
  /** One of the two: the table as CSV, or the hash of an uploaded .xlsx or .csv. */
  csv: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000_000))),
  hash: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  dryRun: z.boolean(),
})

/** A dry run changes nothing; a line with a problem is left out either way, and named. */
export const registerAnswer = z.object({
  lines: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  ended: z.number(),
  bad: z.number(),
  problems: z.array(
    z.object({
      line: z.number(),
      name: z.string(),
      problem: registerProblem,
      details: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})
export type RegisterAnswer = z.output<typeof registerAnswer>

export const registerApi = {
  listRegisters: {
    method: 'GET',
    path: '/contract-registers',
    summary:
      'The registers of priority groups that my institution keeps: how many are on each, and from which document.',
    may: 'contract.read',
    returns: z.array(register),
  },
  listRegistered: {
    method: 'GET',
    path: '/contract-registers/people',
    summary: 'Who is on my institution’s register of one priority group today.',
    may: 'contract.read',
    query: z.object({ group: priorityGroup, ...paging }),
    returns: page(registered),
  },
  importRegister: {
    method: 'POST',
    path: '/contract-registers',
    summary:
      'Takes a register from CSV or from an uploaded .xlsx or .csv: 姓名,身份证号,纳入日期,退出日期. Each bad line is named; sent again it adds nothing twice.',
    may: 'contract.manage',
    body: registerForm,
    returns: registerAnswer,
  },
} as const satisfies Api
