import { type FollowUpMove, type FollowUpStatus, nextFollowUp } from '@tongmai/api/careplan/flow'
import type { FollowUp, FollowUpFilter, SelfAnswer } from '@tongmai/api/careplan/follow-up'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Page } from '@tongmai/api/kernel'
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { maySee } from '../../../kernel/grant.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CareplanTables } from '../tables.ts'
import { cardOf } from './card.ts'
import { nobody, tables } from './tables-of.ts'

export type FollowUpRow = Selectable<CareplanTables['careplan.followUp']>

/** What the actor's institution owes, what the resident is owed, and what concerns whom one may open. */
export const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.followUp as f')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('f.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where(
        (eb): Expression<SqlBool> =>
          eb.or([eb('f.institutionId', '=', ctx.actor.institutionId ?? nobody), maySee(ctx, 'f.residentId')]),
      ),
    )

/** A follow-up of one's own institution, held; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<FollowUpRow> {
  const row = await tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.follow-up-missing')
}

/** From which enrolment a follow-up of one's own institution springs, without holding it; 404 where there is none. */
export async function peek(ctx: Ctx, id: string): Promise<{ enrolmentId: string | null }> {
  const row = await tables(ctx)
    .selectFrom('careplan.followUp')
    .select('enrolmentId')
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.follow-up-missing')
}

const NOW_DAYS = 14

const when = (ctx: Ctx, f: FollowUpFilter) => {
  const today = dayOf(ctx.now)
  const soon = dayAfter(today, NOW_DAYS)
  if (f.when === 'overdue') return sql<boolean>`f.status = 'due' and f.due_on < ${today}`
  if (f.when === 'now') return sql<boolean>`f.status = 'due' and f.due_on >= ${today} and f.due_on <= ${soon}`
  return sql<boolean>`f.status = 'due' and f.due_on > ${soon}`
}

/** Due, and filled in by the resident. */
const waitsAnswered = sql<boolean>`f.status = 'due' and exists (
  select from careplan.self_answer s where s.resident_id = f.resident_id and s.follow_up_id = f.id)`

const named = (ctx: Ctx, f: FollowUpFilter) =>
  visible(ctx)
    // Without a resident it is the own institution's list.
    .$if(f.residentId === undefined && ctx.actor.kind !== 'system', (q) =>
      q.where('f.institutionId', '=', ctx.actor.institutionId ?? nobody),
    )
    .leftJoin('careplan.enrolment as e', (join) =>
      join.onRef('e.residentId', '=', 'f.residentId').onRef('e.id', '=', 'f.enrolmentId'),
    )
    .$if(f.residentId !== undefined, (q) => q.where('f.residentId', '=', f.residentId as string))
    .$if(f.status !== undefined, (q) => q.where('f.status', '=', f.status as 'due'))
    .$if(f.when !== undefined, (q) => q.where(when(ctx, f)))
    .$if(f.mine === true, (q) => q.where('f.practitionerId', '=', ctx.actor.practitionerId ?? nobody))
    .$if(f.programme !== undefined, (q) => q.where('e.programme', '=', f.programme as ProgrammeCode))
    .leftJoin('careplan.selfAnswer as self', (join) =>
      join.onRef('self.residentId', '=', 'f.residentId').onRef('self.followUpId', '=', 'f.id'),
    )
    .$if(f.answered === true, (q) => q.where(waitsAnswered))
    .leftJoin('resident.card as card', 'card.id', 'f.residentId')
    .leftJoin('network.name as institution', 'institution.id', 'f.institutionId')
    .leftJoin('workforce.name as owner', 'owner.id', 'f.practitionerId')
    .leftJoin('workforce.name as doer', 'doer.id', 'f.doneBy')
    .selectAll('f')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked', 'e.programme'])
    .select(['institution.shortName as institutionName', 'owner.name as ownerName', 'doer.name as doerName'])
    .select(['self.answeredAt', 'self.byProxy', 'self.urgent', 'self.formVersion as selfVersion'])
    .select(['self.answers as selfAnswers', 'self.findings as selfFindings'])

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const selfAnswerOf = (row: Named): SelfAnswer | null =>
  row.answeredAt && {
    ...{ at: row.answeredAt, byProxy: row.byProxy ?? false, formVersion: row.selfVersion ?? 1 },
    ...{ answers: row.selfAnswers ?? {}, urgent: row.urgent ?? false, findings: row.selfFindings ?? [] },
  }

const lineOf = (ctx: Ctx, row: Named): FollowUp => ({
  ...{ id: row.id, resident: cardOf(row), mine: row.institutionId === ctx.actor.institutionId },
  institution: row.institutionName ?? '',
  practitioner: row.practitionerId ? { id: row.practitionerId, name: row.ownerName ?? '' } : null,
  ...{ programme: row.programme, reason: row.reason, form: row.form, formVersion: row.formVersion },
  ...{ dueOn: row.dueOn, status: row.status, way: row.way, doneAt: row.doneAt, doneBy: row.doerName },
  ...{ answers: row.answers, verdict: row.verdict, controlled: row.controlled },
  ...{ findings: row.findings ?? [], note: row.note },
  selfAnswer: selfAnswerOf(row),
})

