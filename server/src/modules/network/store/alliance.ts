import type { Page } from '@tongmai/api/kernel'
import type { Alliance, AllianceForm, AllianceLine, AlliancePage } from '@tongmai/api/network/alliance'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const columns = [
  'a.id',
  'a.name',
  'a.shortName',
  'a.form',
  'a.specialty',
  'a.charter',
  'a.since',
  'a.until',
  'a.version',
] as const
const lineColumns = [
  'a.id',
  'a.name',
  'a.shortName',
  'a.form',
  'a.specialty',
  'a.since',
  'a.until',
  'a.version',
] as const

/** Which alliances there are, and who is in them, everybody may know. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.alliance as a')

/** The alliance, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Alliance> =>
  (await visible(ctx).select(columns).where('a.id', '=', id).$castTo<Alliance>().executeTakeFirst()) ??
  refuse('missing', 'network.alliance-missing')

/** As `find`, and holds the row: memberships, lead and rules of an alliance change one after the other. */
export const lock = async (ctx: Ctx, id: string): Promise<Alliance> =>
  (await visible(ctx)
    .select(columns)
    .where('a.id', '=', id)
    .forUpdate()
    .$castTo<Alliance>()
    .executeTakeFirst()) ?? find(ctx, id)

/** Who leads the alliance on a day (today where none is given), or null. */
export async function findLead(ctx: Ctx, allianceId: string, on = dayOf(ctx.now)): Promise<string | null> {
  const lead = await tables(ctx)
    .selectFrom('network.membership')
    .select('institutionId')
    .where('allianceId', '=', allianceId)
    .where('role', '=', 'lead')
    .where('since', '<=', on)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', on)]))
    .executeTakeFirst()
  return lead?.institutionId ?? null
}

const during = (alias: string, today: string) =>
  sql<boolean>`${sql.ref(`${alias}.since`)} <= ${today} and (${sql.ref(`${alias}.until`)} is null or ${sql.ref(`${alias}.until`)} >= ${today})`

const leadOf = (today: string, column: 'id' | 'short_name') => sql<string | null>`(
  select i.${sql.raw(column)} from network.membership m join network.institution i on i.id = m.institution_id
  where m.alliance_id = a.id and m.role = 'lead' and ${during('m', today)} limit 1)`

const membersOf = (today: string) =>
  sql<number>`(select count(*)::int from network.membership m where m.alliance_id = a.id and ${during('m', today)})`

const lines = (ctx: Ctx, today: string) =>
  visible(ctx)
    .select(lineColumns)
    .select([
      leadOf(today, 'id').as('leadId'),
      leadOf(today, 'short_name').as('leadName'),
      membersOf(today).as('members'),
    ])

/** One page of alliances, by form and name. */
export function list(
  ctx: Ctx,
  query: {
    offset: number
    limit: number
    form?: AllianceForm | undefined
    institutionId?: string | undefined
  },
): Promise<Page<AllianceLine>> {
  const today = dayOf(ctx.now)
  const chosen = lines(ctx, today)
    .$if(query.form !== undefined, (q) => q.where('a.form', '=', query.form as AllianceForm))
    .$if(query.institutionId !== undefined, (q) =>
      q.where(
        'a.id',
        'in',
        tables(ctx)
          .selectFrom('network.membership as m')
          .select('m.allianceId')
          .where('m.institutionId', '=', query.institutionId as string)
          .where(during('m', today)),
      ),
    )
    .orderBy('a.form')
    .orderBy('a.name')
    .orderBy('a.id')
    .$castTo<AllianceLine>()
  return pageOf(ctx, chosen, query)
}

type Shown = Omit<AlliancePage, 'serviceRules' | 'mayManage'>

/** What an alliance's page shows of it, without the rules; or 404. */
export async function findShown(ctx: Ctx, id: string): Promise<Shown> {
  const today = dayOf(ctx.now)
  const counts = sql<Shown['counts']>`coalesce((select json_agg(c) from (
    select m.layer, m.grade, m.role, count(*)::int as members from network.membership m
    where m.alliance_id = a.id and ${during('m', today)} group by 1, 2, 3 order by 1, 2, 3) c), '[]')`
  const belongs = sql<boolean>`exists (select from network.membership m
    where m.alliance_id = a.id and m.institution_id = ${ctx.actor.institutionId})`
  const shown = await lines(ctx, today)
    .select(['a.charter', counts.as('counts'), belongs.as('belongs')])
    .where('a.id', '=', id)
    .$castTo<Shown>()
    .executeTakeFirst()
  return shown ?? refuse('missing', 'network.alliance-missing')
}

/** Adds an alliance; its first lead is added by the caller in the same transaction. */
export async function add(
  ctx: Ctx,
  alliance: Omit<Alliance, 'version'>,
  founderId: string,
): Promise<Alliance> {
  await tables(ctx)
    .insertInto('network.alliance')
    .values({ ...alliance, founderId, addedAt: ctx.now })
    .execute()
  return { ...alliance, version: 1 }
}

/** Changes an alliance; its version goes up, also where only its members or rules changed (`set` empty). */
export const change = (
  ctx: Ctx,
  id: string,
  set: Partial<Pick<Alliance, 'name' | 'shortName' | 'charter'>>,
): Promise<Alliance> =>
  tables(ctx)
    .updateTable('network.alliance as a')
    .set((eb) => ({ ...set, version: eb('a.version', '+', 1) }))
    .where('a.id', '=', id)
    .returning(columns)
    .$castTo<Alliance>()
    .executeTakeFirstOrThrow()

/** Names of alliances by id. */
export async function names(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await visible(ctx).select(['a.id', 'a.shortName']).where('a.id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.shortName]))
}
