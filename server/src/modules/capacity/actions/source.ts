import type { PlaceSource } from '@tongmai/api/capacity/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { currentContract } from '../../contract/index.ts'
import { mayDrawOn, sharesOf } from '../policy.ts'

/** Whether the resident has a family-doctor contract in force; a fact, whoever asks. */
export const isContracted = async (ctx: Ctx, residentId: string): Promise<boolean> =>
  asSystem(ctx, async (all) => (await currentContract(all, residentId)) !== null)

/** The shares a reservation for this resident may draw on now; 409 where the source is not theirs to name. */
export async function requireShares(
  ctx: Ctx,
  { source, residentId }: { source: PlaceSource; residentId: string },
): Promise<PlaceSource[]> {
  const contracted = await isContracted(ctx, residentId)
  if (!mayDrawOn(source, contracted)) refuse('conflict', 'capacity.not-contracted')
  return sharesOf(source, contracted)
}
