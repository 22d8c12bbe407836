import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { CapacityTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type CalendarLink = Selectable<CapacityTables['capacity.calendarLink']>

/** Ends the person's earlier address of the same calendar and opens a new one. */
export async function replace(
  ctx: Ctx,
  link: Pick<CalendarLink, 'institutionId' | 'practitionerId' | 'departmentId'>,
): Promise<string> {
  await tables(ctx)
    .updateTable('capacity.calendarLink')
    .set({ endedAt: ctx.now })
    .where('institutionId', '=', link.institutionId)
    .where('madeBy', '=', ctx.actor.id)
    .where('departmentId', link.departmentId === null ? 'is' : '=', link.departmentId)
    .where('endedAt', 'is', null)
    .execute()
  const id = ctx.id()
  await tables(ctx)
    .insertInto('capacity.calendarLink')
    .values({ ...link, id, madeBy: ctx.actor.id, madeAt: ctx.now, endedAt: null })
    .execute()
  return id
}

/** The address as long as it has not been replaced. */
export const findLive = (ctx: Ctx, id: string): Promise<CalendarLink | undefined> =>
  tables(ctx)
    .selectFrom('capacity.calendarLink')
    .selectAll()
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
