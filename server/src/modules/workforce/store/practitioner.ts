import type { Act, LicenceState, PractitionerKind, Title } from '@tongmai/api/workforce/practitioner'
import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { searchKeys, searchText } from '../../../kernel/search-key.ts'
import type { WorkforceTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type PractitionerRow = Selectable<WorkforceTables['workforce.practitioner']>
export type SiteRow = Selectable<WorkforceTables['workforce.site']>

/** Every practitioner is visible to all staff: who may treat is no secret. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('workforce.practitioner')

export const find = async (ctx: Ctx, id: string): Promise<PractitionerRow> =>
  (await visible(ctx).selectAll().where('id', '=', id).executeTakeFirst()) ??
  refuse('missing', 'workforce.missing')

/** As `find`, and holds the row. */
export const lock = async (ctx: Ctx, id: string): Promise<PractitionerRow> =>
  (await visible(ctx).selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  refuse('missing', 'workforce.missing')

/** The practitioner of a foreign record, where it has come in before. */
export const findBySource = (ctx: Ctx, key: string): Promise<PractitionerRow | undefined> =>
  visible(ctx).selectAll().where('sourceKey', '=', key).executeTakeFirst()

export async function add(
  ctx: Ctx,
  row: Omit<Insertable<WorkforceTables['workforce.practitioner']>, 'createdAt'>,
): Promise<PractitionerRow> {
  const added = await tables(ctx)
    .insertInto('workforce.practitioner')
    .values({ ...row, createdAt: ctx.now })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (!added.external) await addKeys(ctx, [added])
  return added
}

/** Changes the row if it still has the version that was read. */
export async function change(
  ctx: Ctx,
  row: { id: string; version: number },
  set: Partial<Insertable<WorkforceTables['workforce.practitioner']>>,
): Promise<PractitionerRow> {
  const changed = await tables(ctx)
    .updateTable('workforce.practitioner')
    .set({ ...set, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirst()
  if (!changed) return refuse('conflict', 'workforce.stale')
  if (set.name !== undefined) {
    await tables(ctx).deleteFrom('workforce.searchKey').where('practitionerId', '=', row.id).execute()
    if (!changed.external) await addKeys(ctx, [changed])
  }
  return changed
}

/** Lets them be found by each part of their names, in characters, pinyin or initials. */
export async function addKeys(ctx: Ctx, people: readonly { id: string; name: string }[]): Promise<void> {
  const rows = people.flatMap(({ id, name }) =>
    searchKeys([name], 'person').map((key) => ({ key, practitionerId: id })),
  )
  if (rows.length === 0) return
  await tables(ctx)
    .insertInto('workforce.searchKey')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Some of those who cannot be found by parts of their names yet. */
export const listWithoutKeys = (ctx: Ctx, limit: number): Promise<{ id: string; name: string }[]> =>
  visible(ctx)
    .select(['id', 'name'])
    .where('external', '=', false)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('workforce.searchKey as k')
            .select('k.key')
            .whereRef('k.practitionerId', '=', 'workforce.practitioner.id'),
        ),
      ),
    )
    .limit(limit)
    .execute()

export const listSites = (ctx: Ctx, practitionerId: string) =>
  tables(ctx)
    .selectFrom('workforce.site as s')
    .leftJoin('network.name as n', 'n.id', 's.institutionId')
    .leftJoin('network.departmentName as d', 'd.id', 's.departmentId')
    .selectAll('s')
    .select(['n.name as institution', 'd.name as department'])
    .where('s.practitionerId', '=', practitionerId)
    .orderBy('s.isPrimary', 'desc')
    .orderBy('s.since', 'desc')
    .limit(50)
    .execute()

export const addSite = (ctx: Ctx, row: Insertable<WorkforceTables['workforce.site']>): Promise<SiteRow> =>
  tables(ctx).insertInto('workforce.site').values(row).returningAll().executeTakeFirstOrThrow()

export const findSite = async (ctx: Ctx, id: string): Promise<SiteRow> =>
  (await tables(ctx).selectFrom('workforce.site').selectAll().where('id', '=', id).executeTakeFirst()) ??
  refuse('missing', 'workforce.missing')

export const endSite = (ctx: Ctx, id: string, until: string) =>
  tables(ctx).updateTable('workforce.site').set({ until }).where('id', '=', id).execute()

export interface StaffFilter {
  readonly institutionId: string
  readonly kind?: PractitionerKind | undefined
  readonly title?: Title | undefined
  readonly licence?: LicenceState | undefined
  readonly name?: string | undefined
  readonly act?: Act | undefined
}
export interface Days {
  readonly today: string
  /** Up to this day an end is near enough to be called expiring. */
  readonly lastQuiet: string
}

/** The judgement of `hindranceOf` on a whole list: a licence in force today of a kind, scope and title that the act asks for. */
const mayDo = (act: Act, today: string) => sql<boolean>`exists (select from workforce.act_rule r
  join workforce.licence held on held.practitioner_id = workforce.practitioner.id and held.kind = any (r.licences)
  where r.act = ${act} and r.kind = workforce.practitioner.kind
    and r.since <= ${today}::date and (r.until is null or r.until >= ${today}::date)
    and held.since <= ${today}::date and (held.until is null or held.until >= ${today}::date)
    and (r.scopes is null or r.scopes && held.scopes)
    and (r.titles is null or workforce.practitioner.title = any (r.titles)))`

/** Whose name, its pinyin or its initials have a part that begins so. */
const foundBy = (ctx: Ctx, key: string) =>
  tables(ctx)
    .selectFrom('workforce.searchKey')
    .select('practitionerId')
    .where('key', '>=', key)
    .where('key', '<', `${key}\uffff`)

/** Those who practise at one institution today, with the licence to practise that ends last. */
export function staff(ctx: Ctx, filter: StaffFilter, { today, lastQuiet }: Days) {
  const key = searchText(filter.name ?? '')
  const state = sql<LicenceState>`case
    when l.since is null then 'none' when l.since > ${today}::date then 'notYet' when l.until is null then 'current'
    when l.until < ${today}::date then 'expired' when l.until <= ${lastQuiet}::date then 'expiring' else 'current' end`
  return visible(ctx)
    .innerJoin('workforce.site as s', 's.practitionerId', 'workforce.practitioner.id')
    .leftJoin('network.departmentName as d', 'd.id', 's.departmentId')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('workforce.licence as own')
          .select(['own.since', 'own.until'])
          .whereRef('own.practitionerId', '=', 'workforce.practitioner.id')
          .where('own.kind', 'in', [
            'physicianPractice',
            'assistantPractice',
            'nursePractice',
            'pharmacistPractice',
            'technicianPractice',
          ])
          .orderBy(sql`own.until desc nulls first`)
          .limit(1)
          .as('l'),
      (join) => join.onTrue(),
    )
    .select([
      'workforce.practitioner.id',
      'workforce.practitioner.name',
      'workforce.practitioner.sex',
      'workforce.practitioner.kind',
      'workforce.practitioner.title',
      'd.name as department',
      's.isPrimary as primary',
      'l.until as licensedUntil',
    ])
    .select(state.as('licence'))
    .where('s.institutionId', '=', filter.institutionId)
    .where('s.since', '<=', today)
    .where((eb) => eb.or([eb('s.until', 'is', null), eb('s.until', '>=', today)]))
    .$if(filter.kind !== undefined, (q) =>
      q.where('workforce.practitioner.kind', '=', filter.kind as PractitionerKind),
    )
    .$if(filter.title !== undefined, (q) =>
      q.where('workforce.practitioner.title', '=', filter.title as Title),
    )
    .$if(filter.licence !== undefined, (q) => q.where(state, '=', filter.licence as LicenceState))
    .$if(key !== '', (q) =>
      q.where((eb) =>
        eb.or([
          eb.between('workforce.practitioner.name', key, `${key}\uffff`),
          eb('workforce.practitioner.id', 'in', foundBy(ctx, key)),
        ]),
      ),
    )
    .$if(filter.act !== undefined, (q) => q.where(mayDo(filter.act as Act, today)))
    .orderBy('workforce.practitioner.kind')
    .orderBy('workforce.practitioner.name')
    .orderBy('workforce.practitioner.id')
}

export const listStaff = (ctx: Ctx, filter: StaffFilter, at: Days & { offset: number; limit: number }) =>
  pageOf(ctx, staff(ctx, filter, at), at)

/** In id order, after one. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<PractitionerRow[]> =>
  visible(ctx)
    .selectAll()
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()
