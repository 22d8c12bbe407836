import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { WorkforceTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type ResponsibleRow = Selectable<WorkforceTables['workforce.responsible']>

const visible = (ctx: Ctx) => tables(ctx).selectFrom('workforce.responsible')

export const findOpen = (ctx: Ctx, thing: string): Promise<ResponsibleRow | undefined> =>
  visible(ctx).selectAll().where('thing', '=', thing).where('releasedAt', 'is', null).executeTakeFirst()

/** As `findOpen`, and holds the row: two hand-overs of one thing come one after the other. */
export const lockAny = (ctx: Ctx, thing: string): Promise<ResponsibleRow | undefined> =>
  visible(ctx).selectAll().where('thing', '=', thing).forUpdate().executeTakeFirst()

/** Adds the first one to answer for a thing; undefined where there is one already. */
export const add = (ctx: Ctx, row: ResponsibleRow): Promise<ResponsibleRow | undefined> =>
  tables(ctx)
    .insertInto('workforce.responsible')
    .values(row)
    .onConflict((c) => c.columns(['residentId', 'thing']).doNothing())
    .returningAll()
    .executeTakeFirst()

/** Puts another in the place of the one before, who goes into the history. */
export async function change(
  ctx: Ctx,
  before: ResponsibleRow,
  set: Partial<ResponsibleRow>,
): Promise<ResponsibleRow> {
  const { residentId, thing, since, institutionId, practitionerId, note, parties } = before
  await tables(ctx)
    .insertInto('workforce.responsibleHistory')
    .values({
      id: ctx.id(),
      residentId,
      thing,
      since,
      until: before.releasedAt ?? ctx.now,
      institutionId,
      practitionerId,
      note,
      parties,
    })
    .execute()
  return tables(ctx)
    .updateTable('workforce.responsible')
    .set({ releasedAt: null, since: ctx.now, ...set })
    .where('residentId', '=', residentId)
    .where('thing', '=', thing)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const release = (ctx: Ctx, row: ResponsibleRow) =>
  tables(ctx)
    .updateTable('workforce.responsible')
    .set({ releasedAt: ctx.now })
    .where('residentId', '=', row.residentId)
    .where('thing', '=', row.thing)
    .execute()

const named = (ctx: Ctx) =>
  visible(ctx)
    .innerJoin('workforce.practitioner as p', 'p.id', 'workforce.responsible.practitionerId')
    .leftJoin('network.name as n', 'n.id', 'workforce.responsible.institutionId')
    .selectAll('workforce.responsible')
    .select(['p.name', 'n.name as institution'])

/** The one who answers now, with names. */
export const listNow = (ctx: Ctx, thing: string) => named(ctx).where('thing', '=', thing).execute()

/** Those who answered before, newest first. */
export const listBefore = (ctx: Ctx, thing: string) =>
  tables(ctx)
    .selectFrom('workforce.responsibleHistory as h')
    .innerJoin('workforce.practitioner as p', 'p.id', 'h.practitionerId')
    .leftJoin('network.name as n', 'n.id', 'h.institutionId')
    .selectAll('h')
    .select(['p.name', 'n.name as institution'])
    .where('h.thing', '=', thing)
    .orderBy('h.until', 'desc')
    .limit(100)
    .execute()

/** What a practitioner answers for now. */
export const listOf = (ctx: Ctx, asked: { practitionerId: string; offset: number; limit: number }) =>
  pageOf(
    ctx,
    named(ctx)
      .where('workforce.responsible.practitionerId', '=', asked.practitionerId)
      .where('releasedAt', 'is', null)
      .orderBy('workforce.responsible.since', 'desc')
      .orderBy('thing'),
    asked,
  )
