import type { QualityRule, QualityTerms, ScoreBy, TrendBy, TrendStep } from '@tongmai/api/record/quality'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import { nobody, tables } from './tables-of.ts'

/** Whose data are looked at: one doctor's, an institution's, its partners' too, or all. */
export interface Sight {
  readonly institutionId: string
  readonly practitionerId: string | null
  readonly reach: 'self' | 'institution' | 'partners' | 'all'
}

/** What a list or a score is narrowed to. */
export interface Narrow {
  readonly institutionId?: string | undefined
  readonly departmentId?: string | undefined
  readonly practitionerId?: string | undefined
  readonly type?: string | undefined
  readonly dimension?: QualityTerms['dimension'] | undefined
  readonly rule?: string | undefined
}

/** The rules as they stand on a day; of one that is switched off the weight is 0. */
export const listRules = (
  ctx: Ctx,
  { on, type, dimension }: { on: string } & Pick<Narrow, 'type' | 'dimension'>,
): Promise<QualityRule[]> =>
  tables(ctx)
    .selectFrom('record.qualityRule')
    .selectAll()
    .where('since', '<=', on)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', on)]))
    .$if(type !== undefined, (q) => q.where('type', '=', type as string))
    .$if(dimension !== undefined, (q) => q.where('dimension', '=', dimension as QualityTerms['dimension']))
    .orderBy('type')
    .orderBy('dimension')
    .orderBy('code')
    .execute()

/** Every edition of one rule, the newest first. */
export const editionsOf = (ctx: Ctx, code: string): Promise<QualityRule[]> =>
  tables(ctx)
    .selectFrom('record.qualityRule')
    .selectAll()
    .where('code', '=', code)
    .orderBy('since', 'desc')
    .execute()

/** The edition from a day on: the one before ends the day before, one that has not begun is replaced. */
export async function setRule(ctx: Ctx, code: string, terms: QualityTerms): Promise<void> {
  await tables(ctx)
    .deleteFrom('record.qualityRule')
    .where('code', '=', code)
    .where('since', '>=', terms.since)
    .execute()
  await tables(ctx)
    .updateTable('record.qualityRule')
    .set({ until: dayAfter(terms.since, -1) })
    .where('code', '=', code)
    .where('until', 'is', null)
    .execute()
  await tables(ctx)
    .insertInto('record.qualityRule')
    .values({ code, ...terms, until: null })
    .execute()
}

/** Up to where the chain has been judged; held until the transaction ends, undefined where another is at it. */
export const lockProgress = (ctx: Ctx): Promise<{ number: number } | undefined> =>
  tables(ctx)
    .selectFrom('record.qualityProgress')
    .select('number')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

/** Says up to where the chain has been judged. */
export const setProgress = (ctx: Ctx, number: number) =>
  tables(ctx).updateTable('record.qualityProgress').set({ number }).execute()

/** The department of each of these doctors, by doctor and institution in one text. */
export async function departmentsOf(
  ctx: Ctx,
  practitionerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tables(ctx)
    .selectFrom('workforce.workplace')
    .select(['practitionerId', 'institutionId', 'departmentId'])
    .where('practitionerId', 'in', [...practitionerIds, nobody])
    .where('departmentId', 'is not', null)
    .where('until', 'is', null)
    .execute()
  return new Map(
    rows.map((row) => [`${row.practitionerId} ${row.institutionId}`, row.departmentId as string]),
  )
}

/** What somebody may see of rows `c`. */
export const sightConditions = (
  ctx: Ctx,
  { institutionId, practitionerId, reach }: Sight,
): RawBuilder<SqlBool>[] => {
  if (reach === 'all') return []
  if (reach === 'partners')
    return [
      sql<SqlBool>`c.institution_id in (select ${institutionId}::uuid union select b.partner_id from network.service_between b
        where b.institution_id = ${institutionId}::uuid and b.since <= ${ctx.now} and (b.until is null or b.until > ${ctx.now}))`,
    ]
  const own = sql<SqlBool>`c.institution_id = ${institutionId}::uuid`
  return reach === 'institution' ? [own] : [own, sql<SqlBool>`c.practitioner_id = ${practitionerId}::uuid`]
}

export const narrowed = (f: Narrow): RawBuilder<SqlBool>[] => [
  ...(f.institutionId ? [sql<SqlBool>`c.institution_id = ${f.institutionId}::uuid`] : []),
  ...(f.departmentId ? [sql<SqlBool>`c.department_id = ${f.departmentId}::uuid`] : []),
  ...(f.practitionerId ? [sql<SqlBool>`c.practitioner_id = ${f.practitionerId}::uuid`] : []),
  ...(f.type ? [sql<SqlBool>`c.type = ${f.type}`] : []),
  ...(f.dimension ? [sql<SqlBool>`r.dimension = ${f.dimension}`] : []),
  ...(f.rule ? [sql<SqlBool>`c.rule = ${f.rule}`] : []),
]

