import type {
  MySurvey,
  SurveyAbout,
  SurveyAnswer,
  SurveyAnswers,
  SurveyRow,
} from '@tongmai/api/contract/survey'
import type { Page } from '@tongmai/api/kernel'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { quarterOf, type SurveyCell } from '../survey-cell.ts'
import type { ContractTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

type Row = Selectable<ContractTables['contract.survey']>

export interface Asked {
  readonly contractId: string
  readonly residentId: string
  readonly about: SurveyAbout
  readonly subject: string | null
}
interface Spans {
  readonly everyDays: number
  readonly openDays: number
}

const ASK = `insert into contract.survey
    (resident_id, id, contract_id, community_id, team_id, doctor_id, about, subject, asked_on, until)
  select c.resident_id, $1, c.id, c.community_id, c.team_id, c.doctor_id, $2, $3, $4, $5
  from contract.contract c where c.resident_id = $6 and c.id = $7
    and not exists (select from contract.survey s where s.contract_id = c.id and s.asked_on > $8)
  returning id`

/** Asks, unless the contract's resident was asked within so many days; answers the questionnaire's id. Call as the system. */
export async function ask(ctx: Ctx, of: Asked, { everyDays, openDays }: Spans): Promise<string | undefined> {
  const today = dayOf(ctx.now)
  const { rows } = await ctx.client.query<{ id: string }>({
    name: 'contract-ask-survey',
    text: ASK,
    values: [
      ...[ctx.id(), of.about, of.subject, today, dayAfter(today, openDays)],
      ...[of.residentId, of.contractId, dayAfter(today, -everyDays)],
    ],
  })
  return rows[0]?.id
}

/** Contracts in force for so long, whose residents were not asked about the year since. Call as the system. */
export async function listYearly(ctx: Ctx, days: number): Promise<Asked[]> {
  const since = dayAfter(dayOf(ctx.now), -days)
  const rows = await tables(ctx)
    .selectFrom('contract.contract as c')
    .select(['c.id as contractId', 'c.residentId'])
    .where('c.status', 'in', ['active', 'expiring'])
    .where('c.upcoming', '=', false)
    .where('c.startsOn', '<=', since)
    .where(
      sql<boolean>`not exists (select from contract.survey s where s.contract_id = c.id and s.about = 'year' and s.asked_on > ${since})`,
    )
    .orderBy('c.id')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, about: 'year', subject: null }))
}

/** What waits for the answer of a resident and of whom they stand for. */
export async function listOwn(ctx: Ctx, paging: { offset: number; limit: number }): Promise<Page<MySurvey>> {
  const query = tables(ctx)
    .selectFrom('contract.survey as s')
    .leftJoin('workforce.teamName as team', 'team.id', 's.teamId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 's.doctorId')
    .select(['s.id', 's.residentId', 's.about', 's.subject', 's.askedOn', 's.until'])
    .select(['team.name as team', 'doctor.name as doctor'])
    .where('s.residentId', 'in', [...ctx.actor.residentIds, nobody])
    .where('s.answeredAt', 'is', null)
    .where('s.until', '>=', dayOf(ctx.now))
    .orderBy('s.askedOn', 'desc')
    .orderBy('s.id')
  const { items, total } = await pageOf(ctx, query, paging)
  return {
    items: items.map((row) => ({ ...row, team: row.team ?? '', doctor: row.doctor ?? '' })),
    total,
  }
}

/** One's own questionnaire, held; 404 where it is another's. */
export async function lock(ctx: Ctx, id: string): Promise<Row> {
  const row = await tables(ctx)
    .selectFrom('contract.survey')
    .selectAll()
    .where('id', '=', id)
    .where('residentId', 'in', [...ctx.actor.residentIds, nobody])
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'contract.survey-missing')
}

export const answer = (
  ctx: Ctx,
  row: Pick<Row, 'residentId' | 'id'>,
  said: { answers: SurveyAnswers; score: number; comment: string | null },
): Promise<unknown> =>
  tables(ctx)
    .updateTable('contract.survey')
    .set({ ...said, answers: JSON.stringify(said.answers), answeredAt: ctx.now })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()

export interface Span {
  readonly communityId: string
  readonly from: string
  readonly to: string
  readonly teamId?: string | undefined
  readonly doctorId?: string | undefined
}

