import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

/** What hangs on a contract hangs on the one that follows it: visits to come, open questions, beds. */
export async function passOn(ctx: Ctx, from: string, to: string): Promise<void> {
  const contractId = to
  await tables(ctx)
    .updateTable('contract.homeVisit')
    .set({ contractId })
    .where('contractId', '=', from)
    .where('status', 'in', ['planned', 'underWay'])
    .execute()
  await tables(ctx)
    .updateTable('contract.advice')
    .set({ contractId })
    .where('contractId', '=', from)
    .where('status', 'in', ['asked', 'answered'])
    .execute()
  await tables(ctx)
    .updateTable('contract.homeBed')
    .set({ contractId })
    .where('contractId', '=', from)
    .where('status', 'in', ['proposed', 'open'])
    .execute()
}

/** A bed that stayed open after its contract had ended goes on under the one that begins now. */
export async function takeOverBed(
  ctx: Ctx,
  of: { residentId: string; id: string; communityId: string },
): Promise<void> {
  await tables(ctx)
    .updateTable('contract.homeBed')
    .set({ contractId: of.id })
    .where('residentId', '=', of.residentId)
    .where('communityId', '=', of.communityId)
    .where('status', '=', 'open')
    .execute()
}
