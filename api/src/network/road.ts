import * as z from 'zod/mini'
import { type Api, byId, id, moment, text } from '../kernel.ts'

const longitude = z.number().check(z.minimum(-180), z.maximum(180))
const latitude = z.number().check(z.minimum(-90), z.maximum(90))
export const junctionCode = z.string().check(z.trim(), z.regex(/^[0-9A-Za-z-]{1,24}$/))

/** Where roads meet. */
export const junction = z.object({ code: junctionCode, name: text(60), longitude, latitude })
export type Junction = z.output<typeof junction>

/** A road between two junctions; minutes as an ambulance drives it on an ordinary day. */
export const road = z.object({
  id,
  fromCode: junctionCode,
  toCode: junctionCode,
  name: text(60),
  minutes: z.number().check(z.minimum(0.1), z.maximum(1440)),
  oneWay: z.boolean(),
  closedAt: z.nullable(moment),
  closedReason: z.nullable(text(200)),
  version: z.number(),
})
export type Road = z.output<typeof road>

/** What is wrong with a line of an import: which table, which line (the head is 1), and why. */
export const roadProblem = z.object({
  table: z.enum(['junctions', 'roads']),
  line: z.number(),
  problem: z.enum([
    'columns',
    'code',
    'name',
    'position',
    'minutes',
    'direction',
    'twice',
    'unknown',
    'loop',
  ]),
})
export type RoadProblem = z.output<typeof roadProblem>

/** How far it is to an institution: by road in minutes, null where no road leads there; by air in kilometres. */
export const reach = z.object({
  institutionId: id,
  name: z.string(),
  tier: z.nullable(z.string()),
  minutes: z.nullable(z.number()),
  airKm: z.number(),
})
export type Reach = z.output<typeof reach>

const version = z.number().check(z.int(), z.minimum(1))
const csv = z.string().check(z.maxLength(400_000))

export const roadApi = {
  readRoads: {
    method: 'GET',
    path: '/roads',
    summary: 'Junctions and roads, closed ones with their reason; at most 5 000 of each',
    may: 'network.read',
    returns: z.object({ junctions: z.array(junction), roads: z.array(road), mayChange: z.boolean() }),
  },
  listReach: {
    method: 'GET',
    path: '/institutions/:id/reach',
    summary: 'How long it takes from an institution to each of the others over the open roads, nearest first',
    may: 'network.read',
    params: byId,
    returns: z.array(reach),
  },
  importRoads: {
    method: 'POST',
    path: '/roads/import',
    summary:
      'Replaces the road network by two CSV tables; with `dryRun` it only says what is wrong. Closed roads stay closed',
    may: 'network.roads',
    body: z.object({
      /** Columns: code, name, longitude, latitude; the first line is the head. */
      junctions: csv,
      /** Columns: from, to, name, minutes, one way (1 or empty). */
      roads: csv,
      dryRun: z._default(z.boolean(), false),
    }),
    returns: z.object({
      junctions: z.number(),
      roads: z.number(),
      problems: z.array(roadProblem),
      taken: z.boolean(),
    }),
  },
  closeRoad: {
    method: 'POST',
    path: '/roads/:id/close',
    summary: 'Closes a road: from now on no way leads over it',
    may: 'network.roads',
    params: byId,
    body: z.object({ reason: text(200), version }),
    returns: road,
  },
  openRoad: {
    method: 'POST',
    path: '/roads/:id/open',
    summary: 'Opens a closed road again',
    may: 'network.roads',
    params: byId,
    body: z.object({ version }),
    returns: road,
  },
} as const satisfies Api