const of = (ctx: Ctx, { communityId, from, to, teamId, doctorId }: Span) =>
  tables(ctx)
    .selectFrom('contract.survey as s')
    .where('s.communityId', '=', communityId)
    .where('s.askedOn', '>=', from)
    .where('s.askedOn', '<=', to)
    .$if(teamId !== undefined, (q) => q.where('s.teamId', '=', teamId as string))
    .$if(doctorId !== undefined, (q) => q.where('s.doctorId', '=', doctorId as string))

export interface Counted {
  readonly asked: number
  readonly answered: number
}
const counts = [
  sql<number>`count(*)::int`.as('asked'),
  sql<number>`count(s.answered_at)::int`.as('answered'),
] as const

/** How many were asked in a span, and have answered. Call as the system. */
export const count = (ctx: Ctx, span: Span): Promise<Counted> =>
  of(ctx, span)
    .select([...counts])
    .executeTakeFirstOrThrow()

/** The same team by team, or doctor by doctor, with names. Call as the system. */
export async function countEach(
  ctx: Ctx,
  span: Span,
  which: 'team' | 'doctor',
): Promise<(Counted & Pick<SurveyRow, 'id' | 'name'>)[]> {
  const key = which === 'team' ? ('s.teamId' as const) : ('s.doctorId' as const)
  const rows = await of(ctx, span)
    .select(sql<string>`${sql.ref(key)}`.as('id'))
    .select(
      which === 'team'
        ? sql<string | null>`(select n.name from workforce.team_name n where n.id = s.team_id)`.as('name')
        : sql<string | null>`(select n.name from workforce.name n where n.id = s.doctor_id)`.as('name'),
    )
    .select([...counts])
    .groupBy(key)
    .orderBy('answered', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, name: row.name ?? '' }))
}

const quarter = sql<string>`date_trunc('quarter', s.answered_at at time zone 'Asia/Shanghai')::date::text`

/** What was answered in each quarter between two days that is over, by team and doctor. Call as the system. */
export function listCells(
  ctx: Ctx,
  { communityId, from, to }: Pick<Span, 'communityId' | 'from' | 'to'>,
  satisfiedFrom: number,
): Promise<SurveyCell[]> {
  return tables(ctx)
    .selectFrom('contract.survey as s')
    .select([quarter.as('quarter'), 's.teamId', 's.doctorId', sql<number>`count(*)::int`.as('answered')])
    .select(sql<number>`count(*) filter (where s.score >= ${satisfiedFrom})::int`.as('satisfied'))
    .select(sql<number>`sum(s.score)::int`.as('scores'))
    .where('s.communityId', '=', communityId)
    .where('s.answeredAt', '>=', startOf(quarterOf(from)))
    .where('s.answeredAt', '<', startOf(dayAfter(to, 1)))
    .where('s.answeredAt', '<', startOf(quarterOf(dayOf(ctx.now))))
    .groupBy([quarter, 's.teamId', 's.doctorId'])
    .orderBy('quarter')
    .execute()
}

/** The answers themselves that were given in these quarters, the worst first so that no order tells who. Call as the system. */
export async function listAnswers(
  ctx: Ctx,
  { communityId, teamId, doctorId, quarters }: Omit<Span, 'from' | 'to'> & { quarters: readonly string[] },
  paging: { offset: number; limit: number },
): Promise<Page<SurveyAnswer>> {
  const query = tables(ctx)
    .selectFrom('contract.survey as s')
    .select(['s.about', 's.score', 's.answers', 's.comment'])
    .where('s.communityId', '=', communityId)
    .$if(teamId !== undefined, (q) => q.where('s.teamId', '=', teamId as string))
    .$if(doctorId !== undefined, (q) => q.where('s.doctorId', '=', doctorId as string))
    .where('s.answeredAt', 'is not', null)
    .where(sql<boolean>`${quarter} = any (${[...quarters]}::text[])`)
    .orderBy('s.score')
    .orderBy(sql`md5(s.id::text)`)
  const { items, total } = await pageOf(ctx, query, paging)
  return {
    items: items.map((row) => ({ ...row, score: row.score ?? 0, answers: row.answers as SurveyAnswers })),
    total,
  }
}
