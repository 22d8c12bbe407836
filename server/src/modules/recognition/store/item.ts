import type { Page } from '@tongmai/api/kernel'
import type { Item, ItemCategory, ItemLine, MarkScope, Window } from '@tongmai/api/recognition/catalogue'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { searchKeys, searchText } from '../../../kernel/search-key.ts'
import type { RecognitionTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<RecognitionTables>()

const columns = [
  'i.id',
  'i.code',
  'i.name',
  'i.aliases',
  'i.category',
  'i.dimensionless',
  'i.loinc',
  'i.localCodes',
  'i.retiredOn',
  'i.version',
] as const

/** The catalogue is everybody's. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('recognition.item as i')

/** The item, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Item> =>
  (await visible(ctx).select(columns).where('i.id', '=', id).$castTo<Item>().executeTakeFirst()) ??
  refuse('missing', 'recognition.item-missing')

/** As `find`, and holds the row until the transaction ends. */
export const lock = async (ctx: Ctx, id: string): Promise<Item> =>
  (await visible(ctx)
    .select(columns)
    .where('i.id', '=', id)
    .forUpdate()
    .$castTo<Item>()
    .executeTakeFirst()) ?? refuse('missing', 'recognition.item-missing')

export interface ItemFilter {
  readonly q?: string | undefined
  readonly category?: ItemCategory | undefined
  readonly scope?: MarkScope | undefined
  readonly on: string
  readonly retired: boolean
}

const termsOf = (w: string) => sql`json_build_object('since', ${sql.ref(`${w}.since`)}::text, 'until', null,
  'validDays', ${sql.ref(`${w}.valid_days`)}, 'scope', ${sql.ref(`${w}.scope`)}, 'method', ${sql.ref(`${w}.method`)},
  'priceFen', ${sql.ref(`${w}.price_fen`)}, 'doseUsv', ${sql.ref(`${w}.dose_usv`)},
  'waitDays', ${sql.ref(`${w}.wait_days`)}, 'source', ${sql.ref(`${w}.source`)},
  'demonstration', ${sql.ref(`${w}.demonstration`)})`

const windowOn = (day: string) => sql<Window | null>`(select ${termsOf('w')} from recognition.time_window w
  where w.item_id = i.id and w.since <= ${day} order by w.since desc limit 1)`

const scopeOn = (day: string) => sql<MarkScope>`(select w.scope from recognition.time_window w
  where w.item_id = i.id and w.since <= ${day} order by w.since desc limit 1)`

const passedOn = (
  day: string,
) => sql<number>`(select count(distinct g.institution_id)::int from recognition.gate g
  where g.item_id = i.id and g.withdrawn_at is null and g.passed and g.since <= ${day} and g.until >= ${day})`

/** One page of the catalogue by category and name, with the window in force on the day. */
export function list(
  ctx: Ctx,
  query: ItemFilter & { offset: number; limit: number },
): Promise<Page<ItemLine>> {
  const key = searchText(query.q ?? '')
  const found = tables(ctx)
    .selectFrom('recognition.searchKey')
    .select('itemId')
    .where('key', '>=', key)
    .where('key', '<', `${key}\uffff`)
  return pageOf(
    ctx,
    visible(ctx)
      .select([...columns, windowOn(query.on).as('window'), passedOn(query.on).as('passed')])
      .where('i.retiredOn', query.retired ? 'is not' : 'is', null)
      .$if(key !== '', (q) => q.where('i.id', 'in', found))
      .$if(query.category !== undefined, (q) => q.where('i.category', '=', query.category as ItemCategory))
      .$if(query.scope !== undefined, (q) => q.where(scopeOn(query.on), '=', query.scope as MarkScope))
      .orderBy('i.category')
      .orderBy('i.name')
      .orderBy('i.id')
      .$castTo<ItemLine>(),
    query,
  )
}

/** Those of these items that are in the catalogue, with the window in force on the day. */
export const listOn = (
  ctx: Ctx,
  ids: readonly string[],
  on: string,
): Promise<(Item & { window: Window | null })[]> =>
  visible(ctx)
    .select([...columns, windowOn(on).as('window')])
    .where('i.id', 'in', [...ids])
    .where('i.retiredOn', 'is', null)
    .$castTo<Item & { window: Window | null }>()
    .execute()

/** Every item in use; the catalogue holds some hundreds. */
export const listAll = (ctx: Ctx): Promise<Item[]> =>
  visible(ctx).select(columns).where('i.retiredOn', 'is', null).limit(5000).$castTo<Item>().execute()

/** Enters an item with its first edition and its keys; undefined where the code is taken. */
export async function add(ctx: Ctx, item: Omit<Item, 'version' | 'retiredOn'>): Promise<Item | undefined> {
  const added = await tables(ctx)
    .insertInto('recognition.item')
    .values(item)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return undefined
  const whole = { ...item, retiredOn: null, version: 1 }
  await addEdition(ctx, whole)
  return whole
}

/** Changes or retires an item; the new version gets an edition of its own. */
export async function change(
  ctx: Ctx,
  id: string,
  set: Partial<Omit<Item, 'id' | 'code' | 'version'>>,
): Promise<Item> {
  const changed = await tables(ctx)
    .updateTable('recognition.item as i')
    .set((eb) => ({ ...set, version: eb('i.version', '+', 1) }))
    .where('i.id', '=', id)
    .returning(columns)
    .$castTo<Item>()
    .executeTakeFirstOrThrow()
  await tables(ctx).deleteFrom('recognition.searchKey').where('itemId', '=', id).execute()
  await addEdition(ctx, changed)
  return changed
}

async function addEdition(ctx: Ctx, item: Item): Promise<void> {
  const { id, code, version, ...facts } = item
  const keys = searchKeys([item.name, code, ...item.aliases])
  await tables(ctx)
    .insertInto('recognition.searchKey')
    .values(keys.map((key) => ({ key, itemId: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tables(ctx)
    .insertInto('recognition.edition')
    .values({ itemId: id, version, at: ctx.now, accountId: ctx.actor.id, facts: JSON.stringify(facts) })
    .execute()
}

/** What each version was called and who wrote it, the newest first. */
export const listEditions = (ctx: Ctx, id: string) =>
  tables(ctx)
    .selectFrom('recognition.edition as e')
    .leftJoin('identity.accountName as a', (join) => join.on(sql`a.id::text`, '=', sql.ref('e.account_id')))
    .select([
      'e.version',
      'e.at',
      sql<string>`coalesce(a.name, '')`.as('by'),
      sql<string>`e.facts ->> 'name'`.as('name'),
    ])
    .where('e.itemId', '=', id)
    .orderBy('e.version', 'desc')
    .limit(100)
    .execute()

/** All windows of an item, the newest first; each ends the day before the next begins. */
export const listWindows = (ctx: Ctx, id: string): Promise<Window[]> =>
  tables(ctx)
    .selectFrom('recognition.timeWindow as w')
    .select([
      'w.since',
      sql<string | null>`(lead(w.since) over (order by w.since) - 1)::text`.as('until'),
      'w.validDays',
      'w.scope',
      'w.method',
      'w.priceFen',
      'w.doseUsv',
      'w.waitDays',
      'w.source',
      'w.demonstration',
    ])
    .where('w.itemId', '=', id)
    .orderBy('w.since', 'desc')
    .limit(100)
    .$castTo<Window>()
    .execute()

/** Sets the window that begins on its day, in place of another of the same day. */
export async function setWindow(ctx: Ctx, itemId: string, window: Omit<Window, 'until'>): Promise<void> {
  await tables(ctx)
    .insertInto('recognition.timeWindow')
    .values({ itemId, ...window })
    .onConflict((conflict) => conflict.columns(['itemId', 'since']).doUpdateSet(window))
    .execute()
}
