import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'

/** checking: the dry run · checked: its result waits for a person · signing · done · failed: the file cannot be read. */
export const bulkStatus = z.enum(['checking', 'checked', 'signing', 'done', 'failed'])
export type BulkStatus = z.output<typeof bulkStatus>

/** Why a line cannot be signed; each names what to mend. */
export const lineProblem = z.enum([
  'idShape',
  'idDate',
  'idCheck',
  'nameMissing',
  'nameDiffers',
  'duplicate',
  'unknownResident',
  'notRegisteredHere',
  'died',
  'secondContract',
  'doctorUnknown',
  'panelFull',
  'packageUnknown',
  'packageNotInForce',
  'monthsWrong',
  'signerMissing',
  'relationUnknown',
  'guardianMissing',
  'wardSigns',
  'consentOutdated',
])
export type LineProblem = z.output<typeof lineProblem>

export const bulkForm = z.object({
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  fileName: text(200),
  /** Where a line names no doctor, packages or years, these. */
  teamId: id,
  doctorId: id,
  secondaryId: z._default(z.nullable(id), null),
  tertiaryId: z._default(z.nullable(id), null),
  packageIds: z.array(id).check(z.minLength(1), z.maxLength(8)),
  months: z._default(z.number().check(z.int(), z.minimum(12), z.maximum(36)), 12),
  /** The residents have signed this text on paper, and the papers are kept. */
  consentVersion: text(32),
})

export const bulk = z.object({
  id,
  fileName: z.string(),
  status: bulkStatus,
  total: z.number(),
  good: z.number(),
  bad: z.number(),
  done: z.number(),
  createdAt: moment,
  changedAt: moment,
})
export type Bulk = z.output<typeof bulk>

export const bulkLine = z.object({
  line: z.number(),
  name: z.string(),
  number: z.string(),
  status: z.enum(['good', 'bad', 'done']),
  problem: z.nullable(lineProblem),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  contractId: z.nullable(id),
})
export type BulkLine = z.output<typeof bulkLine>

export const bulkApi = {
  startBulk: {
    method: 'POST',
    path: '/contract-bulks',
    summary: 'Takes a spreadsheet (.xlsx or .csv) and begins the dry run; nothing is signed by it.',
    may: 'contract.manage',
    body: bulkForm,
    returns: bulk,
  },
  listBulks: {
    method: 'GET',
    path: '/contract-bulks',
    summary: 'The spreadsheets of my institution, newest first.',
    may: 'contract.manage',
    query: z.object(paging),
    returns: page(bulk),
  },
  readBulk: {
    method: 'GET',
    path: '/contract-bulks/:id',
    summary: 'How far a spreadsheet is.',
    may: 'contract.manage',
    params: byId,
    returns: bulk,
  },
  listBulkLines: {
    method: 'GET',
    path: '/contract-bulks/:id/lines',
    summary: 'The lines of a spreadsheet with what is wrong with them.',
    may: 'contract.manage',
    params: byId,
    query: z.object({ status: z.optional(z.enum(['good', 'bad', 'done'])), ...paging }),
    returns: page(bulkLine),
  },
  signBulk: {
    method: 'POST',
    path: '/contract-bulks/:id/sign',
    summary: 'Signs every good line, each whole or named; a run that is killed goes on where it was.',
    may: 'contract.manage',
    params: byId,
    returns: bulk,
  },
} as const satisfies Api
