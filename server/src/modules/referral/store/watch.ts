import type { FlowBy, FlowQuery, Level } from '@tongmai/api/referral/watch'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, startOf } from '../../../kernel/day.ts'
import { rangeOf } from '../icd-chapter.ts'

const ROWS_MAX = 2_000
const ZONE = sql`'Asia/Shanghai'`
/** A first contact is one without another in so many days before. */
const CONTACT_DAYS = 30

/** Whose flows are shown: an alliance office's own institution and its partners in force, or, null, the whole region. */
export type Scope = string | null

const levelOf = (n: string): RawBuilder<Level> => sql`case
  when ${sql.ref(`${n}.kind`)} in ('communityCentre', 'townshipCentre', 'villageClinic') then 'primary'
  when ${sql.ref(`${n}.tier`)} in ('primary', 'secondary', 'tertiary') then ${sql.ref(`${n}.tier`)}
  else 'other' end`
const category = sql<string | null>`substr(r.form -> 'diagnosis' ->> 'code', 1, 3)`
const month = sql<string>`to_char(r.submitted_at at time zone ${ZONE}, 'YYYY-MM')`

const partners = (own: string, now: Date) => sql`(select ${own}::uuid union
  select b.partner_id from network.service_between b
  where b.institution_id = ${own}::uuid and b.since <= ${now} and (b.until is null or b.until > ${now}))`

function conditions(ctx: Ctx, scope: Scope, q: FlowQuery): RawBuilder<SqlBool> {
  const range = q.chapter === undefined ? undefined : rangeOf(q.chapter)
  const all: RawBuilder<SqlBool>[] = [
    sql`r.submitted_at >= ${startOf(q.from)} and r.submitted_at < ${startOf(dayAfter(q.to, 1))}`,
    ...(scope
      ? [
          sql<SqlBool>`(r.from_institution_id in ${partners(scope, ctx.now)}
      or r.to_institution_id in ${partners(scope, ctx.now)})`,
        ]
      : []),
    ...(q.direction ? [sql<SqlBool>`r.direction = ${q.direction}`] : []),
    ...(q.fromLevel ? [sql<SqlBool>`${levelOf('f')} = ${q.fromLevel}`] : []),
    ...(q.toLevel ? [sql<SqlBool>`${levelOf('t')} = ${q.toLevel}`] : []),
    ...(q.fromId ? [sql<SqlBool>`r.from_institution_id = ${q.fromId}::uuid`] : []),
    ...(q.toId ? [sql<SqlBool>`r.to_institution_id = ${q.toId}::uuid`] : []),
    ...(q.category === 'none' ? [sql<SqlBool>`${category} is null`] : []),
    ...(q.category && q.category !== 'none' ? [sql<SqlBool>`${category} = ${q.category}`] : []),
    ...(q.status ? [sql<SqlBool>`r.status = ${q.status}`] : []),
    ...(q.chapter ? [sql<SqlBool>`${category} between ${range?.[0] ?? '~'} and ${range?.[1] ?? '~'}`] : []),
    ...(q.month ? [sql<SqlBool>`${month} = ${q.month}`] : []),
  ]
  return sql.join(all, sql` and `)
}

const tables = sql`referral.referral r
  left join network.name f on f.id = r.from_institution_id
  left join network.name t on t.id = r.to_institution_id`

export interface Stream {
  readonly direction: 'up' | 'down' | 'sideways'
  readonly fromLevel: Level | null
  readonly toLevel: Level | null
  readonly fromId: string | null
  readonly fromName: string | null
  readonly toId: string | null
  readonly toName: string | null
  readonly category: string | null
  readonly month: string | null
  readonly count: number
  readonly rejected: number
}

const none = sql`null::text`
const groupings: Readonly<
  Record<FlowBy, Partial<Record<'levels' | 'members' | 'category' | 'month', true>>>
> = {
  level: { levels: true },
  member: { levels: true, members: true },
  disease: { category: true, levels: true },
  month: { month: true, levels: true },
}

