import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'

/** Oneself, or whom one stands for; anybody else is not there. */
export function requireOwn(ctx: Ctx, residentId: string): void {
  if (!ctx.actor.residentIds.includes(residentId)) refuse('missing', 'resident.missing')
}
