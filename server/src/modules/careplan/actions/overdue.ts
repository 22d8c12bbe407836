import { asSystem } from '../../../kernel/as-system.ts'
import { caseOf, closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { debtOf } from '../policy.ts'
import { listOverdue } from '../store/follow-up.ts'
import { ruleOf } from '../store/form.ts'

/** Puts everybody with an overdue follow-up on the work-list of who owes it: one case per person and institution. */
export async function raiseOverdue(ctx: Ctx): Promise<void> {
  const days = await ruleOf(ctx, 'overdueDays')
  for (const owed of await listOverdue(ctx, dayOf(ctx.now))) {
    const thing = debtOf(owed.residentId, owed.institutionId)
    if (await caseOf(ctx, thing)) continue
    await openCase(ctx, {
      ...{ kind: 'careplan', thing, residentId: owed.residentId, step: 'overdue' },
      ...{ institutionId: owed.institutionId, practitionerId: owed.practitionerId, duty: 'careplan.follow' },
      due: startOf(dayAfter(owed.dueOn, days)),
    })
  }
}

/** Takes somebody off the work-list when nothing of theirs is overdue any more. */
export async function settle(ctx: Ctx, residentId: string, institutionId: string): Promise<void> {
  const thing = debtOf(residentId, institutionId)
  const open = await caseOf(ctx, thing)
  if (open?.step !== 'overdue') return
  const left = await asSystem(ctx, (all) => listOverdue(all, dayOf(ctx.now), { residentId, institutionId }))
  if (left.length === 0) await closeCase(ctx, thing)
}
