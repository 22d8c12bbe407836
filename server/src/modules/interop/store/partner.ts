import type { PartnerLine } from '@tongmai/api/interop/message'
import type { Page } from '@tongmai/api/kernel'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { InteropTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()
const columns = [
  ...(['id', 'institutionId', 'name', 'facility', 'application', 'clientId'] as const),
  ...(['charset', 'addedAt'] as const),
] as const

export type Partner = Omit<PartnerLine, 'destination'> & { readonly institutionId: string }

const living = (ctx: Ctx) =>
  tables(ctx).selectFrom('interop.partner').select(columns).where('endedAt', 'is', null)

export const list = (
  ctx: Ctx,
  institutionId: string,
  paging: { offset: number; limit: number },
): Promise<Page<Partner>> =>
  pageOf(ctx, living(ctx).where('institutionId', '=', institutionId).orderBy('name').orderBy('id'), paging)

/** One of the institution's that has not been ended; undefined where there is none. */
export const peek = (ctx: Ctx, institutionId: string, id: string): Promise<Partner | undefined> =>
  living(ctx).where('institutionId', '=', institutionId).where('id', '=', id).executeTakeFirst()

export async function lock(ctx: Ctx, institutionId: string, id: string): Promise<Partner> {
  const row = await living(ctx)
    .where('institutionId', '=', institutionId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'interop.no-such-partner')
}

/** Who sends under this facility; one that names the application goes before one that takes any. */
export async function findSender(
  ctx: Ctx,
  sender: { facility: string; application: string },
): Promise<Partner | undefined> {
  return living(ctx)
    .where('facility', '=', sender.facility)
    .where('application', 'in', [sender.application, ''])
    .orderBy('application', 'desc')
    .executeTakeFirst()
}

/** Adds a partner; false where the facility is somebody's already. */
export async function add(ctx: Ctx, partner: Partner): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('interop.partner')
    .values({ ...partner, endedAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function end(ctx: Ctx, partner: Partner): Promise<void> {
  await tables(ctx)
    .updateTable('interop.partner')
    .set({ endedAt: ctx.now })
    .where('institutionId', '=', partner.institutionId)
    .where('id', '=', partner.id)
    .execute()
}
