import type { Page } from '@tongmai/api/kernel'
import type { Mastery, MasteryState } from '@tongmai/api/technique'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { TechniqueTables } from '../tables.ts'

const PARTNERS_MAX = 2_000
const tables = (ctx: Ctx) => ctx.db.withTables<TechniqueTables>()

/** A mastery as it lies in the database, with the names around it. */
export type MasteryRow = Omit<Mastery, 'evidence' | 'mayWithdraw'> & {
  readonly evidenceHash: string | null
  readonly evidenceName: string | null
}

/** Who masters what every member may know. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('technique.mastery as m')
    .innerJoin('technique.technique as t', 't.id', 'm.techniqueId')
    .innerJoin('network.name as i', 'i.id', 'm.institutionId')
    .innerJoin('network.departmentName as d', 'd.id', 'm.departmentId')
    .innerJoin('network.name as teacher', 'teacher.id', 'm.teacherId')
    .leftJoin('workforce.name as p', 'p.id', 'm.practitionerId')

const columns = [
  'm.id',
  'm.techniqueId',
  't.name as techniqueName',
  'm.institutionId',
  'i.shortName as institutionName',
  'm.departmentId',
  'd.name as departmentName',
  'm.practitionerId',
  'p.name as practitionerName',
  'm.since',
  'm.until',
  'm.filing',
  'm.evidenceHash',
  'm.evidenceName',
  'm.teacherId',
  'teacher.shortName as teacherName',
  'm.signerName',
  'm.signedAt',
  'm.state',
  'm.endedAt',
  'm.endedReason',
] as const

/** The mastery, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<MasteryRow> =>
  (await visible(ctx).select(columns).where('m.id', '=', id).$castTo<MasteryRow>().executeTakeFirst()) ??
  refuse('missing', 'technique.mastery-missing')

/** As `find`, and holds the row until the transaction ends. */
export async function lock(ctx: Ctx, id: string): Promise<MasteryRow> {
  await tables(ctx).selectFrom('technique.mastery').select('id').where('id', '=', id).forUpdate().execute()
  return find(ctx, id)
}

export interface MasteryFilter {
  readonly techniqueId?: string | undefined
  readonly institutionId?: string | undefined
  readonly practitionerId?: string | undefined
  readonly state?: MasteryState | undefined
}

/** One page of who is or was signed off: the live ones first, then by technique and institution. */
export const list = (
  ctx: Ctx,
  query: MasteryFilter & { offset: number; limit: number },
): Promise<Page<MasteryRow>> =>
  pageOf(
    ctx,
    visible(ctx)
      .select(columns)
      .$if(query.techniqueId !== undefined, (q) => q.where('m.techniqueId', '=', query.techniqueId as string))
      .$if(query.institutionId !== undefined, (q) =>
        q.where('m.institutionId', '=', query.institutionId as string),
      )
      .$if(query.practitionerId !== undefined, (q) =>
        q.where('m.practitionerId', '=', query.practitionerId as string),
      )
      .$if(query.state !== undefined, (q) => q.where('m.state', '=', query.state as MasteryState))
      .orderBy((eb) => eb('m.state', '<>', 'live'))
      .orderBy('t.name')
      .orderBy('i.name')
      .orderBy('m.id')
      .$castTo<MasteryRow>(),
    query,
  )

/** Where the technique is done independently today: one line per department or practitioner. */
export function listLive(ctx: Ctx, techniqueId: string) {
  const today = dayOf(ctx.now)
  return tables(ctx)
    .selectFrom('technique.mastery as m')
    .select(['m.institutionId', 'm.departmentId', 'm.practitionerId', 'm.until'])
    .where('m.techniqueId', '=', techniqueId)
    .where('m.state', '=', 'live')
    .where('m.since', '<=', today)
    .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>=', today)]))
    .orderBy('m.institutionId')
    .limit(10_000)
    .execute()
}

/** The name of who signs: the account's person, or what signs without being one. */
export async function findSigner(ctx: Ctx): Promise<string> {
  if (ctx.actor.kind !== 'staff') return ctx.actor.id
  const row = await tables(ctx)
    .selectFrom('identity.accountName')
    .select('name')
    .where('id', '=', ctx.actor.id)
    .executeTakeFirst()
  return row?.name ?? ctx.actor.id
}

export interface NewMastery {
  readonly id: string
  readonly techniqueId: string
  readonly institutionId: string
  readonly departmentId: string
  readonly practitionerId: string | null
  readonly since: string
  readonly until: string | null
  readonly filing: string | null
  readonly evidenceHash: string | null
  readonly evidenceName: string | null
  readonly teacherId: string
  readonly signerName: string
}

/** Records a sign-off; false where the same one is live already. */
export async function add(ctx: Ctx, mastery: NewMastery): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('technique.mastery')
    .values({ ...mastery, signerId: ctx.actor.id, signedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Ends a live mastery; it stays readable. */
export async function move(
  ctx: Ctx,
  id: string,
  to: { state: Exclude<MasteryState, 'live'>; reason: string | null },
): Promise<void> {
  await tables(ctx)
    .updateTable('technique.mastery')
    .set({ state: to.state, endedAt: ctx.now, endedReason: to.reason })
    .where('id', '=', id)
    .where('state', '=', 'live')
    .execute()
}

/** Live ones whose last day is over, at most 500. */
export const listRunOut = async (ctx: Ctx): Promise<string[]> =>
  (
    await tables(ctx)
      .selectFrom('technique.mastery')
      .select('id')
      .where('state', '=', 'live')
      .where('until', '<', dayOf(ctx.now))
      .orderBy('until')
      .limit(500)
      .execute()
  ).map(({ id }) => id)

/** The institutions that have an agreement with this one today. */
export async function listPartners(ctx: Ctx, institutionId: string): Promise<string[]> {
  const rows = await asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('network.serviceBetween')
      .select('partnerId')
      .distinct()
      .where('institutionId', '=', institutionId)
      .where('since', '<=', ctx.now)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', ctx.now)]))
      .limit(PARTNERS_MAX)
      .execute(),
  )
  return rows.flatMap(({ partnerId }) => partnerId ?? [])
}