/** How many went which way, grouped; the widest streams first. */
export async function listFlows(
  ctx: Ctx,
  scope: Scope,
  asked: FlowQuery & { by: FlowBy },
): Promise<Stream[]> {
  const by = groupings[asked.by]
  const columns = sql`r.direction,
    ${by.levels ? levelOf('f') : none} as "fromLevel", ${by.levels ? levelOf('t') : none} as "toLevel",
    ${by.members ? sql`r.from_institution_id` : sql`null::uuid`} as "fromId",
    ${by.members ? sql`f.short_name` : none} as "fromName",
    ${by.members ? sql`r.to_institution_id` : sql`null::uuid`} as "toId",
    ${by.members ? sql`t.short_name` : none} as "toName",
    ${by.category ? category : none} as category, ${by.month ? month : none} as month`
  const { rows } = await asSystem(ctx, (every) =>
    sql<Stream>`select ${columns}, count(*)::int as count,
        count(*) filter (where r.status = 'rejected')::int as rejected
      from ${tables} where ${conditions(ctx, scope, asked)}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by count desc, 1 limit ${ROWS_MAX}`.execute(every.db),
  )
  return rows
}

export interface Behind {
  readonly id: string
  readonly number: string
  readonly direction: 'up' | 'down' | 'sideways'
  readonly status: string
  readonly urgency: 'routine' | 'urgent' | 'emergency'
  readonly fromId: string
  readonly toId: string
  readonly from: string | null
  readonly to: string | null
  readonly category: string | null
  readonly day: string
  readonly total: number
}

/** The cases behind a figure, the newest first. */
export async function listBehind(
  ctx: Ctx,
  scope: Scope,
  asked: FlowQuery & { offset: number; limit: number },
): Promise<{ items: Behind[]; total: number }> {
  const { rows } = await asSystem(ctx, (every) =>
    sql<Behind>`select r.id, r.number, r.direction, r.status, r.urgency, f.short_name as "from", t.short_name as "to",
        r.from_institution_id as "fromId", r.to_institution_id as "toId", ${category} as category,
        to_char(r.submitted_at at time zone ${ZONE}, 'YYYY-MM-DD') as day, count(*) over ()::int as total
      from ${tables} where ${conditions(ctx, scope, asked)}
      order by r.submitted_at desc, r.id offset ${asked.offset} limit ${asked.limit}`.execute(every.db),
  )
  return { items: rows, total: rows[0]?.total ?? 0 }
}

const firsts = (ctx: Ctx, scope: Scope, { from, to }: { from: string; to: string }) => sql`
  (select c.institution_id, c.at from (
      select institution_id, at, lag(at) over (partition by resident_id order by at) as before
      from referral.contact
      where at >= ${startOf(dayAfter(from, -CONTACT_DAYS))} and at < ${startOf(dayAfter(to, 1))}) c
    where c.at >= ${startOf(from)} and (c.before is null or c.before < c.at - make_interval(days => ${CONTACT_DAYS}))
      ${scope ? sql`and c.institution_id in ${partners(scope, ctx.now)}` : sql``}) c
  join network.name n on n.id = c.institution_id`

/** Where residents turned first, by month and level. */
export async function countFirstContacts(ctx: Ctx, scope: Scope, asked: { from: string; to: string }) {
  const { rows } = await asSystem(ctx, (every) =>
    sql<{ month: string; level: Level; count: number }>`
      select to_char(c.at at time zone ${ZONE}, 'YYYY-MM') as month, ${levelOf('n')} as level, count(*)::int as count
      from ${firsts(ctx, scope, asked)} group by 1, 2 order by 1, 2`.execute(every.db),
  )
  return rows
}

/** The first contacts behind a figure, the latest first. */
export async function listFirstContacts(
  ctx: Ctx,
  scope: Scope,
  asked: { from: string; to: string; level?: Level | undefined; offset: number; limit: number },
) {
  const { rows } = await asSystem(ctx, (every) =>
    sql<{ institution: string; level: Level; on: string; total: number }>`
      select n.short_name as institution, ${levelOf('n')} as level,
        to_char(c.at at time zone ${ZONE}, 'YYYY-MM-DD') as "on", count(*) over ()::int as total
      from ${firsts(ctx, scope, asked)}
      ${asked.level ? sql`where ${levelOf('n')} = ${asked.level}` : sql``}
      order by c.at desc, n.short_name offset ${asked.offset} limit ${asked.limit}`.execute(every.db),
  )
  return { items: rows, total: rows[0]?.total ?? 0 }
}

/** Notes that a resident was seen somewhere. */
export async function putContact(
  ctx: Ctx,
  seen: { residentId: string; encounterId: string; institutionId: string; at: Date },
): Promise<void> {
  await sql`insert into referral.contact (resident_id, encounter_id, institution_id, at)
    values (${seen.residentId}::uuid, ${seen.encounterId}, ${seen.institutionId}::uuid, ${seen.at})
    on conflict (resident_id, encounter_id) do update set at = excluded.at`.execute(ctx.db)
}
