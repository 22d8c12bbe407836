import type { Page } from '@tongmai/api/kernel'
import type { Institution, InstitutionKind, InstitutionLine, Tier } from '@tongmai/api/network/institution'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { searchKeys, searchText } from '../../../kernel/search-key.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const columns = [
  'i.id',
  'i.code',
  'i.name',
  'i.shortName',
  'i.kind',
  'i.tier',
  'i.hospitalGrade',
  'i.creditCode',
  'i.divisionCode',
  'i.longitude',
  'i.latitude',
  'i.address',
  'i.phone',
  'i.external',
  'i.closedOn',
  'i.version',
] as const

/** Everybody may look an institution up: there is no work between institutions without it. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.institution as i')

/** The institution, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Institution> =>
  (await visible(ctx).select(columns).where('i.id', '=', id).$castTo<Institution>().executeTakeFirst()) ??
  refuse('missing', 'network.institution-missing')

/** By its short code, or undefined. */
export const findByCode = (ctx: Ctx, code: string): Promise<Institution | undefined> =>
  visible(ctx).select(columns).where('i.code', '=', code).$castTo<Institution>().executeTakeFirst()

/** By its unified social credit code, or undefined. */
export const findByCreditCode = (ctx: Ctx, creditCode: string): Promise<Institution | undefined> =>
  visible(ctx)
    .select(columns)
    .where('i.creditCode', '=', creditCode)
    .$castTo<Institution>()
    .executeTakeFirst()

/** The external institution that bears this foreign identifier, or undefined. */
export const findExternal = (ctx: Ctx, identifier: string): Promise<Institution | undefined> =>
  visible(ctx)
    .select(columns)
    .where('i.external', '=', true)
    .where('i.identifier', '=', identifier)
    .$castTo<Institution>()
    .executeTakeFirst()

/** As `find`, and holds the row until the transaction ends. */
export const lock = async (ctx: Ctx, id: string): Promise<Institution> =>
  (await visible(ctx)
    .select(columns)
    .where('i.id', '=', id)
    .forUpdate()
    .$castTo<Institution>()
    .executeTakeFirst()) ?? find(ctx, id)

export interface DirectoryFilter {
  readonly q?: string | undefined
  readonly kind?: InstitutionKind | undefined
  readonly tier?: Tier | undefined
  readonly allianceId?: string | undefined
  readonly external: boolean
}

function filtered(ctx: Ctx, filter: DirectoryFilter) {
  const key = searchText(filter.q ?? '')
  const today = dayOf(ctx.now)
  return visible(ctx)
    .where('i.external', '=', filter.external)
    .$if(key !== '', (query) =>
      query.where(
        'i.id',
        'in',
        tables(ctx)
          .selectFrom('network.searchKey')
          .select('institutionId')
          .where('key', '>=', key)
          .where('key', '<', `${key}\uffff`),
      ),
    )
    .$if(filter.kind !== undefined, (query) => query.where('i.kind', '=', filter.kind as string))
    .$if(filter.tier !== undefined, (query) => query.where('i.tier', '=', filter.tier as string))
    .$if(filter.allianceId !== undefined, (query) =>
      query.where(
        'i.id',
        'in',
        tables(ctx)
          .selectFrom('network.membership')
          .select('institutionId')
          .where('allianceId', '=', filter.allianceId as string)
          .where('since', '<=', today)
          .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)])),
      ),
    )
}

/** The alliances an institution is in on a day, in the same statement as the institution. */
const alliancesOn = (today: string) => sql<InstitutionLine['alliances']>`coalesce((
  select json_agg(json_build_object('allianceId', a.id, 'name', a.short_name, 'role', m.role) order by a.form, a.name)
  from network.membership m join network.alliance a on a.id = m.alliance_id
  where m.institution_id = i.id and m.since <= ${today} and (m.until is null or m.until >= ${today})), '[]')`

const divisionName = sql<
  string | null
>`(select d.name from network.division d where d.code = i.division_code)`

const lines = (ctx: Ctx, filter: DirectoryFilter) =>
  filtered(ctx, filter)
    .select([...columns, divisionName.as('divisionName'), alliancesOn(dayOf(ctx.now)).as('alliances')])
    .orderBy(sql`case i.tier when 'tertiary' then 0 when 'secondary' then 1 when 'primary' then 2 else 3 end`)
    .orderBy('i.name')
    .orderBy('i.id')
    .$castTo<InstitutionLine>()

