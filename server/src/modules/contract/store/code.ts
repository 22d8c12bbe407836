import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

/** The code last sent to a resident, held. Call as the system. */
export const lock = (ctx: Ctx, residentId: string) =>
  tables(ctx)
    .selectFrom('contract.signingCode')
    .selectAll()
    .where('residentId', '=', residentId)
    .forUpdate()
    .executeTakeFirst()

export interface NewCode {
  readonly residentId: string
  readonly digest: string
  readonly until: Date
  readonly day: string
  readonly sentToday: number
}

/** Puts a new code in place of the last one. */
export async function add(ctx: Ctx, code: NewCode): Promise<void> {
  const fresh = { ...code, sentAt: ctx.now, failures: 0 }
  await tables(ctx)
    .insertInto('contract.signingCode')
    .values(fresh)
    .onConflict((c) => c.column('residentId').doUpdateSet(fresh))
    .execute()
}

/** Counts one wrong answer. */
export const change = (ctx: Ctx, residentId: string) =>
  tables(ctx)
    .updateTable('contract.signingCode')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('residentId', '=', residentId)
    .execute()

/** A code signs once. */
export const remove = (ctx: Ctx, residentId: string) =>
  tables(ctx).deleteFrom('contract.signingCode').where('residentId', '=', residentId).execute()