/** One page: what is due by its day, the rest newest first. */
export async function list(
  ctx: Ctx,
  asked: FollowUpFilter & { offset: number; limit: number },
): Promise<Page<FollowUp>> {
  const query = named(ctx, asked)
  const open = asked.when !== undefined || asked.status === 'due'
  const sorted = asked.answered
    ? query.orderBy('self.urgent', 'desc').orderBy('self.answeredAt').orderBy('f.id')
    : open
      ? query.orderBy('f.dueOn').orderBy('f.id')
      : query.orderBy(sql`f.recorded_at desc nulls first`).orderBy('f.dueOn').orderBy('f.id')
  const { items, total } = await pageOf(ctx, sorted, asked)
  return { items: items.map((row) => lineOf(ctx, row)), total }
}

export async function find(ctx: Ctx, id: string): Promise<FollowUp> {
  const row = await named(ctx, {}).where('f.id', '=', id).executeTakeFirst()
  return row ? lineOf(ctx, row) : refuse('missing', 'careplan.follow-up-missing')
}

/** How many of each kind at the actor's institution. */
export async function count(ctx: Ctx, asked: { mine?: boolean | undefined }) {
  const many = (f: FollowUpFilter) => (f.when ? when(ctx, f) : sql<boolean>`f.status = ${f.status as string}`)
  const kinds = {
    overdue: many({ when: 'overdue' }),
    now: many({ when: 'now' }),
    coming: many({ when: 'coming' }),
    answered: waitsAnswered,
    done: many({ status: 'done' }),
    missed: many({ status: 'missed' }),
    refused: many({ status: 'refused' }),
  }
  const row = await visible(ctx)
    .where('f.institutionId', '=', ctx.actor.institutionId ?? nobody)
    .$if(asked.mine === true, (q) => q.where('f.practitionerId', '=', ctx.actor.practitionerId ?? nobody))
    .select(
      Object.entries(kinds).map(([name, holds]) =>
        sql<number>`(count(*) filter (where ${holds}))::int`.as(name),
      ),
    )
    .executeTakeFirstOrThrow()
  return row as Record<keyof typeof kinds, number>
}

export interface NewFollowUp {
  readonly residentId: string
  readonly institutionId: string
  readonly practitionerId: string | null
  readonly enrolmentId?: string | null
  readonly source: string
  readonly reason: string
  readonly form: string
  readonly dueOn: string
}

/** Adds what is due; answers the ids, in order. */
export async function add(ctx: Ctx, all: readonly NewFollowUp[]): Promise<string[]> {
  const rows = all.map((one) => ({
    ...one,
    id: ctx.id(),
    enrolmentId: one.enrolmentId ?? null,
    status: 'due' as const,
  }))
  if (rows.length > 0) await tables(ctx).insertInto('careplan.followUp').values(rows).execute()
  return rows.map((row) => row.id)
}

type Outcome = Partial<Omit<FollowUpRow, 'answers' | 'findings' | 'status'>> & {
  answers?: string
  findings?: string
}

/** Moves it on and writes down what came of it; the only writer of its status. */
export async function move(
  ctx: Ctx,
  row: FollowUpRow,
  way: FollowUpMove,
  set: Outcome,
): Promise<FollowUpStatus> {
  const status = nextFollowUp(row.status, way)
  if (!status) throw new Error(`${way} from ${row.status}`)
  await tables(ctx)
    .updateTable('careplan.followUp')
    .set({ ...set, status, recordedAt: ctx.now })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()
  return status
}

/** Gives what is due to somebody of the institution; answers how many. */
export async function assign(ctx: Ctx, ids: readonly string[], practitionerId: string): Promise<number> {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('careplan.followUp')
    .set({ practitionerId })
    .where('id', 'in', [...ids, nobody])
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .where('status', '=', 'due')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Who is overdue on a day where: per resident and institution the first day, and whose it is. */
export const listOverdue = (
  ctx: Ctx,
  today: string,
  of: { residentId?: string; institutionId?: string } = {},
) =>
  tables(ctx)
    .selectFrom('careplan.followUp as f')
    .where('f.status', '=', 'due')
    .where('f.dueOn', '<', today)
    .$if(of.residentId !== undefined, (q) => q.where('f.residentId', '=', of.residentId as string))
    .$if(of.institutionId !== undefined, (q) => q.where('f.institutionId', '=', of.institutionId as string))
    .distinctOn(['f.residentId', 'f.institutionId'])
    .select(['f.residentId', 'f.institutionId', 'f.practitionerId', 'f.dueOn'])
    .orderBy('f.residentId')
    .orderBy('f.institutionId')
    .orderBy('f.dueOn')
    .execute()

/** Done ones in id order, for projecting anew. */
export const listDoneAfter = (ctx: Ctx, after: string | null, limit: number) =>
  tables(ctx)
    .selectFrom('careplan.followUp')
    .selectAll()
    .where('status', '=', 'done')
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()
