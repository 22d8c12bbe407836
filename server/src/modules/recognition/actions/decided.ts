import type { Ctx } from '../../../kernel/ctx.ts'
import { tell } from '../events.ts'
import type { NewDecision } from '../store/decision.ts'

/** Announces a decision to both institutions. */
export const tellDecided = (ctx: Ctx, one: NewDecision): Promise<void> =>
  tell(ctx, 'recognition.decided', {
    thing: `test-order:${one.orderId}`,
    residentId: one.residentId,
    audience: [one.institutionId, ...(one.resultInstitutionId ? [one.resultInstitutionId] : [])],
    data: {
      ...{ id: one.id, orderId: one.orderId, itemId: one.itemId, outcome: one.outcome },
      ...{ reason: one.reason ?? null, institutionId: one.institutionId },
      resultInstitutionId: one.resultInstitutionId ?? null,
    },
  })
