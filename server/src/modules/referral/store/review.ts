import type { Verdict } from '@tongmai/api/referral/watch'
import { type Selectable, sql } from 'kysely'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, startOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ReferralTables } from '../tables.ts'
import { tables } from './referral.ts'

export type ReviewRow = Selectable<ReferralTables['referral.review']>

/** Every read starts here: the office that drew the sample, and the reviewer's institution. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('referral.review as w')
    .where((eb) =>
      eb.or([
        eb('w.institutionId', '=', ctx.actor.institutionId ?? ''),
        eb('w.reviewerInstitutionId', '=', ctx.actor.institutionId ?? ''),
      ]),
    )

export interface Sample {
  readonly from: string
  readonly to: string
  readonly direction?: 'up' | 'down' | 'sideways' | undefined
  readonly size: number
}

/** So many referrals of the days, drawn by lot among the partners' that were not reviewed and are not the reviewer's. */
export async function drawSample(
  ctx: Ctx,
  sample: Sample,
  { office, reviewerInstitutionId }: { office: string; reviewerInstitutionId: string },
): Promise<{ id: string; residentId: string }[]> {
  const lot = ctx.id()
  const partners = sql`(select ${office}::uuid union select b.partner_id from network.service_between b
    where b.institution_id = ${office}::uuid and b.since <= ${ctx.now} and (b.until is null or b.until > ${ctx.now}))`
  const { rows } = await asSystem(ctx, (every) =>
    sql<{ id: string; residentId: string }>`
      select r.id, r.resident_id as "residentId" from referral.referral r
      where r.submitted_at >= ${startOf(sample.from)} and r.submitted_at < ${startOf(dayAfter(sample.to, 1))}
        and (r.from_institution_id in ${partners} or r.to_institution_id in ${partners})
        and r.from_institution_id <> ${reviewerInstitutionId}::uuid
        ${sample.direction ? sql`and r.direction = ${sample.direction}` : sql``}
        and not exists (select from referral.review w where w.resident_id = r.resident_id and w.referral_id = r.id)
      order by md5(r.id::text || ${lot}) limit ${sample.size}`.execute(every.db),
  )
  return rows
}

/** Gives one to a reviewer. */
export async function addReview(
  ctx: Ctx,
  review: Omit<ReviewRow, 'drawnAt' | 'drawnBy' | 'due' | 'verdict' | 'note' | 'judgedAt'>,
): Promise<ReviewRow> {
  return tables(ctx)
    .insertInto('referral.review')
    .values({
      ...review,
      drawnAt: ctx.now,
      drawnBy: ctx.actor.id,
      due: sql<Date>`referral.due_at('review', 'routine', ${ctx.now}::timestamptz)`,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function lockReview(ctx: Ctx, id: string): Promise<ReviewRow> {
  const row = await visible(ctx).selectAll('w').where('w.id', '=', id).forUpdate('w').executeTakeFirst()
  return row ?? refuse('missing', 'referral.review-missing')
}

/** Writes the verdict down. */
export async function changeReview(
  ctx: Ctx,
  row: ReviewRow,
  { verdict, note }: { verdict: Verdict; note: string },
): Promise<ReviewRow> {
  return tables(ctx)
    .updateTable('referral.review')
    .set({ verdict, note, judgedAt: ctx.now, due: null })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export interface ReviewAsked {
  readonly open?: boolean | undefined
  readonly verdict?: Verdict | undefined
  readonly offset: number
  readonly limit: number
}

/** A page of reviews, the open ones first. */
export function listReviews(ctx: Ctx, asked: ReviewAsked) {
  const query = visible(ctx)
    .selectAll('w')
    .$if(asked.open === true, (q) => q.where('w.verdict', 'is', null))
    .$if(asked.verdict !== undefined, (q) => q.where('w.verdict', '=', asked.verdict as Verdict))
    .orderBy(sql`w.due asc nulls last`)
    .orderBy('w.judgedAt', 'desc')
    .orderBy('w.id')
  return pageOf(ctx, query, asked)
}

export async function findReview(ctx: Ctx, id: string): Promise<ReviewRow> {
  const row = await visible(ctx).selectAll('w').where('w.id', '=', id).executeTakeFirst()
  return row ?? refuse('missing', 'referral.review-missing')
}

/** What a review shows of its referral: no person, no number. */
export async function listReviewed(ctx: Ctx, rows: readonly ReviewRow[]) {
  if (rows.length === 0) return new Map()
  const found = await asSystem(ctx, (every) =>
    tables(every)
      .selectFrom('referral.referral as r')
      .leftJoin('network.name as f', 'f.id', 'r.fromInstitutionId')
      .leftJoin('network.name as t', 't.id', 'r.toInstitutionId')
      .selectAll('r')
      .select(['f.shortName as fromName', 't.shortName as toName'])
      .where(
        'r.id',
        'in',
        rows.map((row) => row.referralId),
      )
      .limit(rows.length)
      .execute(),
  )
  return new Map(found.map((row) => [row.id, row]))
}

/** The reviewers' names. */
export async function listReviewers(ctx: Ctx, rows: readonly ReviewRow[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const names = await tables(ctx)
    .selectFrom('workforce.name')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(rows.map((row) => row.reviewerId))])
    .execute()
  return new Map(names.map((one) => [one.id, one.name]))
}

/** How the judged ones came out; the commission's over the region. */
export async function countVerdicts(ctx: Ctx, office: string | null) {
  const { rows } = await asSystem(ctx, (every) =>
    sql<{ direction: 'up' | 'down' | 'sideways'; verdict: Verdict; count: number }>`
      select r.direction, w.verdict, count(*)::int as count
      from referral.review w join referral.referral r on r.resident_id = w.resident_id and r.id = w.referral_id
      where w.verdict is not null ${office ? sql`and w.institution_id = ${office}::uuid` : sql``}
      group by 1, 2 order by 1, 2`.execute(every.db),
  )
  return rows
}
