import * as z from 'zod/mini'
import { type Api, byId, id, page, paging, text } from '../kernel.ts'
import { allianceForm } from './alliance.ts'
import { divisionCode, institutionKind, tier } from './institution.ts'

export const divisionLevel = z.enum(['province', 'city', 'county', 'township', 'village'])
export type DivisionLevel = z.output<typeof divisionLevel>

/** An administrative division (行政区划). Grids are made of `township`s: street districts, towns, townships. */
export const division = z.object({
  code: divisionCode,
  name: text(60),
  level: divisionLevel,
  parentCode: z.nullable(divisionCode),
  /** Lies in the region that the alliances here are responsible for: then it must lie in exactly one grid. */
  inRegion: z.boolean(),
  population: z.nullable(z.number().check(z.int(), z.minimum(0))),
})
export type Division = z.output<typeof division>

const position = z.tuple([z.number(), z.number()])
const ring = z.array(position).check(z.minLength(4), z.maxLength(20_000))
/** GeoJSON (RFC 7946) polygons: longitude before latitude, closed rings. */
export const shape = z.union([
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).check(z.maxLength(50)) }),
  z.object({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(ring)).check(z.maxLength(200)),
  }),
])
export type Shape = z.output<typeof shape>

export const feature = z.object({
  type: z.literal('Feature'),
  id: divisionCode,
  properties: division,
  geometry: shape,
})
export type Feature = z.output<typeof feature>

export const gridCell = z.object({
  id,
  code: text(24),
  name: text(60),
  allianceId: id,
  colour: z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/)),
  divisions: z.array(divisionCode),
  version: z.number(),
})
export type GridCell = z.output<typeof gridCell>

const laid = z.object({
  ...gridCell.shape,
  allianceName: z.string(),
  form: allianceForm,
  leadName: z.nullable(z.string()),
  population: z.number(),
  mayChange: z.boolean(),
})

/** All grids of the region with what is wrong with them: units in no grid, units in several. */
export const gridLayout = z.object({
  grids: z.array(laid),
  units: z.array(division),
  gaps: z.array(divisionCode),
  overlaps: z.array(
    z.object({
      division: divisionCode,
      grids: z.array(id),
      /** By alliances of one form. */ sameForm: z.boolean(),
    }),
  ),
})
export type GridLayout = z.output<typeof gridLayout>

const sited = z.object({ id, name: z.string(), kind: institutionKind, tier: z.nullable(tier) })
export const gridPage = z.object({ ...laid.shape, institutions: z.array(sited) })
export type GridPage = z.output<typeof gridPage>

const version = z.number().check(z.int(), z.minimum(1))
const codes = z.array(divisionCode).check(z.maxLength(500))
const looks = { name: text(60), colour: gridCell.shape.colour }

export const gridApi = {
  listDivisions: {
    method: 'GET',
    path: '/divisions',
    summary: 'Administrative divisions, by level and by the division they lie in',
    may: 'signed-in',
    for: ['staff', 'client', 'resident'],
    query: z.object({
      ...paging,
      level: z.optional(divisionLevel),
      parentCode: z.optional(divisionCode),
    }),
    returns: page(division),
  },
  readMap: {
    method: 'GET',
    path: '/map',
    summary: 'The shapes of the region’s divisions of one level as GeoJSON, at most 2 000',
    may: 'network.read',
    query: z.object({ level: z._default(divisionLevel, 'township') }),
    returns: z.object({ type: z.literal('FeatureCollection'), features: z.array(feature) }),
  },
  importDivisions: {
    method: 'POST',
    path: '/divisions',
    summary:
      'Takes in divisions with their shapes (GeoJSON features), at most 500 at a time; known codes are replaced',
    may: 'it.operate',
    body: z.object({
      features: z
        .array(z.object({ ...feature.shape, geometry: z.nullable(shape) }))
        .check(z.minLength(1), z.maxLength(500)),
    }),
    returns: z.object({ taken: z.number() }),
  },
  readGridLayout: {
    method: 'GET',
    path: '/grid-layout',
    summary: 'All grids of the region, and the gaps and overlaps between them',
    may: 'network.read',
    returns: gridLayout,
  },
  readGrid: {
    method: 'GET',
    path: '/grids/:id',
    summary: 'One grid cell: its divisions, the alliance responsible, the institutions in it',
    may: 'network.read',
    params: byId,
    returns: gridPage,
  },
  gridOf: {
    method: 'GET',
    path: '/grid-of',
    summary: 'The grid cell in which an address of this division falls',
    may: 'network.read',
    query: z.object({ divisionCode }),
    returns: z.object({ division, grid: gridCell }),
  },
  addGrid: {
    method: 'POST',
    path: '/grids',
    summary: 'Adds a grid cell for which an alliance that one leads is responsible',
    may: 'network.manage',
    body: z.object({ code: text(24), allianceId: id, ...looks, divisions: codes }),
    returns: gridCell,
  },
  changeGrid: {
    method: 'POST',
    path: '/grids/:id/change',
    summary: 'Changes name, colour and divisions of a grid cell; overlaps are found, not forbidden',
    may: 'network.manage',
    params: byId,
    body: z.object({ ...looks, divisions: codes, version }),
    returns: gridCell,
  },
  dissolveGrid: {
    method: 'POST',
    path: '/grids/:id/dissolve',
    summary: 'Dissolves a grid cell; its divisions fall free',
    may: 'network.manage',
    params: byId,
    body: z.object({ version }),
    returns: gridCell,
  },
} as const satisfies Api
