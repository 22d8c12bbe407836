import type { GridCell, GridLayout } from '@tongmai/api/network/grid'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'
import { enclosing } from './division.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const divisions = sql<string[]>`coalesce((select array_agg(gd.division_code order by gd.division_code)
  from network.grid_division gd where gd.grid_id = g.id), '{}')`

/** Grids are public; dissolved ones are gone. */
const visible = (ctx: Ctx) =>
  tables(ctx).selectFrom('network.gridCell as g').where('g.dissolvedAt', 'is', null)

const columns = ['g.id', 'g.code', 'g.name', 'g.allianceId', 'g.colour', 'g.version'] as const

/** The grid cell, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<GridCell> =>
  (await visible(ctx)
    .select([...columns, divisions.as('divisions')])
    .where('g.id', '=', id)
    .executeTakeFirst()) ?? refuse('missing', 'network.grid-missing')

/** As `find`, and holds the row; where the caller may not change it, it is only read. */
export async function lock(ctx: Ctx, id: string): Promise<GridCell> {
  await visible(ctx).select('g.id').where('g.id', '=', id).forUpdate().executeTakeFirst()
  return find(ctx, id)
}

export type Laid = Omit<GridLayout['grids'][number], 'population' | 'mayChange'> & { leadId: string | null }

/** All grid cells with their alliances and leads. */
export function listLaid(ctx: Ctx): Promise<Laid[]> {
  const today = dayOf(ctx.now)
  return visible(ctx)
    .innerJoin('network.alliance as a', 'a.id', 'g.allianceId')
    .leftJoin('network.membership as m', (join) =>
      join
        .onRef('m.allianceId', '=', 'a.id')
        .on('m.role', '=', 'lead')
        .on('m.since', '<=', today)
        .on((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>=', today)])),
    )
    .leftJoin('network.institution as i', 'i.id', 'm.institutionId')
    .select([...columns, divisions.as('divisions'), 'a.shortName as allianceName', 'a.form'])
    .select(['i.shortName as leadName', 'i.id as leadId'])
    .orderBy('g.code')
    .limit(1000)
    .$castTo<Laid>()
    .execute()
}

/**
 * The grid cell of an address by its division: the smallest claimed division that encloses it decides, and of two
 * claims to the same one the older holds until it is settled.
 */
export async function findOf(ctx: Ctx, divisionCode: string): Promise<GridCell | undefined> {
  const codes = enclosing(divisionCode)
  return visible(ctx)
    .innerJoin('network.gridDivision as d', 'd.gridId', 'g.id')
    .select([...columns, divisions.as('divisions')])
    .where('d.divisionCode', 'in', codes)
    .orderBy(sql`array_position(${codes}::text[], d.division_code)`)
    .orderBy('d.since')
    .orderBy('g.id')
    .executeTakeFirst()
}

/** The grid cells that hold units below a division, at most two: with more than one its code alone decides nothing. */
export const listBelow = (ctx: Ctx, stem: string): Promise<GridCell[]> =>
  visible(ctx)
    .innerJoin('network.gridDivision as d', 'd.gridId', 'g.id')
    .select([...columns, divisions.as('divisions')])
    .distinct()
    .where('d.divisionCode', '>=', stem)
    .where('d.divisionCode', '<', `${stem}:`)
    .limit(2)
    .execute()

/** Adds a grid cell with its divisions; refuses where its code is taken. */
export async function add(ctx: Ctx, grid: Omit<GridCell, 'version'>): Promise<GridCell> {
  const { divisions: codes, ...row } = grid
  const added = await tables(ctx)
    .insertInto('network.gridCell')
    .values({ ...row, addedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) refuse('conflict', 'network.grid-code-taken')
  await addDivisions(ctx, grid.id, codes)
  return { ...grid, version: 1 }
}

async function addDivisions(ctx: Ctx, gridId: string, codes: readonly string[]): Promise<void> {
  const rows = codes.map((divisionCode) => ({ gridId, divisionCode, since: ctx.now }))
  if (rows.length > 0) await tables(ctx).insertInto('network.gridDivision').values(rows).execute()
}

/** Changes a grid cell; divisions that stay keep the day since when they are in it. */
export async function change(
  ctx: Ctx,
  grid: GridCell,
  set: { name?: string; colour?: string; divisions?: readonly string[]; dissolvedAt?: Date },
): Promise<GridCell> {
  const { divisions: wanted = grid.divisions, ...row } = set
  const removed = grid.divisions.filter((code) => !wanted.includes(code))
  const added = wanted.filter((code) => !grid.divisions.includes(code))
  if (removed.length > 0) {
    await tables(ctx)
      .deleteFrom('network.gridDivision')
      .where('gridId', '=', grid.id)
      .where('divisionCode', 'in', removed)
      .execute()
  }
  await addDivisions(ctx, grid.id, added)
  const changed = await tables(ctx)
    .updateTable('network.gridCell as g')
    .set((eb) => ({ ...row, version: eb('g.version', '+', 1) }))
    .where('g.id', '=', grid.id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return { ...changed, divisions: [...wanted].sort() }
}
