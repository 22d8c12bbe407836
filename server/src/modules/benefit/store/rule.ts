import type { BenefitLevel, CareKind, InsuranceRule, PoolingArea } from '@tongmai/api/benefit/rule'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { BenefitTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<BenefitTables>()

const columns = [
  'r.id',
  'r.area',
  'r.scheme',
  'r.category',
  'r.level',
  'r.kind',
  'r.contracted',
  'r.referral',
  'r.deductibleFen',
  'r.ratioBp',
  'r.ratioMinBp',
  'r.ratioMaxBp',
  'r.capFen',
  'r.standing',
  'r.since',
  'r.until',
  'r.source',
  'r.note',
] as const

/** Rules are public. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('benefit.insuranceRule as r')

/** As it stands, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<InsuranceRule> =>
  (await visible(ctx).select(columns).where('r.id', '=', id).$castTo<InsuranceRule>().executeTakeFirst()) ??
  refuse('missing', 'benefit.rule-missing')

/** As it stands, held until the transaction ends; or 404. */
export const lock = async (ctx: Ctx, id: string): Promise<InsuranceRule> =>
  (await visible(ctx)
    .select(columns)
    .where('r.id', '=', id)
    .forUpdate()
    .$castTo<InsuranceRule>()
    .executeTakeFirst()) ?? refuse('missing', 'benefit.rule-missing')

export interface RuleFilter {
  readonly area?: string | undefined
  readonly level?: BenefitLevel | undefined
  readonly kind?: CareKind | undefined
  readonly on?: string | undefined
}

/** One page of rules by area, level and conditions; versions of one key stand together, the latest first. */
export const list = (
  ctx: Ctx,
  query: RuleFilter & { offset: number; limit: number },
): Promise<Page<InsuranceRule>> =>
  pageOf(
    ctx,
    visible(ctx)
      .select(columns)
      .$if(query.area !== undefined, (q) => q.where('r.area', '=', query.area as string))
      .$if(query.level !== undefined, (q) => q.where('r.level', '=', query.level as BenefitLevel))
      .$if(query.kind !== undefined, (q) => q.where('r.kind', '=', query.kind as CareKind))
      .$if(query.on !== undefined, (q) =>
        q
          .where((eb) => eb.or([eb('r.since', 'is', null), eb('r.since', '<=', query.on as string)]))
          .where((eb) => eb.or([eb('r.until', 'is', null), eb('r.until', '>=', query.on as string)])),
      )
      .orderBy(sql`array_position(array['local', 'demonstration', 'example'], r.standing)`)
      .orderBy('r.area')
      .orderBy('r.kind')
      .orderBy('r.scheme')
      .orderBy('r.category')
      .orderBy(
        sql`array_position(array['primary', 'secondary', 'tertiary', 'tertiaryCity', 'tertiaryProvince', 'outsideArea', 'outsideProvince'], r.level)`,
      )
      .orderBy('r.contracted')
      .orderBy('r.referral')
      .orderBy('r.since', 'desc')
      .orderBy('r.id')
      .$castTo<InsuranceRule>(),
    query,
  )

/** Rules of the same key whose time touches the one from `since` to `until`. */
export async function hasTouching(ctx: Ctx, rule: InsuranceRule): Promise<boolean> {
  const { area, scheme, category, level, kind, contracted, referral, since, until } = rule
  const row = await visible(ctx)
    .select('r.id')
    .where((eb) => eb.and({ area, scheme, category, level, kind, contracted, referral }))
    .where('r.id', '<>', rule.id)
    .$if(since !== null, (q) =>
      q.where((eb) => eb.or([eb('r.until', 'is', null), eb('r.until', '>=', since as string)])),
    )
    .$if(until !== null, (q) =>
      q.where((eb) => eb.or([eb('r.since', 'is', null), eb('r.since', '<=', until as string)])),
    )
    .executeTakeFirst()
  return row !== undefined
}

/** Adds rules; the caller has seen that none overlaps. */
export async function add(ctx: Ctx, rules: readonly InsuranceRule[]): Promise<void> {
  await tables(ctx).insertInto('benefit.insuranceRule').values(rules).execute()
}

/** Sets the last day of a rule. */
export async function end(ctx: Ctx, id: string, until: string): Promise<void> {
  await tables(ctx).updateTable('benefit.insuranceRule').set({ until }).where('id', '=', id).execute()
}

/** Makes an area known where it is not yet. */
export async function addArea(
  ctx: Ctx,
  area: Pick<PoolingArea, 'area' | 'division' | 'standing' | 'note'>,
): Promise<void> {
  await tables(ctx)
    .insertInto('benefit.area')
    .values(area)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The area's standing, or undefined where it is not known. */
export const findArea = (ctx: Ctx, area: string) =>
  tables(ctx)
    .selectFrom('benefit.area')
    .select(['area', 'standing'])
    .where('area', '=', area)
    .executeTakeFirst()

/** The limit between stays of an area that holds on a day, if one is kept. */
export const findGap = (ctx: Ctx, area: string, on: string) =>
  tables(ctx)
    .selectFrom('benefit.chainRule')
    .select(['gapDays', 'since', 'source'])
    .where('area', '=', area)
    .where((eb) => eb.or([eb('since', 'is', null), eb('since', '<=', on)]))
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', on)]))
    .executeTakeFirst()

/** Within how many days two stays of an area are one episode, from a day on; said again for that day, it is the later word. */
export async function setGap(
  ctx: Ctx,
  rule: { id: string; area: string; gapDays: number | null; since: string; source: string },
): Promise<void> {
  const { area, since, gapDays, source } = rule
  await tables(ctx)
    .updateTable('benefit.chainRule')
    .set({ until: dayAfter(since, -1) })
    .where('area', '=', area)
    .where((eb) => eb.or([eb('since', 'is', null), eb('since', '<', since)]))
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', since)]))
    .execute()
  const next = await tables(ctx)
    .selectFrom('benefit.chainRule')
    .select('since')
    .where('area', '=', area)
    .where('since', '>', since)
    .orderBy('since')
    .executeTakeFirst()
  await tables(ctx)
    .insertInto('benefit.chainRule')
    .values({ ...rule, until: next?.since ? dayAfter(next.since, -1) : null })
    .onConflict((conflict) => conflict.columns(['area', 'since']).doUpdateSet({ gapDays, source }))
    .execute()
}

/** One page of areas with how many rules each has, and its limit between stays today. */
export function listAreas(ctx: Ctx, query: { offset: number; limit: number }): Promise<Page<PoolingArea>> {
  const today = dayOf(ctx.now)
  const chain = (column: 'gap_days' | 'source') => sql`(select c.${sql.ref(column)} from benefit.chain_rule c
    where c.area = a.area and (c.since is null or c.since <= ${today}) and (c.until is null or c.until >= ${today})
    order by c.since desc nulls last limit 1)`
  return pageOf(
    ctx,
    tables(ctx)
      .selectFrom('benefit.area as a')
      .select(['a.area', 'a.division', 'a.standing', 'a.note'])
      .select(
        sql<number>`(select count(*)::int from benefit.insurance_rule r where r.area = a.area)`.as('rules'),
      )
      .select([chain('gap_days').as('gapDays'), chain('source').as('gapSource')])
      .orderBy(sql`array_position(array['local', 'demonstration', 'example'], a.standing)`)
      .orderBy('a.area')
      .$castTo<PoolingArea>(),
    query,
  )
}
