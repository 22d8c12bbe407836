import type { Page } from '@tongmai/api/kernel'
import { stem } from '@tongmai/api/network/coverage'
import type { Division, DivisionLevel, Feature, Shape } from '@tongmai/api/network/grid'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const columns = ['d.code', 'd.name', 'd.level', 'd.parentCode', 'd.inRegion', 'd.population'] as const

/** Divisions are public. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.division as d')

/** The division, or undefined. */
export const find = (ctx: Ctx, code: string): Promise<Division | undefined> =>
  visible(ctx).select(columns).where('d.code', '=', code).$castTo<Division>().executeTakeFirst()

/** One page of divisions in the order of their codes. */
export const list = (
  ctx: Ctx,
  query: {
    offset: number
    limit: number
    level?: DivisionLevel | undefined
    parentCode?: string | undefined
  },
): Promise<Page<Division>> =>
  pageOf(
    ctx,
    visible(ctx)
      .select(columns)
      .$if(query.level !== undefined, (q) => q.where('d.level', '=', query.level as DivisionLevel))
      .$if(query.parentCode !== undefined, (q) => q.where('d.parentCode', '=', query.parentCode as string))
      .orderBy('d.code')
      .$castTo<Division>(),
    query,
  )

/** The units of the region: each must lie in exactly one grid cell. */
export const listUnits = (ctx: Ctx): Promise<Division[]> =>
  visible(ctx)
    .select(columns)
    .where('d.inRegion', '=', true)
    .where('d.level', '=', 'township')
    .orderBy('d.code')
    .limit(5000)
    .$castTo<Division>()
    .execute()

/** Which of these codes no division has. */
export async function listUnknown(ctx: Ctx, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const known = await visible(ctx).select('d.code').where('d.code', 'in', codes).execute()
  return codes.filter((code) => !known.some((row) => row.code === code))
}

/** Shapes of the region's divisions of one level. */
export async function listShapes(ctx: Ctx, level: DivisionLevel): Promise<Feature[]> {
  const rows = await visible(ctx)
    .select([...columns, 'd.shape'])
    .where('d.inRegion', '=', true)
    .where('d.level', '=', level)
    .where('d.shape', 'is not', null)
    .orderBy('d.code')
    .limit(2000)
    .execute()
  return rows.map(({ shape, ...division }) => ({
    type: 'Feature',
    id: division.code,
    properties: division as Division,
    geometry: shape as unknown as Shape,
  }))
}

/** Adds divisions, or replaces those whose code is known. */
export async function add(
  ctx: Ctx,
  divisions: readonly (Division & { shape: Shape | null })[],
): Promise<void> {
  const rows = divisions.map(({ shape, ...division }) => ({
    ...division,
    shape: shape ? JSON.stringify(shape) : null,
  }))
  await tables(ctx)
    .insertInto('network.division')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        level: eb.ref('excluded.level'),
        parentCode: eb.ref('excluded.parentCode'),
        inRegion: eb.ref('excluded.inRegion'),
        population: eb.ref('excluded.population'),
        shape: eb.ref('excluded.shape'),
      })),
    )
    .execute()
}

/** The codes of all divisions in which `code` lies, itself included, the smallest first. */
export function enclosing(code: string): string[] {
  const codes = [code, code.slice(0, 9), code.slice(0, 6), `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]
  return [...new Set(codes.filter((outer) => code.startsWith(stem(outer))))]
}
