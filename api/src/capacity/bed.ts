import * as z from 'zod/mini'
import { type Api, byId, id, moment, page, paging, text } from '../kernel.ts'
import { bedKind, bedMove, bedShown } from './flow.ts'

const counts = {
  free: z.number(),
  held: z.number(),
  occupied: z.number(),
  cleaning: z.number(),
  closed: z.number(),
}
/** How old a figure is: when somebody last said that it is true, and what that is worth now (0–1). */
const age = { confirmedAt: moment, confidence: z.number() }

/** The beds of one kind at one institution; as old as its oldest ward. */
export const bedLine = z.object({
  institutionId: id,
  institution: z.string(),
  tier: z.nullable(z.string()),
  bedKind,
  wards: z.number(),
  ...counts,
  ...age,
})
export type BedLine = z.output<typeof bedLine>

export const ward = z.object({
  id,
  institutionId: id,
  departmentId: id,
  department: z.string(),
  name: z.string(),
  bedKind,
  ...counts,
  ...age,
  confirmedBy: z.nullable(z.string()),
})
export type Ward = z.output<typeof ward>

export const bed = z.object({
  id,
  wardId: id,
  label: z.string(),
  shown: bedShown,
  reservationId: z.nullable(id),
  nameMasked: z.nullable(z.string()),
  changedAt: moment,
  version: z.number(),
})
export type Bed = z.output<typeof bed>

export const bedApi = {
  readBedBoard: {
    method: 'GET',
    path: '/bed-board',
    summary: 'Free beds of all members by institution and kind, with the age of each figure.',
    may: 'capacity.read',
    query: z.object({
      bedKind: z.optional(bedKind),
      free: z.optional(z.stringbool()),
      institutionId: z.optional(id),
      sort: z._default(z.enum(['institution', 'free', 'age']), 'institution'),
      ...paging,
    }),
    returns: page(bedLine),
  },
  sumBeds: {
    method: 'GET',
    path: '/bed-board/sum',
    summary: 'All beds of the region by kind, and at how many institutions some are free.',
    may: 'capacity.read',
    returns: z.array(z.object({ bedKind, ...counts, institutions: z.number(), oldestAt: moment })),
  },
  listWards: {
    method: 'GET',
    path: '/wards',
    summary: 'The wards of an institution with their figures.',
    may: 'capacity.read',
    query: z.object({ institutionId: z.optional(id) }),
    returns: z.array(ward),
  },
  addWard: {
    method: 'POST',
    path: '/wards',
    summary: 'Adds a ward with beds of one kind.',
    may: 'capacity.manage',
    body: z.object({
      departmentId: id,
      name: text(60),
      bedKind,
      /** `01` to `30`. */
      beds: z.number().check(z.int(), z.minimum(1), z.maximum(200)),
    }),
    returns: z.object({ id }),
  },
  confirmWard: {
    method: 'POST',
    path: '/wards/:id/confirm',
    summary: 'Says that the ward’s figures are still true.',
    may: 'capacity.bed',
    params: byId,
    returns: z.object({ id, confirmedAt: moment }),
  },
  listBeds: {
    method: 'GET',
    path: '/wards/:id/beds',
    summary: 'The beds of a ward of my institution, one by one.',
    may: 'capacity.read',
    params: byId,
    returns: z.array(bed),
  },
  moveBed: {
    method: 'POST',
    path: '/beds/:id/move',
    summary: 'Says what happened to a bed; 409 where that cannot be.',
    may: 'capacity.bed',
    params: byId,
    body: z.object({ move: bedMove }),
    returns: z.object({ id, shown: bedShown }),
  },
} as const satisfies Api
