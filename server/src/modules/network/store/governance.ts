import type { Page } from '@tongmai/api/kernel'
import type { Duty, DutyLine, Resolution, ResolutionLine } from '@tongmai/api/network/governance'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

/** Members of the alliance, of today or earlier, and the health authority see what its council decided. */
const mayKnow = (ctx: Ctx, alias: string) =>
  ctx.actor.kind === 'system'
    ? sql<boolean>`true`
    : sql<boolean>`(exists (select from network.membership m where m.alliance_id = ${sql.ref(`${alias}.allianceId`)}
        and m.institution_id = ${ctx.actor.institutionId})
      or exists (select from network.institution o where o.id = ${ctx.actor.institutionId}
        and o.kind = 'healthAuthority'))`

const visibleResolutions = (ctx: Ctx) =>
  tables(ctx).selectFrom('network.resolution as r').where(mayKnow(ctx, 'r'))
const visibleDuties = (ctx: Ctx) => tables(ctx).selectFrom('network.duty as d').where(mayKnow(ctx, 'd'))

/** One page of an alliance's resolutions, the latest first, with how many of their duties are done. */
export function listResolutions(
  ctx: Ctx,
  allianceId: string,
  query: { offset: number; limit: number },
): Promise<Page<ResolutionLine>> {
  const count = (done: string) => sql<number>`(select count(*)::int from network.duty d
    where d.resolution_id = r.id and ${sql.raw(done)})`
  const chosen = visibleResolutions(ctx)
    .select(['r.id', 'r.allianceId', 'r.number', 'r.title', 'r.text', 'r.adoptedOn'])
    .select(['r.votesFor', 'r.votesAgainst', 'r.votesAbstained'])
    .select([count('true').as('duties'), count('d.done_at is not null').as('dutiesDone')])
    .where('r.allianceId', '=', allianceId)
    .orderBy('r.adoptedOn', 'desc')
    .orderBy('r.number', 'desc')
    .$castTo<ResolutionLine>()
  return pageOf(ctx, chosen, query)
}

/** Adds a resolution; refuses where the alliance has one of this number. */
export async function addResolution(ctx: Ctx, resolution: Resolution): Promise<Resolution> {
  const added = await tables(ctx)
    .insertInto('network.resolution')
    .values({ ...resolution, addedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) refuse('conflict', 'network.resolution-number-taken')
  return resolution
}

const dutyColumns = [
  'd.id',
  'd.resolutionId',
  'd.allianceId',
  'd.title',
  'd.institutionId',
  'd.departmentId',
  'd.personName',
  'd.due',
  'd.doneAt',
  'd.evidence',
  'd.version',
] as const

/** Adds the duties of a resolution. */
export async function addDuties(ctx: Ctx, duties: readonly Omit<Duty, 'version'>[]): Promise<void> {
  if (duties.length > 0)
    await tables(ctx)
      .insertInto('network.duty')
      .values([...duties])
      .execute()
}

/** The duty, held until the transaction ends; or 404. */
export const lockDuty = async (ctx: Ctx, id: string): Promise<Duty> =>
  (await visibleDuties(ctx)
    .select(dutyColumns)
    .where('d.id', '=', id)
    .forUpdate()
    .$castTo<Duty>()
    .executeTakeFirst()) ??
  (await visibleDuties(ctx).select(dutyColumns).where('d.id', '=', id).$castTo<Duty>().executeTakeFirst()) ??
  refuse('missing', 'network.duty-missing')

/** What these duties are called. */
export const listTitles = (ctx: Ctx, ids: readonly string[]): Promise<{ id: string; title: string }[]> =>
  visibleDuties(ctx).select(['d.id', 'd.title']).where('d.id', 'in', ids).execute()

/** Notes that a duty is done. */
export const changeDuty = (
  ctx: Ctx,
  id: string,
  set: { doneAt: Date; doneBy: string; evidence: string },
): Promise<Duty> =>
  tables(ctx)
    .updateTable('network.duty as d')
    .set((eb) => ({ ...set, version: eb('d.version', '+', 1) }))
    .where('d.id', '=', id)
    .returning(dutyColumns)
    .$castTo<Duty>()
    .executeTakeFirstOrThrow()

export interface DutyFilter {
  readonly allianceId?: string | undefined
  readonly institutionId?: string | undefined
  readonly departmentId?: string | undefined
  readonly done?: boolean | undefined
}

/** One page of duties with the names of who answers for them: open ones first, the most urgent first. */
export const listDuties = (
  ctx: Ctx,
  query: DutyFilter & { offset: number; limit: number },
): Promise<Page<Omit<DutyLine, 'mayReport'>>> =>
  pageOf(
    ctx,
    visibleDuties(ctx)
      .innerJoin('network.institution as i', 'i.id', 'd.institutionId')
      .innerJoin('network.resolution as r', 'r.id', 'd.resolutionId')
      .leftJoin('network.department as p', 'p.id', 'd.departmentId')
      .select([...dutyColumns, 'i.shortName as institutionName', 'p.name as departmentName'])
      .select('r.number as resolutionNumber')
      .$if(query.allianceId !== undefined, (q) => q.where('d.allianceId', '=', query.allianceId as string))
      .$if(query.institutionId !== undefined, (q) =>
        q.where('d.institutionId', '=', query.institutionId as string),
      )
      .$if(query.departmentId !== undefined, (q) =>
        q.where('d.departmentId', '=', query.departmentId as string),
      )
      .$if(query.done !== undefined, (q) => q.where('d.doneAt', query.done ? 'is not' : 'is', null))
      .orderBy(sql`d.done_at is not null`)
      .orderBy('d.due')
      .orderBy('d.id')
      .$castTo<Omit<DutyLine, 'mayReport'>>(),
    query,
  )