/** The latest edition of each rule: its title and what it looks at. */
export interface Latest {
  readonly code: string
  readonly title: string
  readonly dimension: QualityTerms['dimension']
}
export const latest = sql<Latest>`(select distinct on (code) code, title, dimension from record.quality_rule order by code, since desc)`

export interface Counted {
  readonly key: string
  readonly label: string
  readonly checked: number
  readonly failed: number
  readonly weighed: number
  readonly missed: number
}

const keyBy: Readonly<Record<ScoreBy, RawBuilder<string>>> = {
  institution: sql`c.institution_id::text`,
  department: sql`c.department_id::text`,
  practitioner: sql`c.practitioner_id::text`,
  type: sql`c.type`,
  dimension: sql`r.dimension`,
  rule: sql`c.rule`,
  month: sql`to_char(c.day, 'YYYY-MM')`,
  day: sql`c.day::text`,
}
const labelBy: Readonly<Record<ScoreBy, RawBuilder<string>>> = {
  ...keyBy,
  institution: sql`coalesce(max(n.name), '')`,
  department: sql`coalesce(max(d.name), '')`,
  practitioner: sql`coalesce(max(p.name), '')`,
  rule: sql`max(r.title)`,
}

/** The checks between two days by what is asked for, in time order or the worst first; `null` sums up all. */
export async function sum(
  ctx: Ctx,
  sight: Sight,
  { by, from, to, ...narrow }: Narrow & { by: ScoreBy | null; from: string; to: string },
): Promise<Counted[]> {
  const conditions = [
    sql<SqlBool>`c.day between ${from}::date and ${to}::date`,
    ...sightConditions(ctx, sight),
    ...narrowed(narrow),
  ]
  const order =
    by === 'month' || by === 'day'
      ? sql`1`
      : sql`sum(c.missed)::float8 / nullif(sum(c.weighed), 0) desc nulls last, 1`
  const { rows } = await sql<Counted>`
    select ${by ? keyBy[by] : sql`''`} as key, ${by ? labelBy[by] : sql`''`} as label, coalesce(sum(c.checked), 0)::int as checked,
      coalesce(sum(c.failed), 0)::int as failed, coalesce(sum(c.weighed), 0)::int as weighed, coalesce(sum(c.missed), 0)::int as missed
    from record.quality_count c join ${latest} r on r.code = c.rule
      left join network.name n on n.id = c.institution_id
      left join network.department_name d on d.id = c.department_id
      left join workforce.name p on p.id = c.practitioner_id
    where ${sql.join(conditions, sql` and `)} ${by ? sql`group by ${keyBy[by]}` : sql``}
    order by ${by ? order : sql`1`} limit 500`.execute(tables(ctx))
  return rows
}

/** So many groups are drawn: as many as there are colours. */
const GROUPS_MOST = 7

export type Step = Counted & { readonly at: string }

/** The checks between two days step by step, of the groups of which most was checked; at most 2 000 steps in all. */
export async function sumSteps(
  ctx: Ctx,
  sight: Sight,
  asked: Narrow & { by: TrendBy; step: TrendStep; from: string; to: string },
): Promise<Step[]> {
  const { by, step, from, to, ...narrow } = asked
  const conditions = [
    sql<SqlBool>`c.day between ${from}::date and ${to}::date`,
    ...sightConditions(ctx, sight),
    ...narrowed(narrow),
  ]
  const { rows } = await sql<Step>`
    with c as materialized (select c.*, ${keyBy[by]} as key from record.quality_count c join ${latest} r on r.code = c.rule
      where ${sql.join(conditions, sql` and `)}),
    most as (select key from c group by key order by sum(checked) desc, key limit ${GROUPS_MOST})
    select date_trunc(${step}, c.day)::date::text as at, c.key, ${labelBy[by]} as label, sum(c.checked)::int as checked,
      sum(c.failed)::int as failed, sum(c.weighed)::int as weighed, sum(c.missed)::int as missed
    from c join most using (key)
      left join network.name n on n.id = c.institution_id
      left join network.department_name d on d.id = c.department_id
      left join workforce.name p on p.id = c.practitioner_id
    group by 1, c.key${by === 'type' ? sql`, c.type` : sql``} order by 1, c.key limit 2000`.execute(
    tables(ctx),
  )
  return rows
}
