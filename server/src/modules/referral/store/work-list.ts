import { type WorkList, workList } from '@tongmai/api/referral/list'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { visible } from './referral.ts'

/**
 * What makes a referral stand on a work-list of the actor's institution. Only what somebody does takes it off; every
 * condition keeps to what is open, so that the partial indexes serve it however much has ended.
 */
export function onList(ctx: Ctx, list: WorkList): RawBuilder<SqlBool> {
  const own = ctx.actor.institutionId
  const received = sql`r.to_institution_id = ${own} and (r.ended_at is null or r.due is not null)`
  const sent = sql`r.from_institution_id = ${own}`
  const [today, tomorrow] = [startOf(dayOf(ctx.now)), startOf(dayAfter(dayOf(ctx.now), 1))]
  const arranged = sql`(r.arrangement ->> 'at')::timestamptz`
  const conditions: Readonly<Record<WorkList, RawBuilder<SqlBool>>> = {
    toTriage: sql`${received} and r.status = 'submitted' and r.no_slot_since is null`,
    noSlot: sql`${received} and r.status = 'submitted' and r.no_slot_since is not null`,
    // Came or was sent before anything was arranged, or did not come: the arrangement lies in the past.
    toArrange: sql`${received} and ((r.status in ('inTransfer', 'arrived') and r.arrangement is null)
      or (r.status = 'accepted' and ${arranged} < ${ctx.now}))`,
    arrivingToday: sql`${received} and r.status in ('accepted', 'inTransfer')
      and ${arranged} >= ${today} and ${arranged} < ${tomorrow}`,
    outcomeMissing: sql`${received} and r.status in ('arrived', 'inCare', 'admitted') and r.outcome is null`,
    toTakeOver: sql`${received} and r.status = 'downReferralSubmitted'`,
    followUpDue: sql`${received} and r.status = 'takenOver'`,
    rejectedUnanswered: sql`${sent} and r.status = 'rejected' and r.due is not null`,
    outcomeUnread: sql`${sent} and r.outcome is not null and r.outcome_read_at is null`,
    overdue: sql`r.due < ${ctx.now}`,
  }
  return sql<SqlBool>`(${conditions[list]})`
}

const names = workList.options

/** How many stand on each list, and how many of them are overdue; one reading of what is open. */
export async function countLists(ctx: Ctx): Promise<{ list: WorkList; count: number; overdue: number }[]> {
  const counts = names.flatMap((list) => [
    sql<string>`count(*) filter (where ${onList(ctx, list)})`.as(list),
    sql<string>`count(*) filter (where ${onList(ctx, list)} and r.due < ${ctx.now})`.as(`${list}Overdue`),
  ])
  const row = (await visible(ctx)
    .select(counts)
    .where(
      sql<SqlBool>`(r.ended_at is null or r.due is not null
        or (r.from_institution_id = ${ctx.actor.institutionId} and r.outcome is not null and r.outcome_read_at is null))`,
    )
    .executeTakeFirstOrThrow()) as Readonly<Record<string, string>>
  return names.map((list) => ({
    list,
    count: Number(row[list]),
    overdue: Number(row[`${list}Overdue`]),
  }))
}
