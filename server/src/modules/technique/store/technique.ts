import type { Page } from '@tongmai/api/kernel'
import type { Technique, TechniqueKind, TechniqueLevel, TechniqueLine } from '@tongmai/api/technique'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { searchKeys, searchText } from '../../../kernel/search-key.ts'
import type { TechniqueTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<TechniqueTables>()

const columns = [
  't.id',
  't.code',
  't.name',
  't.aliases',
  't.specialty',
  't.kind',
  't.level',
  't.note',
  't.retiredOn',
  't.version',
] as const

/** The catalogue is everybody's. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('technique.technique as t')

/** The technique, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Technique> =>
  (await visible(ctx).select(columns).where('t.id', '=', id).$castTo<Technique>().executeTakeFirst()) ??
  refuse('missing', 'technique.missing')

/** As `find`, and holds the row until the transaction ends. */
export const lock = async (ctx: Ctx, id: string): Promise<Technique> =>
  (await visible(ctx)
    .select(columns)
    .where('t.id', '=', id)
    .forUpdate()
    .$castTo<Technique>()
    .executeTakeFirst()) ?? refuse('missing', 'technique.missing')

export interface CatalogueFilter {
  readonly q?: string | undefined
  readonly kind?: TechniqueKind | undefined
  readonly level?: TechniqueLevel | undefined
  readonly specialty?: string | undefined
  readonly retired: boolean
}

const institutionsOn = (today: string) => sql<number>`(select count(distinct m.institution_id)::int
  from technique.mastery m where m.technique_id = t.id and m.state = 'live'
  and m.since <= ${today} and (m.until is null or m.until >= ${today}))`

/** One page of the catalogue by specialty and name. */
export function list(
  ctx: Ctx,
  query: CatalogueFilter & { offset: number; limit: number },
): Promise<Page<TechniqueLine>> {
  const key = searchText(query.q ?? '')
  const found = tables(ctx)
    .selectFrom('technique.searchKey')
    .select('techniqueId')
    .where('key', '>=', key)
    .where('key', '<', `${key}\uffff`)
  const chosen = visible(ctx)
    .select([...columns, institutionsOn(dayOf(ctx.now)).as('institutions')])
    .where('t.retiredOn', query.retired ? 'is not' : 'is', null)
    .$if(key !== '', (q) => q.where('t.id', 'in', found))
    .$if(query.kind !== undefined, (q) => q.where('t.kind', '=', query.kind as TechniqueKind))
    .$if(query.level !== undefined, (q) => q.where('t.level', '=', query.level as TechniqueLevel))
    .$if(query.specialty !== undefined, (q) => q.where('t.specialty', '=', query.specialty as string))
    .orderBy('t.specialty')
    .orderBy('t.name')
    .orderBy('t.id')
    .$castTo<TechniqueLine>()
  return pageOf(ctx, chosen, query)
}

/** Enters a technique with its first edition and its keys; undefined where the code is taken. */
export async function add(
  ctx: Ctx,
  technique: Omit<Technique, 'version' | 'retiredOn'>,
): Promise<Technique | undefined> {
  const added = await tables(ctx)
    .insertInto('technique.technique')
    .values({ ...technique })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return undefined
  const whole = { ...technique, retiredOn: null, version: 1 }
  await addEdition(ctx, whole)
  return whole
}

/** Changes or retires a technique; the new version gets an edition of its own. */
export async function change(
  ctx: Ctx,
  id: string,
  set: Partial<Omit<Technique, 'id' | 'code' | 'version'>>,
): Promise<Technique> {
  const changed = await tables(ctx)
    .updateTable('technique.technique as t')
    .set((eb) => ({ ...set, version: eb('t.version', '+', 1) }))
    .where('t.id', '=', id)
    .returning(columns)
    .$castTo<Technique>()
    .executeTakeFirstOrThrow()
  await tables(ctx).deleteFrom('technique.searchKey').where('techniqueId', '=', id).execute()
  await addEdition(ctx, changed)
  return changed
}

async function addEdition(ctx: Ctx, technique: Technique): Promise<void> {
  const { id, code, version, name, aliases, specialty, kind, level, note } = technique
  const keys = searchKeys([name, code, ...aliases])
  await tables(ctx)
    .insertInto('technique.searchKey')
    .values(keys.map((key) => ({ key, techniqueId: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tables(ctx)
    .insertInto('technique.edition')
    .values({
      techniqueId: id,
      version,
      at: ctx.now,
      accountId: ctx.actor.id,
      facts: JSON.stringify({ name, aliases, specialty, kind, level, note }),
    })
    .execute()
}

/** What each version said, the newest first. */
export const listEditions = (ctx: Ctx, id: string) =>
  tables(ctx)
    .selectFrom('technique.edition')
    .select(['version', 'at', 'facts'])
    .where('techniqueId', '=', id)
    .orderBy('version', 'desc')
    .limit(100)
    .$castTo<{
      version: number
      at: Date
      facts: Pick<Technique, 'name' | 'aliases' | 'specialty' | 'kind' | 'level' | 'note'>
    }>()
    .execute()
