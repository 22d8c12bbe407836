import { step } from '@tongmai/api/kernel'
import type { AdviceKind, AdviceMove, AdviceStatus } from '@tongmai/api/referral/advice'
import { adviceFlow } from '@tongmai/api/referral/advice'
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ReferralTables } from '../tables.ts'
import { cardOf } from './line.ts'
import { tables } from './referral.ts'

export type AdviceRow = Selectable<ReferralTables['referral.advice']>

/** Every read starts here: the one who asked and the one who was asked see it, nobody else. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('referral.advice as v')
    .$if(ctx.actor.kind !== 'system', (q) =>
      q.where((eb): Expression<SqlBool> => {
        const own = ctx.actor.institutionId
        return eb.or([eb('v.fromInstitutionId', '=', own), eb('v.toInstitutionId', '=', own)])
      }),
    )

/** The question, held so that two cannot move it at once; 404 where it is not theirs. */
export async function lockAdvice(ctx: Ctx, id: string): Promise<AdviceRow> {
  const row = await visible(ctx).selectAll('v').where('v.id', '=', id).forUpdate('v').executeTakeFirst()
  return row ?? refuse('missing', 'referral.advice-missing')
}

const dueAt = (kind: AdviceKind, status: AdviceStatus, now: Date) => {
  const rules: Partial<Record<AdviceStatus, string>> = {
    asked: kind === 'rehabilitation' ? 'rehabilitationAsked' : 'adviceAsked',
    answered: 'adviceAnswered',
  }
  const rule = rules[status]
  return rule
    ? sql<Date | null>`referral.due_at(${rule}, 'routine', ${now}::timestamptz)`
    : sql<Date | null>`null::timestamptz`
}

/** Asks, with the question as the first line of the thread. */
export async function addAdvice(
  ctx: Ctx,
  row: Omit<AdviceRow, 'status' | 'since' | 'due' | 'version' | 'askedAt' | 'authorId'>,
): Promise<AdviceRow> {
  const stamped = { ...row, authorId: ctx.actor.id, askedAt: ctx.now, since: ctx.now }
  const added = await tables(ctx)
    .insertInto('referral.advice')
    .values({ ...stamped, status: 'asked', due: dueAt(row.kind, 'asked', ctx.now) })
    .returningAll()
    .executeTakeFirstOrThrow()
  await addSaid(ctx, added, row.question)
  return added
}

/** One line more in the thread. */
export async function addSaid(ctx: Ctx, row: AdviceRow, text: string): Promise<void> {
  await tables(ctx)
    .insertInto('referral.adviceMessage')
    .values({
      ...{ residentId: row.residentId, adviceId: row.id, id: ctx.id(), at: ctx.now, text },
      ...{ actorKind: ctx.actor.kind, actorId: ctx.actor.id, practitionerId: ctx.actor.practitionerId },
      institutionId: ctx.actor.institutionId ?? row.fromInstitutionId,
    })
    .execute()
}

/** The one way a question's status changes. */
export async function moveAdvice(
  ctx: Ctx,
  row: AdviceRow,
  name: AdviceMove,
  set: { referralId?: string; toPractitionerId?: string | null } = {},
): Promise<AdviceRow> {
  const status = step(adviceFlow, row.status, name) ?? refuse('conflict', 'referral.advice-not-now')
  return tables(ctx)
    .updateTable('referral.advice')
    .set({ ...set, status, since: ctx.now, due: dueAt(row.kind, status, ctx.now), version: row.version + 1 })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Puts the thread into the referral that came out of it, with its speakers and times. */
export async function copyThread(ctx: Ctx, row: AdviceRow, referralId: string): Promise<void> {
  await sql`insert into referral.message
      (resident_id, referral_id, id, at, actor_kind, actor_id, practitioner_id, institution_id, text)
    select resident_id, ${referralId}::uuid, id, at, actor_kind, actor_id, practitioner_id, institution_id, text
    from referral.advice_message where advice_id = ${row.id}::uuid`.execute(ctx.db)
}

/** What has been said, in order. */
export async function listSaid(ctx: Ctx, id: string) {
  const rows = await tables(ctx)
    .selectFrom('referral.adviceMessage as m')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'm.practitionerId')
    .leftJoin('network.name as institution', 'institution.id', 'm.institutionId')
    .select(['m.id', 'm.at', 'm.text', 'm.institutionId', 'doctor.name as by', 'institution.shortName'])
    .where('m.adviceId', '=', id)
    .orderBy('m.at')
    .orderBy('m.id')
    .limit(200)
    .execute()
  return rows.map(({ institutionId, shortName, by, ...said }) => ({
    ...said,
    by: by ?? '',
    institution: shortName,
    mine: institutionId === ctx.actor.institutionId,
  }))
}

