import type { DiagnosisGroup, TypicalItem } from '@tongmai/api/benefit/tariff'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { BenefitTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<BenefitTables>()

type Group = Omit<DiagnosisGroup, 'kinds'>

/** One page of the groups of diagnoses whose usual items are kept, as of a day or all versions. */
export const listGroups = (
  ctx: Ctx,
  query: { on?: string | undefined; offset: number; limit: number },
): Promise<Page<DiagnosisGroup>> =>
  pageOf(
    ctx,
    tables(ctx)
      .selectFrom('benefit.diagnosisGroup as g')
      .select(['g.code', 'g.name', 'g.icd', 'g.source', 'g.since', 'g.until'])
      .select(
        sql<DiagnosisGroup['kinds']>`array(select distinct t.kind from benefit.typical_item t
          where t.group_code = g.code and t.since = g.since order by 1)`.as('kinds'),
      )
      .$if(query.on !== undefined, (q) =>
        q
          .where('g.since', '<=', query.on as string)
          .where((eb) => eb.or([eb('g.until', 'is', null), eb('g.until', '>=', query.on as string)])),
      )
      .orderBy('g.name')
      .orderBy('g.since', 'desc')
      .$castTo<DiagnosisGroup>(),
    query,
  )

/** The latest version of a group, if there is one. */
export const findLatest = (ctx: Ctx, code: string): Promise<Group | undefined> =>
  tables(ctx)
    .selectFrom('benefit.diagnosisGroup')
    .selectAll()
    .where('code', '=', code)
    .orderBy('since', 'desc')
    .executeTakeFirst()

/** What is usually done for a group on a day, each item with its price of that day; or 404. */
export async function listItems(ctx: Ctx, code: string, on: string) {
  const group = await findLatest(ctx, code)
  if (!group) return refuse('missing', 'benefit.group-missing')
  return tables(ctx)
    .selectFrom('benefit.typicalItem as t')
    .leftJoin('benefit.tariff as f', (join) =>
      join
        .onRef('f.code', '=', 't.itemCode')
        .onRef('f.tier', '=', 't.tier')
        .on('f.since', '<=', on)
        .on((eb) => eb.or([eb('f.until', 'is', null), eb('f.until', '>=', on)])),
    )
    .select(['t.kind', 't.tier', 't.itemCode', 't.quantity', 'f.name', 'f.priceFen'])
    .where('t.groupCode', '=', code)
    .where('t.since', '=', group.since)
    .orderBy('t.kind')
    .orderBy(sql`array_position(array['primary', 'secondary', 'tertiary'], t.tier)`)
    .orderBy('t.itemCode')
    .limit(500)
    .execute()
}

/** Which of these codes no tariff knows. */
export async function listUnknownItems(ctx: Ctx, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const known = await tables(ctx)
    .selectFrom('benefit.tariff')
    .select('code')
    .distinct()
    .where('code', 'in', [...codes])
    .execute()
  const has = new Set(known.map(({ code }) => code))
  return codes.filter((code) => !has.has(code))
}

/** Adds a version of a group with what is usually done for it; the version before ends the day before. */
export async function addGroup(
  ctx: Ctx,
  group: Omit<Group, 'until'>,
  items: readonly TypicalItem[],
): Promise<void> {
  const { code, since } = group
  await tables(ctx)
    .deleteFrom('benefit.diagnosisGroup')
    .where('code', '=', code)
    .where('since', '=', since)
    .execute()
  await tables(ctx)
    .updateTable('benefit.diagnosisGroup')
    .set({ until: dayAfter(since, -1) })
    .where('code', '=', code)
    .where('since', '<', since)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', since)]))
    .execute()
  await tables(ctx)
    .insertInto('benefit.diagnosisGroup')
    .values({ ...group, until: null })
    .execute()
  if (items.length === 0) return
  await tables(ctx)
    .insertInto('benefit.typicalItem')
    .values(items.map((item) => ({ ...item, groupCode: code, since })))
    .execute()
}
