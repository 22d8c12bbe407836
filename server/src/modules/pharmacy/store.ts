import type { Page } from '@tongmai/api/kernel'
import type { MedicineLine, StockState } from '@tongmai/api/pharmacy'
import type { Ctx } from '../../kernel/ctx.ts'
import { pageOf } from '../../kernel/page.ts'
import { refuse } from '../../kernel/refusal.ts'
import { searchKeys, searchText } from '../network/index.ts'
import type { PharmacyTables } from './tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<PharmacyTables>()

/** The formulary is everybody's; the state is that of one institution. */
const visible = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('pharmacy.medicine as m')
    .leftJoin('pharmacy.stock as s', (join) =>
      join.onRef('s.medicineId', '=', 'm.id').on('s.institutionId', '=', institutionId),
    )
    .select(['m.id', 'm.name', 'm.form', 'm.strength', 'm.category', 'm.chronic', 's.state', 's.confirmedAt'])

/** One page of the formulary by category and name. */
export function list(
  ctx: Ctx,
  query: {
    offset: number
    limit: number
    q?: string | undefined
    institutionId: string
    state?: StockState | undefined
  },
): Promise<Page<MedicineLine>> {
  const key = searchText(query.q ?? '')
  const found = tables(ctx)
    .selectFrom('pharmacy.searchKey')
    .select('medicineId')
    .where('key', '>=', key)
    .where('key', '<', `${key}\uffff`)
  return pageOf(
    ctx,
    visible(ctx, query.institutionId)
      .$if(key !== '', (q) => q.where('m.id', 'in', found))
      .$if(query.state !== undefined, (q) => q.where('s.state', '=', query.state as StockState))
      .orderBy('m.category')
      .orderBy('m.name')
      .orderBy('m.id')
      .$castTo<MedicineLine>(),
    query,
  )
}

/** The whole formulary as it stands at an institution, at most 5 000 lines. */
export const listAll = (ctx: Ctx, institutionId: string): Promise<MedicineLine[]> =>
  visible(ctx, institutionId)
    .orderBy('m.category')
    .orderBy('m.name')
    .limit(5000)
    .$castTo<MedicineLine>()
    .execute()

/** Refuses with 404 where there is no such medicine. */
export async function find(ctx: Ctx, id: string): Promise<void> {
  const row = await tables(ctx)
    .selectFrom('pharmacy.medicine')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) refuse('missing', 'pharmacy.missing')
}

/** Enters a medicine and its keys. */
export async function add(ctx: Ctx, medicine: Omit<MedicineLine, 'state' | 'confirmedAt'>): Promise<void> {
  await tables(ctx).insertInto('pharmacy.medicine').values(medicine).execute()
  await tables(ctx)
    .insertInto('pharmacy.searchKey')
    .values(searchKeys([medicine.name]).map((key) => ({ key, medicineId: medicine.id })))
    .execute()
}

/** Sets the state of a medicine at an institution, confirmed now. */
export async function change(
  ctx: Ctx,
  stock: readonly { institutionId: string; medicineId: string; state: StockState }[],
): Promise<void> {
  if (stock.length === 0) return
  await tables(ctx)
    .insertInto('pharmacy.stock')
    .values(stock.map((one) => ({ ...one, confirmedAt: ctx.now })))
    .onConflict((conflict) =>
      conflict.columns(['institutionId', 'medicineId']).doUpdateSet((eb) => ({
        state: eb.ref('excluded.state'),
        confirmedAt: eb.ref('excluded.confirmedAt'),
      })),
    )
    .execute()
}