/** One page of the directory: the higher tiers first, then by name. */
export const list = (
  ctx: Ctx,
  query: DirectoryFilter & { offset: number; limit: number },
): Promise<Page<InstitutionLine>> => pageOf(ctx, lines(ctx, query), query)

/** The whole filtered directory, at most 10 000 rows. */
export const listAll = (ctx: Ctx, filter: DirectoryFilter): Promise<InstitutionLine[]> =>
  lines(ctx, filter).limit(10_000).execute()

/** One line of the directory, or 404. */
export const findLine = async (ctx: Ctx, id: string): Promise<InstitutionLine> =>
  (await visible(ctx)
    .select([...columns, divisionName.as('divisionName'), alliancesOn(dayOf(ctx.now)).as('alliances')])
    .where('i.id', '=', id)
    .$castTo<InstitutionLine>()
    .executeTakeFirst()) ?? refuse('missing', 'network.institution-missing')

export type NewInstitution = Omit<Institution, 'version' | 'closedOn'> & {
  readonly identifier?: string | null
  readonly source?: string | null
}

/** Enters an institution and the keys under which it is found; answers undefined where its identity is taken. */
export async function add(ctx: Ctx, institution: NewInstitution): Promise<Institution | undefined> {
  const added = await tables(ctx)
    .insertInto('network.institution')
    .values({ ...institution, addedAt: ctx.now, changedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return undefined
  await writeKeys(ctx, institution)
  return { ...without(institution), closedOn: null, version: 1 }
}

const without = ({ identifier: _, source: __, ...institution }: NewInstitution) => institution

/** Changes an institution's facts; its version goes up. */
export async function change(
  ctx: Ctx,
  institution: Institution,
  set: Partial<Omit<Institution, 'id' | 'code' | 'version' | 'external'>>,
): Promise<Institution> {
  const changed = await tables(ctx)
    .updateTable('network.institution as i')
    .set((eb) => ({ ...set, version: eb('i.version', '+', 1), changedAt: ctx.now }))
    .where('i.id', '=', institution.id)
    .returning(columns)
    .$castTo<Institution>()
    .executeTakeFirstOrThrow()
  await tables(ctx).deleteFrom('network.searchKey').where('institutionId', '=', institution.id).execute()
  await writeKeys(ctx, changed)
  return changed
}

async function writeKeys(
  ctx: Ctx,
  of: { id: string; code: string; name: string; shortName: string },
): Promise<void> {
  const keys = searchKeys([of.name, of.shortName, of.code])
  await tables(ctx)
    .insertInto('network.searchKey')
    .values(keys.map((key) => ({ key, institutionId: of.id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Institutions of the region that lie in these divisions, for a grid's page. */
export const listWithin = (ctx: Ctx, divisionCodes: readonly string[]) =>
  visible(ctx)
    .select(['i.id', 'i.name', 'i.kind', 'i.tier', 'i.divisionCode'])
    .where('i.external', '=', false)
    .where('i.closedOn', 'is', null)
    .where(sql<string>`substr(i.division_code, 1, 9)`, 'in', divisionCodes.length > 0 ? divisionCodes : [''])
    .orderBy('i.name')
    .limit(500)
    .$castTo<Pick<Institution, 'id' | 'name' | 'kind' | 'tier' | 'divisionCode'>>()
    .execute()

/** Institutions after `after` in id order, for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<Institution[]> =>
  visible(ctx)
    .select(columns)
    .$if(after !== null, (query) => query.where('i.id', '>', after as string))
    .orderBy('i.id')
    .limit(limit)
    .$castTo<Institution>()
    .execute()

/** Where the open institutions lie that have a position. */
export const listPlaces = (ctx: Ctx): Promise<{ id: string; longitude: number; latitude: number }[]> =>
  visible(ctx)
    .select(['i.id', 'i.longitude', 'i.latitude'])
    .where('i.external', '=', false)
    .where('i.closedOn', 'is', null)
    .where('i.longitude', 'is not', null)
    .where('i.latitude', 'is not', null)
    .limit(20_000)
    .$castTo<{ id: string; longitude: number; latitude: number }>()
    .execute()

/** Names and tiers of the open institutions. */
export const listNames = (ctx: Ctx): Promise<{ id: string; name: string; tier: Tier | null }[]> =>
  visible(ctx)
    .select(['i.id', 'i.name', 'i.tier'])
    .where('i.external', '=', false)
    .where('i.closedOn', 'is', null)
    .orderBy('i.code')
    .limit(5000)
    .$castTo<{ id: string; name: string; tier: Tier | null }>()
    .execute()
