import type { Page } from '@tongmai/api/kernel'
import type { MedicineFacts, MedicineLine, StockState } from '@tongmai/api/pharmacy/medicine'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { searchKeys, searchText } from '../../../kernel/search-key.ts'
import type { PharmacyTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<PharmacyTables>()

/** The formulary is everybody's; the state is that of one institution. */
const visible = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('pharmacy.medicine as m')
    .leftJoin('pharmacy.stock as s', (join) =>
      join.onRef('s.medicineId', '=', 'm.id').on('s.institutionId', '=', institutionId),
    )
    .select(['m.id', 'm.name', 'm.form', 'm.strength', 'm.category', 'm.chronic', 'm.baseCode'])
    .select(['m.insuranceCode', 'm.retired', 'm.version', 's.state', 's.confirmedAt'])

/** One page of the formulary by category and name. */
export function list(
  ctx: Ctx,
  query: {
    offset: number
    limit: number
    q?: string | undefined
    institutionId: string
    state?: StockState | undefined
    retired?: boolean
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
      .where('m.retired', '=', query.retired ?? false)
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
    .where('m.retired', '=', false)
    .orderBy('m.category')
    .orderBy('m.name')
    .limit(5000)
    .$castTo<MedicineLine>()
    .execute()

/** The medicine with its state at an institution, or 404. */
export async function find(ctx: Ctx, id: string, institutionId: string): Promise<MedicineLine> {
  const row = await visible(ctx, institutionId)
    .where('m.id', '=', id)
    .$castTo<MedicineLine>()
    .executeTakeFirst()
  return row ?? refuse('missing', 'pharmacy.missing')
}

/** The one of this name, form and strength, whether or not it is still in the formulary. */
export const findSame = (
  ctx: Ctx,
  { name, form, strength }: Pick<MedicineFacts, 'name' | 'form' | 'strength'>,
) =>
  tables(ctx)
    .selectFrom('pharmacy.medicine')
    .selectAll()
    .where((eb) => eb.and({ name, form, strength }))
    .executeTakeFirst()

/** Every medicine with what is said of it, in id order, so that an import or a projection can go through them. */
export const listFacts = (ctx: Ctx, after: string | null, limit: number) =>
  tables(ctx)
    .selectFrom('pharmacy.medicine')
    .selectAll()
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()

/** Enters a medicine and its keys. */
export async function add(ctx: Ctx, medicine: MedicineFacts & { readonly id: string }): Promise<void> {
  await tables(ctx).insertInto('pharmacy.medicine').values(medicine).execute()
  await addKeys(ctx, medicine)
}

async function addKeys(ctx: Ctx, { id, name }: { id: string; name: string }): Promise<void> {
  await tables(ctx)
    .insertInto('pharmacy.searchKey')
    .values(searchKeys([name]).map((key) => ({ key, medicineId: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Changes what is said of a medicine; its version goes up. Refuses where somebody else was quicker. */
export async function rewrite(
  ctx: Ctx,
  id: string,
  { version, ...facts }: MedicineFacts & { readonly retired: boolean; readonly version: number },
): Promise<void> {
  const changed = await tables(ctx)
    .updateTable('pharmacy.medicine')
    .set({ ...facts, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) refuse('conflict', 'pharmacy.stale')
  await addKeys(ctx, { id, name: facts.name })
}

/** Whether another medicine has this insurance code. */
export const isCodeTaken = async (
  ctx: Ctx,
  insuranceCode: string | null,
  exceptId: string,
): Promise<boolean> =>
  insuranceCode !== null &&
  (await tables(ctx)
    .selectFrom('pharmacy.medicine')
    .select('id')
    .where('insuranceCode', '=', insuranceCode)
    .where('id', '<>', exceptId)
    .executeTakeFirst()) !== undefined

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

/** Who has these medicines or orders them, of the institutions that are open on a day; at most 20 000 lines. */
export const listHeld = (ctx: Ctx, medicineIds: readonly string[], on: string) =>
  tables(ctx)
    .selectFrom('pharmacy.stock as s')
    .innerJoin('network.name as n', 'n.id', 's.institutionId')
    .select(['s.medicineId', 's.institutionId', 's.state', 's.confirmedAt', 'n.shortName as name'])
    .where('s.medicineId', 'in', [...medicineIds])
    .where('s.state', 'in', ['inStock', 'canOrder'])
    .where((eb) => eb.or([eb('n.closedOn', 'is', null), eb('n.closedOn', '>', on)]))
    .limit(20_000)
    .$castTo<{
      medicineId: string
      institutionId: string
      state: 'inStock' | 'canOrder'
      confirmedAt: Date
      name: string
    }>()
    .execute()

/** The names of practitioners and institutions, by id. */
export async function listNames(
  ctx: Ctx,
  ids: { practitioners: readonly string[]; institutions: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const practitioners =
    ids.practitioners.length === 0
      ? []
      : await tables(ctx)
          .selectFrom('workforce.name')
          .select(['id', 'name'])
          .where('id', 'in', [...ids.practitioners])
          .execute()
  const institutions =
    ids.institutions.length === 0
      ? []
      : await tables(ctx)
          .selectFrom('network.name')
          .select(['id', 'shortName as name'])
          .where('id', 'in', [...ids.institutions])
          .execute()
  return new Map([...practitioners, ...institutions].map(({ id, name }) => [id, name]))
}
