import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

/** The code that a resident shows from now on; the one before is gone. */
export const put = (ctx: Ctx, row: { residentId: string; blind: string; until: Date }) =>
  tables(ctx)
    .insertInto('resident.shownCode')
    .values(row)
    .onConflict((c) => c.column('residentId').doUpdateSet({ blind: row.blind, until: row.until }))
    .execute()

/** Who shows this code now. As the system. */
export async function holdersOf(ctx: Ctx, blind: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('resident.shownCode')
    .select('residentId')
    .where('blind', '=', blind)
    .where('until', '>', ctx.now)
    .limit(2)
    .execute()
  return rows.map((row) => row.residentId)
}
