import type { Tariff } from '@tongmai/api/benefit/tariff'
import type { Page } from '@tongmai/api/kernel'
import type { Tier } from '@tongmai/api/network/institution'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { searchKeys, searchText } from '../../../kernel/search-key.ts'
import type { BenefitTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<BenefitTables>()

const columns = [
  'f.id',
  'f.code',
  'f.name',
  'f.unit',
  'f.tier',
  'f.priceFen',
  'f.selfPayBp',
  'f.since',
  'f.until',
  'f.source',
] as const

/** Prices are public. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('benefit.tariff as f')

export interface TariffFilter {
  readonly q?: string | undefined
  readonly tier?: Tier | undefined
  readonly on?: string | undefined
}

/** One page of prices by name, tier and time. */
export function list(
  ctx: Ctx,
  query: TariffFilter & { offset: number; limit: number },
): Promise<Page<Tariff>> {
  const key = searchText(query.q ?? '')
  const found = tables(ctx)
    .selectFrom('benefit.searchKey')
    .select('code')
    .where('key', '>=', key)
    .where('key', '<', `${key}\uffff`)
  return pageOf(
    ctx,
    visible(ctx)
      .select(columns)
      .$if(key !== '', (q) => q.where('f.code', 'in', found))
      .$if(query.tier !== undefined, (q) => q.where('f.tier', '=', query.tier as Tier))
      .$if(query.on !== undefined, (q) =>
        q
          .where('f.since', '<=', query.on as string)
          .where((eb) => eb.or([eb('f.until', 'is', null), eb('f.until', '>=', query.on as string)])),
      )
      .orderBy('f.name')
      .orderBy('f.code')
      .orderBy(sql`array_position(array['primary', 'secondary', 'tertiary'], f.tier)`)
      .orderBy('f.since', 'desc')
      .$castTo<Tariff>(),
    query,
  )
}

/** The latest price of each of these items and tiers. */
export const listLatest = (ctx: Ctx, codes: readonly string[]): Promise<Tariff[]> =>
  codes.length === 0
    ? Promise.resolve([])
    : visible(ctx)
        .distinctOn(['f.code', 'f.tier'])
        .select(columns)
        .where('f.code', 'in', [...codes])
        .orderBy('f.code')
        .orderBy('f.tier')
        .orderBy('f.since', 'desc')
        .$castTo<Tariff>()
        .execute()

/** Adds prices and the keys under which their items are found. */
export async function add(ctx: Ctx, tariffs: readonly Tariff[]): Promise<void> {
  if (tariffs.length === 0) return
  const keys = tariffs.flatMap(({ name, code }) => searchKeys([name, code]).map((key) => ({ key, code })))
  for (let from = 0; from < tariffs.length; from += 500)
    await tables(ctx)
      .insertInto('benefit.tariff')
      .values(tariffs.slice(from, from + 500))
      .execute()
  for (let from = 0; from < keys.length; from += 5000)
    await tables(ctx)
      .insertInto('benefit.searchKey')
      .values(keys.slice(from, from + 5000))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** Sets the last day of a price. */
export async function end(ctx: Ctx, id: string, until: string): Promise<void> {
  await tables(ctx).updateTable('benefit.tariff').set({ until }).where('id', '=', id).execute()
}

/** Removes a price that another of the same first day takes the place of. */
export async function remove(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx).deleteFrom('benefit.tariff').where('id', '=', id).execute()
}
