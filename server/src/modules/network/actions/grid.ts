import { gridForms } from '@tongmai/api/network/alliance'
import { coverage, isWithin, stem } from '@tongmai/api/network/coverage'
import type { Division, GridCell, GridLayout, gridApi } from '@tongmai/api/network/grid'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { isLead } from '../policy.ts'
import * as alliances from '../store/alliance.ts'
import * as divisions from '../store/division.ts'
import * as store from '../store/grid.ts'
import * as institutions from '../store/institution.ts'
import { requireFresh } from './require.ts'

/** The one grid cell in which an address of this division falls, or undefined in a gap. */
export async function gridOf(ctx: Ctx, divisionCode: string): Promise<GridCell | undefined> {
  const claimed = await store.findOf(ctx, divisionCode)
  if (claimed || divisionCode.length > 6) return claimed
  const below = await store.listBelow(ctx, stem(divisionCode))
  return below.length === 1 ? below[0] : undefined
}

/** A grid cell is made of units; a larger division stands for the units in it. */
async function unitsOf(ctx: Ctx, codes: readonly string[]): Promise<string[]> {
  const units = (await divisions.listUnits(ctx)).map((unit) => unit.code)
  const unknown = codes.filter((code) => !units.some((unit) => isWithin(unit, code)))
  if (unknown.length > 0) {
    refuse('unprocessable', 'network.division-not-in-region', { details: { divisions: unknown } })
  }
  return units.filter((unit) => codes.some((code) => isWithin(unit, code)))
}

type Laying = GridLayout['grids'][number]

const laying = (ctx: Ctx, { leadId, ...grid }: store.Laid, units: readonly Division[]): Laying => ({
  ...grid,
  population: units
    .filter((unit) => grid.divisions.includes(unit.code))
    .reduce((sum, unit) => sum + (unit.population ?? 0), 0),
  mayChange: isLead(ctx.actor, leadId) && ctx.actor.permissions.has('network.manage'),
})

async function layout(ctx: Ctx): Promise<GridLayout> {
  const units = await divisions.listUnits(ctx)
  const grids = (await store.listLaid(ctx)).map((grid) => laying(ctx, grid, units))
  const found = coverage(
    units.map((unit) => unit.code),
    grids,
  )
  const formOf = (id: string) => grids.find((grid) => grid.id === id)?.form
  const overlaps = found.overlaps.map((overlap) => ({
    ...overlap,
    sameForm: new Set(overlap.grids.map(formOf)).size < overlap.grids.length,
  }))
  return { grids, units, gaps: found.gaps, overlaps }
}

async function requireLead(ctx: Ctx, allianceId: string): Promise<void> {
  const alliance = await alliances.find(ctx, allianceId)
  allow(isLead(ctx.actor, await alliances.findLead(ctx, alliance.id)), 'network.only-the-lead-manages')
  if (!gridForms.includes(alliance.form)) refuse('conflict', 'network.form-without-grids')
}

async function tellGrid(ctx: Ctx, grid: GridCell, dissolved: boolean): Promise<void> {
  const { id: gridId, allianceId, divisions: codes } = grid
  await tell(ctx, 'network.grid-changed', {
    thing: `grid:${gridId}`,
    data: { gridId, allianceId, divisions: dissolved ? [] : codes, dissolved },
  })
}

async function lockMine(ctx: Ctx, id: string, version: number): Promise<GridCell> {
  const grid = await store.lock(ctx, id)
  await requireLead(ctx, grid.allianceId)
  requireFresh(grid, version)
  return grid
}

export const gridActions: Actions<typeof gridApi> = {
  listDivisions: (ctx, { query }) => divisions.list(ctx, query),

  async readMap(ctx, { query }) {
    return { type: 'FeatureCollection', features: await divisions.listShapes(ctx, query.level) }
  },

  async importDivisions(ctx, { body }) {
    const rows = body.features.map(({ properties, geometry }) => ({ ...properties, shape: geometry }))
    const codes = new Set(rows.map((row) => row.code))
    if (codes.size !== rows.length) refuse('unprocessable', 'network.division-twice')
    const parents = rows.flatMap((row) =>
      row.parentCode && !codes.has(row.parentCode) ? [row.parentCode] : [],
    )
    const unknown = await divisions.listUnknown(ctx, [...new Set(parents)])
    if (unknown.length > 0)
      refuse('unprocessable', 'network.division-unknown', { details: { divisions: unknown } })
    await divisions.add(ctx, rows)
    await tell(ctx, 'network.divisions-imported', { thing: 'division', data: { taken: rows.length } })
    return { taken: rows.length }
  },

  readGridLayout: (ctx) => layout(ctx),

  async readGrid(ctx, { params }) {
    await store.find(ctx, params.id)
    const { grids } = await layout(ctx)
    const grid = grids.find((laid) => laid.id === params.id) ?? refuse('missing', 'network.grid-missing')
    const sited = await institutions.listWithin(ctx, grid.divisions)
    return { ...grid, institutions: sited.map(({ divisionCode: _, ...institution }) => institution) }
  },

  async gridOf(ctx, { query }) {
    const division =
      (await divisions.find(ctx, query.divisionCode)) ?? refuse('missing', 'network.division-unknown')
    const grid = (await gridOf(ctx, query.divisionCode)) ?? refuse('missing', 'network.in-no-grid')
    return { division, grid }
  },

  async addGrid(ctx, { body }) {
    await requireLead(ctx, body.allianceId)
    const codes = await unitsOf(ctx, body.divisions)
    const grid = await store.add(ctx, { ...body, id: ctx.id(), divisions: codes })
    await tellGrid(ctx, grid, false)
    return grid
  },

  async changeGrid(ctx, { params, body }) {
    const grid = await lockMine(ctx, params.id, body.version)
    const codes = await unitsOf(ctx, body.divisions)
    const changed = await store.change(ctx, grid, { name: body.name, colour: body.colour, divisions: codes })
    await tellGrid(ctx, changed, false)
    return changed
  },

  async dissolveGrid(ctx, { params, body }) {
    const grid = await lockMine(ctx, params.id, body.version)
    const gone = await store.change(ctx, grid, { divisions: [], dissolvedAt: ctx.now })
    await tellGrid(ctx, gone, true)
    return gone
  },
}
