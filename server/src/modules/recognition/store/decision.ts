import type { Page } from '@tongmai/api/kernel'
import type { Decision, DecisionOrder, LedgerBy, LedgerRow } from '@tongmai/api/recognition/ledger'
import type { MyDecision, Outcome, RefusalReason } from '@tongmai/api/recognition/order'
import { type Insertable, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, startOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { searchText } from '../../../kernel/search-key.ts'
import type { RecognitionTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<RecognitionTables>()

export type NewDecision = Insertable<RecognitionTables['recognition.decision']>

/** Keeps what was decided. */
export async function add(ctx: Ctx, decisions: readonly NewDecision[]): Promise<void> {
  await tables(ctx)
    .insertInto('recognition.decision')
    .values([...decisions])
    .execute()
}

export type Ordered = Selectable<RecognitionTables['recognition.decision']>

/** The tests of these residents (one person) that were ordered, by their ids or their orders' numbers. */
export const listOrdered = (
  ctx: Ctx,
  residentIds: readonly string[],
  { tests, orders }: { readonly tests: readonly string[]; readonly orders: readonly string[] },
): Promise<Ordered[]> =>
  tables(ctx)
    .selectFrom('recognition.decision')
    .selectAll()
    .where('residentId', 'in', [...residentIds])
    .where('outcome', '<>', 'recognised')
    .where((is) =>
      is.or([
        is('id', '=', sql<string>`any (${[...tests]}::uuid[])`),
        is('orderId', '=', sql<string>`any (${[...orders]}::uuid[])`),
      ]),
    )
    .orderBy('id')
    .limit(100)
    .execute()

/** In id order, after one; for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number) =>
  tables(ctx)
    .selectFrom('recognition.decision')
    .selectAll()
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()

/** Whose decisions are looked at: the own institution's (as orderer or source), its partners' too, or all. */
export type Sight = { readonly own: string; readonly partners: boolean } | null

export interface DecisionFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly institutionId?: string | undefined
  readonly sourceId?: string | undefined
  readonly practitionerId?: string | undefined
  readonly itemId?: string | undefined
  readonly reason?: RefusalReason | undefined
  readonly month?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly residentId?: string | undefined
  readonly orderId?: string | undefined
  readonly q?: string | undefined
}

const month = sql<string>`to_char(d.at at time zone 'Asia/Shanghai', 'YYYY-MM')`

const within = (sight: Sight, now: Date): RawBuilder<SqlBool>[] => {
  if (!sight) return []
  const { own, partners } = sight
  if (!partners)
    return [sql<SqlBool>`(d.institution_id = ${own}::uuid or d.result_institution_id = ${own}::uuid)`]
  return [
    sql<SqlBool>`(d.result_institution_id = ${own}::uuid or d.institution_id in (select ${own}::uuid
      union select b.partner_id from network.service_between b
      where b.institution_id = ${own}::uuid and b.since <= ${now} and (b.until is null or b.until > ${now})))`,
  ]
}

/** Decisions in whose item, doctor, institutions or reason the words stand; an item also by its keys. */
const mentions = (words: string): RawBuilder<SqlBool> => {
  const key = searchText(words)
  const texts = sql`concat_ws(chr(10), i.name, i.code, d.practitioner_name, n.name, s.name, d.reason_text)`
  return sql<SqlBool>`(strpos(lower(${texts}), lower(${words})) > 0 or (${key} <> '' and d.item_id in
    (select k.item_id from recognition.search_key k where k.key >= ${key} and k.key < ${`${key}\uffff`})))`
}

const conditions = (ctx: Ctx, sight: Sight, f: DecisionFilter): RawBuilder<SqlBool> =>
  sql.join(
    [
      sql<SqlBool>`true`,
      ...within(sight, ctx.now),
      ...(f.from ? [sql<SqlBool>`d.at >= ${startOf(f.from)}`] : []),
      ...(f.to ? [sql<SqlBool>`d.at < ${startOf(dayAfter(f.to, 1))}`] : []),
      ...(f.institutionId ? [sql<SqlBool>`d.institution_id = ${f.institutionId}::uuid`] : []),
      ...(f.sourceId ? [sql<SqlBool>`d.result_institution_id = ${f.sourceId}::uuid`] : []),
      ...(f.practitionerId ? [sql<SqlBool>`d.practitioner_id = ${f.practitionerId}::uuid`] : []),
      ...(f.itemId ? [sql<SqlBool>`d.item_id = ${f.itemId}::uuid`] : []),
      ...(f.reason ? [sql<SqlBool>`d.reason = ${f.reason}`] : []),
      ...(f.month ? [sql<SqlBool>`${month} = ${f.month}`] : []),
      ...(f.outcome ? [sql<SqlBool>`d.outcome = ${f.outcome}`] : []),
      ...(f.orderId ? [sql<SqlBool>`d.order_id = ${f.orderId}::uuid`] : []),
      ...(f.q ? [mentions(f.q)] : []),
      ...(f.residentId ? [sql<SqlBool>`d.resident_id = ${f.residentId}::uuid`] : []),
    ],
    sql` and `,
  )

export type DecisionRow = Omit<Decision, 'resident'> & { readonly residentId: string }

/** One page of decisions, by default the newest first. */
export function list(
  ctx: Ctx,
  sight: Sight,
  { order, ...filter }: DecisionFilter & { order: DecisionOrder; offset: number; limit: number },
): Promise<Page<DecisionRow>> {
  return pageOf(
    ctx,
    tables(ctx)
      .selectFrom('recognition.decision as d')
      .innerJoin('recognition.item as i', 'i.id', 'd.itemId')
      .leftJoin('network.name as n', 'n.id', 'd.institutionId')
      .leftJoin('network.name as s', 's.id', 'd.resultInstitutionId')
      .leftJoin('recognition.answer as a', (on) =>
        on.onRef('a.residentId', '=', 'd.residentId').onRef('a.id', '=', 'd.id'),
      )
      .select([
        'd.id',
        'a.at as answeredAt',
        'a.resultType as answerType',
        'a.resultId as answerId',
        'd.orderId',
        'd.at',
        'd.residentId',
        'd.itemId',
        'i.code as itemCode',
        'i.name as itemName',
        'd.outcome',
        'd.institutionId',
        sql<string>`coalesce(n.name, '')`.as('institutionName'),
        'd.practitionerId',
        'd.practitionerName',
        'd.resultType',
        'd.resultId',
        'd.resultVersion',
        'd.resultHash',
        'd.resultInstitutionId',
        's.name as resultInstitutionName',
        'd.resultAt',
        'd.resultValue',
        'd.mark',
        'd.reason',
        'd.reasonText as text',
        'd.told',
        'd.savedFen',
        'd.savedDoseUsv',
        'd.savedDays',
      ])
      .where(conditions(ctx, sight, filter))
      .orderBy('d.at', order === 'oldest' ? 'asc' : 'desc')
      .orderBy('d.id')
      .$castTo<DecisionRow>(),
    filter,
  )
}

const keyBy: Readonly<Record<LedgerBy, RawBuilder<string>>> = {
  institution: sql`d.institution_id::text`,
  source: sql`d.result_institution_id::text`,
  practitioner: sql`d.practitioner_id::text`,
  item: sql`d.item_id::text`,
  reason: sql`d.reason`,
  month,
}
const labelBy: Readonly<Record<LedgerBy, RawBuilder<string>>> = {
  institution: sql`coalesce(max(n.name), '')`,
  source: sql`coalesce(max(s.name), '')`,
  practitioner: sql`max(d.practitioner_name)`,
  item: sql`max(i.name)`,
  reason: sql`d.reason`,
  month,
}

export type Counted = Omit<LedgerRow, 'recognisedBp' | 'repeatedBp'>

/** Counts and savings by what is asked for; `null` sums up everything in one row. */
export async function sum(
  ctx: Ctx,
  sight: Sight,
  { by, ...filter }: DecisionFilter & { by: LedgerBy | null },
): Promise<Counted[]> {
  const key = by ? keyBy[by] : sql<string>`''`
  const known = by ? sql<SqlBool>`${key} is not null` : sql<SqlBool>`true`
  const { rows } = await sql<Counted>`
    select ${key} as key, ${by ? labelBy[by] : sql`''`} as label, count(*)::int as orders,
      (count(*) filter (where d.outcome <> 'ordered'))::int as prompts,
      (count(*) filter (where d.outcome = 'recognised'))::int as recognised,
      (count(*) filter (where d.outcome = 'reordered'))::int as reordered,
      coalesce(sum(d.saved_fen), 0)::float8 as saved_fen,
      coalesce(sum(d.saved_dose_usv), 0)::float8 as saved_dose_usv,
      coalesce(sum(d.saved_days), 0)::int as saved_days,
      (count(*) filter (where d.outcome = 'recognised' and d.saved_fen is null))::int as price_unknown
    from recognition.decision d join recognition.item i on i.id = d.item_id
      left join network.name n on n.id = d.institution_id
      left join network.name s on s.id = d.result_institution_id
    where ${conditions(ctx, sight, filter)} and ${known}
    group by ${by ? key : sql`()`} order by 3 desc, 1 limit 500`.execute(tables(ctx))
  return rows
}

/** Those of the residents the actor is or stands for, the newest first. */
export const listMine = (
  ctx: Ctx,
): Promise<(Omit<MyDecision, 'radiation'> & { savedDoseUsv: number | null })[]> =>
  tables(ctx)
    .selectFrom('recognition.decision as d')
    .innerJoin('recognition.item as i', 'i.id', 'd.itemId')
    .leftJoin('network.name as n', 'n.id', 'd.institutionId')
    .leftJoin('network.name as s', 's.id', 'd.resultInstitutionId')
    .select([
      'd.id',
      'd.residentId',
      'd.at',
      'i.name as itemName',
      'd.outcome',
      sql<string>`coalesce(n.name, '')`.as('institution'),
      's.name as resultInstitution',
      'd.resultAt',
      'd.reason',
      'd.savedFen',
      'd.savedDays',
      'd.savedDoseUsv',
    ])
    .where('d.residentId', 'in', [...ctx.actor.residentIds])
    .where('d.outcome', '<>', 'ordered')
    .orderBy('d.at', 'desc')
    .limit(50)
    .$castTo<Omit<MyDecision, 'radiation'> & { savedDoseUsv: number | null }>()
    .execute()