const shown = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('resident.card as card', 'card.id', 'v.residentId')
    .leftJoin('network.name as sender', 'sender.id', 'v.fromInstitutionId')
    .leftJoin('network.name as receiver', 'receiver.id', 'v.toInstitutionId')
    .leftJoin('network.departmentName as department', 'department.id', 'v.toDepartmentId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'v.toPractitionerId')
    .leftJoin('workforce.name as asker', 'asker.id', 'v.fromPractitionerId')
    .selectAll('v')
    .select([
      ...([
        'card.nameMasked',
        'card.sex',
        'card.birthDate',
        'card.idMasked',
        'asker.name as askedBy',
      ] as const),
      ...(['sender.shortName as senderShort', 'receiver.shortName as receiverShort'] as const),
      ...(['department.name as department', 'doctor.name as practitioner'] as const),
    ])

type Shown = Awaited<ReturnType<ReturnType<typeof shown>['execute']>>[number]

const lineOf = (row: Shown) => ({
  ...{ id: row.id, kind: row.kind, status: row.status, question: row.question, referralId: row.referralId },
  ...{ askedAt: row.askedAt, since: row.since, due: row.due, department: row.department },
  resident: cardOf(row.residentId, row),
  from: { id: row.fromInstitutionId, shortName: row.senderShort ?? '' },
  to: { id: row.toInstitutionId, shortName: row.receiverShort ?? '' },
  practitioner: row.practitioner,
})

/** A question with the names on it, or 404. */
export async function findAdvice(ctx: Ctx, id: string) {
  const row = await shown(ctx).where('v.id', '=', id).executeTakeFirst()
  return row
    ? { row, line: { ...lineOf(row), askedBy: row.askedBy } }
    : refuse('missing', 'referral.advice-missing')
}

export interface AdviceAsked {
  readonly side?: 'asked' | 'received' | undefined
  readonly open?: boolean | undefined
  readonly kind?: AdviceKind | undefined
  readonly referralId?: string | undefined
  readonly residentId?: string | undefined
  readonly offset: number
  readonly limit: number
}

const openOnes = ['asked', 'answered'] as const

/** A page of questions; what is due first in front, what has ended behind. */
export async function listAdvice(ctx: Ctx, f: AdviceAsked) {
  const own = ctx.actor.institutionId ?? ''
  const query = shown(ctx)
    .$if(f.side === 'asked', (q) => q.where('v.fromInstitutionId', '=', own))
    .$if(f.side === 'received', (q) => q.where('v.toInstitutionId', '=', own))
    .$if(f.open === true, (q) => q.where('v.status', 'in', openOnes))
    .$if(f.kind !== undefined, (q) => q.where('v.kind', '=', f.kind as AdviceKind))
    .$if(f.referralId !== undefined, (q) => q.where('v.referralId', '=', f.referralId as string))
    .$if(f.residentId !== undefined, (q) => q.where('v.residentId', '=', f.residentId as string))
    .orderBy(sql`v.due asc nulls last`)
    .orderBy('v.since', 'desc')
  const { items, total } = await pageOf(ctx, query, f)
  return { items: items.map(lineOf), total }
}

/** Which of these questions are still open, so that what was granted because of them may go on. */
export async function listOpenAdvice(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tables(ctx)
    .selectFrom('referral.advice')
    .select('id')
    .where('id', 'in', [...ids])
    .where('status', 'in', openOnes)
    .limit(ids.length)
    .execute()
  return rows.map((row) => row.id)
}
