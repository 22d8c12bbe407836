import type { MyFollowUp } from '@tongmai/api/careplan/mine'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Page } from '@tongmai/api/kernel'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CareplanTables } from '../tables.ts'
import { type FollowUpRow, visible } from './follow-up.ts'
import { tables } from './tables-of.ts'

export type SelfAnswerRow = Selectable<CareplanTables['careplan.selfAnswer']>
export type SelfRule = Selectable<CareplanTables['careplan.selfRule']>

/** How residents may fill in a form today; undefined where they may not. */
export async function selfRuleOf(ctx: Ctx, form: string): Promise<SelfRule | undefined> {
  const rule = await tables(ctx)
    .selectFrom('careplan.selfRule')
    .selectAll()
    .where('form', '=', form)
    .where('since', '<=', dayOf(ctx.now))
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  return rule?.allowed ? rule : undefined
}

const named = (ctx: Ctx) => {
  const today = dayOf(ctx.now)
  return visible(ctx)
    .leftJoin('careplan.selfAnswer as self', (join) =>
      join.onRef('self.residentId', '=', 'f.residentId').onRef('self.followUpId', '=', 'f.id'),
    )
    .leftJoin('network.name as institution', 'institution.id', 'f.institutionId')
    .select(['f.id', 'f.residentId', 'f.reason', 'f.dueOn', 'f.status', 'f.doneAt', 'self.answeredAt'])
    .select('institution.shortName as institution')
    .select(
      sql<boolean>`f.status = 'due' and self.id is null and coalesce((
        select r.allowed and f.due_on <= ${today}::date + r.ask_days from careplan.self_rule r
        where r.form = f.form and r.since <= ${today} order by r.since desc limit 1), false)`.as('mayAnswer'),
    )
}

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = ({ doneAt, institution, ...row }: Named): MyFollowUp => ({
  ...row,
  institution: institution ?? '',
  doneOn: doneAt && dayOf(doneAt),
})

/** A resident's follow-ups: what comes next first, then what was. */
export async function listOwn(
  ctx: Ctx,
  asked: { status?: 'due' | 'done' | undefined; offset: number; limit: number },
): Promise<Page<MyFollowUp>> {
  const query = named(ctx)
    .$if(asked.status !== undefined, (q) => q.where('f.status', '=', asked.status as 'due'))
    .orderBy(sql`f.recorded_at desc nulls first`)
    .orderBy('f.dueOn')
    .orderBy('f.id')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map(lineOf), total }
}

/** One of a resident's own follow-ups, with its form; 404 where there is none. */
export async function findOwn(ctx: Ctx, id: string): Promise<{ followUp: MyFollowUp; form: string }> {
  const row = await named(ctx).select('f.form').where('f.id', '=', id).executeTakeFirst()
  if (!row) return refuse('missing', 'careplan.follow-up-missing')
  const { form, ...rest } = row
  return { followUp: lineOf(rest), form }
}

/** One of these residents' follow-ups, held. Call as the system; 404 where there is none. */
export async function lockOwn(ctx: Ctx, id: string, residentIds: readonly string[]): Promise<FollowUpRow> {
  const row = await tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('id', '=', id)
    .where('residentId', 'in', [...residentIds])
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.follow-up-missing')
}

/** For which programme a follow-up is. */
export async function programmeOf(ctx: Ctx, residentId: string, enrolmentId: string): Promise<ProgrammeCode> {
  const row = await tables(ctx)
    .selectFrom('careplan.enrolment')
    .select('programme')
    .where('residentId', '=', residentId)
    .where('id', '=', enrolmentId)
    .executeTakeFirstOrThrow()
  return row.programme
}

type NewAnswer = Omit<Insertable<CareplanTables['careplan.selfAnswer']>, 'answers' | 'findings'> &
  Pick<SelfAnswerRow, 'answers' | 'findings'>

/** Keeps what a resident answered. Call as the system. */
export const addSelfAnswer = (ctx: Ctx, { answers, findings, ...row }: NewAnswer): Promise<SelfAnswerRow> =>
  tables(ctx)
    .insertInto('careplan.selfAnswer')
    .values({ ...row, answers: JSON.stringify(answers), findings: JSON.stringify(findings) })
    .returningAll()
    .executeTakeFirstOrThrow()

/** What was answered before these follow-ups. */
export const listSelfAnswers = (ctx: Ctx, followUps: readonly { id: string; residentId: string }[]) =>
  tables(ctx)
    .selectFrom('careplan.selfAnswer')
    .selectAll()
    .where('residentId', 'in', [...new Set(followUps.map((one) => one.residentId))])
    .where(
      'followUpId',
      'in',
      followUps.map((one) => one.id),
    )
    .execute()

/** Puts what was answered before one follow-up before the next: it was not reached, and the answers still stand. Call as the system. */
export const carrySelfAnswer = (ctx: Ctx, residentId: string, from: string, to: string) =>
  tables(ctx)
    .updateTable('careplan.selfAnswer')
    .set({ followUpId: to })
    .where('residentId', '=', residentId)
    .where('followUpId', '=', from)
    .execute()

/** In id order, for projecting anew. */
export const listAnswersAfter = (ctx: Ctx, after: string | null, limit: number): Promise<SelfAnswerRow[]> =>
  tables(ctx)
    .selectFrom('careplan.selfAnswer')
    .selectAll()
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()
