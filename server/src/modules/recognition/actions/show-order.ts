import type { Item } from '@tongmai/api/recognition/catalogue'
import type { Ctx } from '../../../kernel/ctx.ts'
import { lastOf } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import { orderResource } from '../fhir.ts'
import * as answers from '../store/answer.ts'
import * as store from '../store/decision.ts'
import * as items from '../store/item.ts'

/** Puts each test that was ordered into the resource store; an accepted result is no order. */
export async function showOrders(ctx: Ctx, decisions: readonly store.NewDecision[]): Promise<void> {
  const ordered = decisions.filter((one) => one.outcome !== 'recognised')
  if (ordered.length === 0) return
  const known = new Map((await items.listAll(ctx)).map((item) => [item.id, item]))
  const answered = await answers.listFor(
    ctx,
    ordered.map(({ id }) => id),
  )
  for (const one of ordered) {
    const item = known.get(one.itemId)
    if (item) await show(ctx, one, { item, answered: answered.has(one.id) })
  }
}

async function show(
  ctx: Ctx,
  one: store.NewDecision,
  { item, answered }: { item: Item; answered: boolean },
): Promise<void> {
  const { residentId, institutionId, resultType, resultId } = one
  const test = {
    ...{ id: one.id, orderId: one.orderId, residentId, at: new Date(one.at as Date) },
    ...{ practitionerId: one.practitionerId ?? null, note: one.note ?? null },
    ...{ reason: one.reason ?? null, reasonText: one.reasonText ?? null },
    answered,
    shown: resultType && resultId ? { type: resultType, id: resultId } : null,
  }
  await project(ctx, { resource: orderResource(test, item), residentId, institutionId })
}

/** Projects the orders anew, in id order after the given one; answers the last id, or null at the end. */
export async function rebuildOrders(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  await showOrders(ctx, rows)
  return lastOf(rows, limit)
}
