import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findHolder } from '../store/mark.ts'
import type { ReferralRow } from '../store/row.ts'

/** Whether somebody else is working on it at this moment. */
export const isHeldByOther = (ctx: Ctx, row: ReferralRow): boolean =>
  row.holderId !== null && row.heldUntil !== null && row.heldUntil > ctx.now && row.holderId !== ctx.actor.id

/** Refuses 409 with the name of the one who is working on it. The system's own moves wait for nobody. */
export async function requireFree(ctx: Ctx, row: ReferralRow): Promise<void> {
  if (ctx.actor.kind === 'system' || !isHeldByOther(ctx, row)) return
  const who = await findHolder(ctx, row)
  refuse('conflict', 'referral.held', { details: { name: who.name, institution: who.institution } })
}
