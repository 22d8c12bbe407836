import { enrolmentFlow } from '@tongmai/api/careplan/flow'
import type { MyPlan } from '@tongmai/api/careplan/mine'
import type { Enrolment, EnrolmentFilter, Programme, ProgrammeCount } from '@tongmai/api/careplan/programme'
import { type Page, step } from '@tongmai/api/kernel'
import { type Expression, type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { maySee } from '../../../kernel/grant.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CareplanTables } from '../tables.ts'
import { cardOf } from './card.ts'
import { listProgrammes, ruleOf } from './form.ts'
import { nobody, tables } from './tables-of.ts'

export type EnrolmentRow = Selectable<CareplanTables['careplan.enrolment']>

const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.enrolment as e')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('e.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where(
        (eb): Expression<SqlBool> =>
          eb.or([eb('e.institutionId', '=', ctx.actor.institutionId ?? nobody), maySee(ctx, 'e.residentId')]),
      ),
    )

/** An enrolment of one's own institution, held; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<EnrolmentRow> {
  const row = await tables(ctx)
    .selectFrom('careplan.enrolment')
    .selectAll()
    .where('id', '=', id)
    .$if(ctx.actor.kind !== 'system', (q) => q.where('institutionId', '=', ctx.actor.institutionId ?? nobody))
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.enrolment-missing')
}

/** The live enrolments of one resident, held. */
export const lockLive = (ctx: Ctx, residentId: string): Promise<EnrolmentRow[]> =>
  tables(ctx)
    .selectFrom('careplan.enrolment')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('status', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute()

/** What the filters of the register mean; the counts use the same. */
async function conditions(ctx: Ctx) {
  const today = dayOf(ctx.now)
  const lostSince = dayAfter(today, -(await ruleOf(ctx, 'dropOutDays')))
  const missed = await ruleOf(ctx, 'missedRun')
  const referAfter = new Map((await listProgrammes(ctx)).map((one) => [one.code, one.rules.referAfter]))
  const least = Math.min(...referAfter.values(), 2)
  return {
    controlled: sql<boolean>`(coalesce(e.last_controlled, false) and e.last_on >= ${`${today.slice(0, 4)}-01-01`})`,
    overdue: sql<boolean>`(e.next_on < ${today})`,
    dropOut: sql<boolean>`(e.missed_run >= ${missed} or coalesce(e.last_on, e.enrolled_on) < ${lostSince})`,
    toRefer: sql<boolean>`(e.unsatisfactory_run >= ${least} or e.last_verdict = 'critical')`,
  }
}

async function named(ctx: Ctx, f: EnrolmentFilter) {
  const of = await conditions(ctx)
  return visible(ctx)
    .$if(f.residentId === undefined && ctx.actor.kind === 'staff', (q) =>
      q.where('e.institutionId', '=', ctx.actor.institutionId ?? nobody),
    )
    .$if(f.residentId !== undefined, (q) => q.where('e.residentId', '=', f.residentId as string))
    .$if(f.programme !== undefined, (q) => q.where('e.programme', '=', f.programme as 'hypertension'))
    .$if(f.status !== undefined, (q) => q.where('e.status', '=', f.status as 'active'))
    .$if(f.risk !== undefined, (q) => q.where('e.risk', '=', f.risk as 'low'))
    .$if(f.mine === true, (q) => q.where('e.practitionerId', '=', ctx.actor.practitionerId ?? nobody))
    .$if(f.controlled === true, (q) => q.where(of.controlled))
    .$if(f.controlled === false, (q) => q.where(sql<boolean>`not ${of.controlled}`))
    .$if(f.overdue === true, (q) => q.where(of.overdue))
    .$if(f.dropOut === true, (q) => q.where(of.dropOut))
    .$if(f.toRefer === true, (q) => q.where(of.toRefer))
    .leftJoin('resident.card as card', 'card.id', 'e.residentId')
    .leftJoin('network.name as institution', 'institution.id', 'e.institutionId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'e.practitionerId')
    .selectAll('e')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select(['institution.shortName as institutionName', 'doctor.name as doctorName'])
}
type Named = Awaited<ReturnType<Awaited<ReturnType<typeof named>>['execute']>>[number]

const VERDICTS = { satisfactory: '控制满意', unsatisfactory: '控制不满意', critical: '危急' } as const

/** Why a referral is proposed, in a sentence that can stand in its draft; null where none is. */
export function referralReason(
  row: Pick<EnrolmentRow, 'unsatisfactoryRun' | 'lastVerdict' | 'lastOn' | 'status'>,
  of: Pick<Programme, 'name' | 'rules'>,
): string | null {
  if (row.status !== 'active') return null
  const last = row.lastVerdict ? `${row.lastOn} 随访${VERDICTS[row.lastVerdict]}` : ''
  if (row.lastVerdict === 'critical') return `${of.name}：${last}，需紧急转诊`
  if (row.unsatisfactoryRun < of.rules.referAfter) return null
  return `${of.name}：连续 ${row.unsatisfactoryRun} 次随访控制不满意（${last}）`
}

const lineOf = (ctx: Ctx, row: Named, programme: Programme | undefined): Enrolment => ({
  ...{ id: row.id, resident: cardOf(row), programme: row.programme, programmeName: programme?.name ?? '' },
  ...{ institution: row.institutionName ?? '', mine: row.institutionId === ctx.actor.institutionId },
  doctor: row.practitionerId ? { id: row.practitionerId, name: row.doctorName ?? '' } : null,
  ...{ risk: row.risk, diagnosedOn: row.diagnosedOn, plan: row.plan, plain: row.plain, goals: row.goals },
  ...{ status: row.status, enrolledOn: row.enrolledOn, endedOn: row.endedOn, endReason: row.endReason },
  ...{ lastOn: row.lastOn, lastVerdict: row.lastVerdict, lastControlled: row.lastControlled },
  ...{ unsatisfactoryRun: row.unsatisfactoryRun, missedRun: row.missedRun, nextOn: row.nextOn },
  ...{ refer: programme ? referralReason(row, programme) : null, version: row.version },
})

/** One page of the register: who is due first in front. */
export async function list(
  ctx: Ctx,
  asked: EnrolmentFilter & { offset: number; limit: number },
): Promise<Page<Enrolment>> {
  const programmes = new Map((await listProgrammes(ctx)).map((one) => [one.code, one]))
  const query = (await named(ctx, asked)).orderBy(sql`e.next_on asc nulls last`).orderBy('e.id')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map((row) => lineOf(ctx, row, programmes.get(row.programme))), total }
}

export async function find(ctx: Ctx, id: string, residentId: string): Promise<Enrolment> {
  const row = await (await named(ctx, { residentId })).where('e.id', '=', id).executeTakeFirst()
  if (!row) return refuse('missing', 'careplan.enrolment-missing')
  const programme = (await listProgrammes(ctx)).find((one) => one.code === row.programme)
  return lineOf(ctx, row, programme)
}

/** How each programme stands at the actor's institution: active enrolments only. */
export async function count(ctx: Ctx, asked: { mine?: boolean | undefined }): Promise<ProgrammeCount[]> {
  const of = await conditions(ctx)
  const many = (holds: Expression<boolean>) => sql<number>`(count(*) filter (where ${holds}))::int`
  const rows = await visible(ctx)
    .where('e.institutionId', '=', ctx.actor.institutionId ?? nobody)
    .where('e.status', '=', 'active')
    .$if(asked.mine === true, (q) => q.where('e.practitionerId', '=', ctx.actor.practitionerId ?? nobody))
    .groupBy('e.programme')
    .select(['e.programme', sql<number>`count(*)::int`.as('enrolled')])
    .select([many(of.controlled).as('controlled'), many(of.overdue).as('overdue')])
    .select([many(of.dropOut).as('dropOuts'), many(of.toRefer).as('toRefer')])
    .execute()
  const none = { enrolled: 0, controlled: 0, overdue: 0, dropOuts: 0, toRefer: 0 }
  return (await listProgrammes(ctx)).map(({ code, name, source, rules }) => {
    const { programme: _, ...found } = rows.find((row) => row.programme === code) ?? {
      programme: code,
      ...none,
    }
    return { code, name, ...found, definition: rules.controlDefinition, source }
  })
}

/** Adds it; 409 where the resident is in the programme already, wherever. */
export async function add(ctx: Ctx, row: Insertable<CareplanTables['careplan.enrolment']>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('careplan.enrolment')
    .values(row)
    .onConflict((c) =>
      c.columns(['residentId', 'programme']).where(sql<boolean>`status = 'active'`).doNothing(),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) refuse('conflict', 'careplan.enrolled-already')
}

type Change = Partial<Omit<EnrolmentRow, 'goals' | 'status'>> & { goals?: string }

export async function change(ctx: Ctx, row: EnrolmentRow, set: Change): Promise<EnrolmentRow> {
  return tables(ctx)
    .updateTable('careplan.enrolment')
    .set({ ...set, version: row.version + 1 })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Ends it; the only writer of its status. */
export async function end(ctx: Ctx, row: EnrolmentRow, reason: NonNullable<EnrolmentRow['endReason']>) {
  const status = step(enrolmentFlow, row.status, 'end')
  if (!status) throw new Error(`end from ${row.status}`)
  return tables(ctx)
    .updateTable('careplan.enrolment')
    .set({ status, endReason: reason, endedOn: dayOf(ctx.now), nextOn: null, version: row.version + 1 })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What the resident is to do, their own and of whom they stand for. */
export async function listOwn(ctx: Ctx): Promise<MyPlan[]> {
  const names = new Map((await listProgrammes(ctx)).map((one) => [one.code, one.name]))
  const rows = await (await named(ctx, { status: 'active' })).orderBy('e.programme').limit(50).execute()
  return rows.map((row) => ({
    ...{ id: row.id, residentId: row.residentId, programme: row.programme },
    ...{ name: names.get(row.programme) ?? '', plain: row.plain, goals: row.goals },
    ...{ institution: row.institutionName ?? '', doctor: row.doctorName, nextOn: row.nextOn },
    ...{ lastOn: row.lastOn, lastControlled: row.lastControlled },
  }))
}

/** All in id order, for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<EnrolmentRow[]> =>
  tables(ctx)
    .selectFrom('careplan.enrolment')
    .selectAll()
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()

/** Which of these are active. */
export async function listActive(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.enrolment')
    .select('id')
    .where('id', 'in', [...ids, nobody])
    .where('status', '=', 'active')
    .execute()
  return rows.map((row) => row.id)
}
