import type { Junction, Road } from '@tongmai/api/network/road'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

/** How many junctions and roads a network may have. */
export const ROADS_MAX = 200_000
const BATCH = 5_000

const columns = [
  'r.id',
  'r.fromCode',
  'r.toCode',
  'r.name',
  'r.minutes',
  'r.oneWay',
  'r.closedAt',
  'r.closedReason',
  'r.version',
] as const

/** Roads are public. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.road as r')

export const listJunctions = (ctx: Ctx, limit: number): Promise<Junction[]> =>
  tables(ctx)
    .selectFrom('network.junction')
    .select(['code', 'name', 'longitude', 'latitude'])
    .orderBy('code')
    .limit(limit)
    .execute()

/** Roads with what closes them, the closed ones first. */
export const list = (ctx: Ctx, limit: number): Promise<Road[]> =>
  visible(ctx).select(columns).orderBy('r.closedAt').orderBy('r.name').orderBy('r.id').limit(limit).execute()

/** Only the roads that are open. */
export const listOpen = (ctx: Ctx): Promise<Omit<Road, 'id'>[]> =>
  visible(ctx).select(columns).where('r.closedAt', 'is', null).limit(ROADS_MAX).execute()

/** Open roads with both ends between these degrees, as they are drawn, the quick ones first. */
export async function listWithin(
  ctx: Ctx,
  { west, east, south, north }: { west: number; east: number; south: number; north: number },
  limit: number,
): Promise<[number, number, number, number][]> {
  const rows = await visible(ctx)
    .innerJoin('network.junction as a', 'a.code', 'r.fromCode')
    .innerJoin('network.junction as b', 'b.code', 'r.toCode')
    .select(['a.longitude as x1', 'a.latitude as y1', 'b.longitude as x2', 'b.latitude as y2'])
    .where('r.closedAt', 'is', null)
    .where((eb) =>
      eb.and([
        ...(['a', 'b'] as const).flatMap((end) => [
          eb.between(`${end}.longitude`, west, east),
          eb.between(`${end}.latitude`, south, north),
        ]),
      ]),
    )
    .orderBy('r.minutes')
    .orderBy('r.id')
    .limit(limit)
    .execute()
  return rows.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2])
}

/** The road, held until the transaction ends, or 404. */
export const lock = async (ctx: Ctx, id: string): Promise<Road> =>
  (await visible(ctx).select(columns).where('r.id', '=', id).forUpdate().executeTakeFirst()) ??
  refuse('missing', 'network.road-missing')

/** Closes the road, or opens it with nulls. */
export const change = (
  ctx: Ctx,
  id: string,
  set: { closedAt: Date | null; closedReason: string | null },
): Promise<Road> =>
  tables(ctx)
    .updateTable('network.road as r')
    .set((eb) => ({ ...set, version: eb('r.version', '+', 1) }))
    .where('r.id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()

/** A road as an import brings it. */
export type NewRoad = Pick<Road, 'fromCode' | 'toCode' | 'name' | 'minutes' | 'oneWay'>

/** Replaces the whole network; a road that stays keeps its id and stays closed if it was. */
export async function replace(
  ctx: Ctx,
  { junctions, roads }: { junctions: readonly Junction[]; roads: readonly NewRoad[] },
): Promise<void> {
  const before = await visible(ctx).select(columns).limit(ROADS_MAX).execute()
  const known = new Map(before.map((one) => [`${one.fromCode} ${one.toCode}`, one]))
  await tables(ctx).deleteFrom('network.road').execute()
  await tables(ctx).deleteFrom('network.junction').execute()
  for (let i = 0; i < junctions.length; i += BATCH) {
    await tables(ctx)
      .insertInto('network.junction')
      .values(junctions.slice(i, i + BATCH))
      .execute()
  }
  const rows = roads.map((one) => {
    const old = known.get(`${one.fromCode} ${one.toCode}`)
    const { id = ctx.id(), closedAt = null, closedReason = null, version = 0 } = old ?? {}
    return { ...one, id, closedAt, closedReason, version: version + 1 }
  })
  for (let i = 0; i < rows.length; i += BATCH) {
    await tables(ctx)
      .insertInto('network.road')
      .values(rows.slice(i, i + BATCH))
      .execute()
  }
}
