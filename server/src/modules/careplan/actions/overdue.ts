import { asSystem } from '../../../kernel/as-system.ts'
import { caseOf, closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { tell } from '../events.ts'
import { debtOf } from '../policy.ts'
import { listOverdue } from '../store/follow-up.ts'
import { ruleOf } from '../store/form.ts'
import { countDueOn } from '../store/planned.ts'

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
    const { residentId, institutionId, practitionerId } = owed
    await tell(ctx, 'careplan.overdue', {
      ...{ thing, residentId, audience: [institutionId], data: { institutionId, practitionerId } },
    })
  }
}

/** Tells everybody in the morning how many follow-ups they owe today. */
export async function sayDue(ctx: Ctx): Promise<void> {
  for (const { count, ...whose } of await countDueOn(ctx, dayOf(ctx.now)))
    await tell(ctx, 'careplan.due-today', {
      ...{ thing: `follow-up:${whose.practitionerId ?? whose.institutionId}`, residentId: null },
      ...{ audience: [whose.institutionId], data: { ...whose, count } },
    })
}

/** Takes somebody off the work-list when nothing of theirs is overdue any more. */
export async function settle(ctx: Ctx, residentId: string, institutionId: string): Promise<void> {
  const thing = debtOf(residentId, institutionId)
  const open = await caseOf(ctx, thing)
  if (open?.step !== 'overdue') return
  const left = await asSystem(ctx, (all) => listOverdue(all, dayOf(ctx.now), { residentId, institutionId }))
  if (left.length === 0) await closeCase(ctx, thing)
}
