import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { tell } from '../events.ts'
import { effectOf, namedOrders } from '../named-order.ts'
import * as answers from '../store/answer.ts'
import * as store from '../store/decision.ts'
import * as items from '../store/item.ts'
import { keysOf, keysOfItem } from './read-result.ts'
import { showOrders } from './show-order.ts'

/** The resident and all who are the same person. */
async function samePerson(ctx: Ctx, residentId: string): Promise<readonly string[]> {
  return [residentId, ...(await listSame(ctx, [residentId])).map(({ otherId }) => otherId)]
}

/** Of the tests of an order only those of the item that the result speaks of. */
async function ofItem(ctx: Ctx, tests: readonly store.Ordered[], keys: readonly string[]) {
  const meant = new Set(
    (await items.listAll(ctx))
      .filter((item) => keysOfItem(item).some((key) => keys.includes(key)))
      .map(({ id }) => id),
  )
  return tests.filter(({ itemId }) => meant.has(itemId))
}

async function testsNamed(ctx: Ctx, residentId: string, resource: Resource): Promise<store.Ordered[]> {
  const { tests, orders } = namedOrders(resource)
  const ordered = await store.listOrdered(ctx, await samePerson(ctx, residentId), { tests, orders })
  const direct = ordered.filter(({ id }) => tests.includes(id))
  const byNumber = ordered.filter(({ id, orderId }) => orders.includes(orderId) && !tests.includes(id))
  return [...direct, ...(byNumber.length > 0 ? await ofItem(ctx, byNumber, keysOf(resource.code)) : [])]
}

/**
 * Closes the tests of this person that a final result names, and opens them again where that result turns out to be none.
 * Whoever reports need not see who ordered: it is done as the system.
 */
export async function noteAnswer(ctx: Ctx, stored: Stored, resource: Resource): Promise<void> {
  const { residentId } = stored
  const effect = effectOf(resource)
  if (effect === 'none' || residentId === null) return
  await asSystem(ctx, async (all) => {
    for (const test of await testsNamed(all, residentId, resource)) {
      const answer = {
        id: test.id,
        residentId: test.residentId,
        resultType: stored.type,
        resultId: stored.id,
      }
      const { institutionId } = stored
      const isNew =
        effect === 'answers'
          ? await answers.add(all, { ...answer, institutionId })
          : await answers.remove(all, answer)
      if (!isNew) continue
      await showOrders(all, [test])
      await tell(all, 'recognition.answered', {
        thing: `test-order:${test.orderId}`,
        residentId: test.residentId,
        audience: [...new Set([test.institutionId, ...(institutionId ? [institutionId] : [])])],
        data: {
          ...{ id: test.id, orderId: test.orderId, itemId: test.itemId, institutionId: test.institutionId },
          ...{ practitionerId: test.practitionerId, result: `${stored.type}/${stored.id}` },
          answered: effect === 'answers',
        },
      })
    }
  })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The test of this person that a laboratory's order number means: the test's own id, or the order's number with the item
 * that these codes mean. Undefined where the number is nobody's here.
 */
export async function findOrdered(
  ctx: Ctx,
  { residentId, number, code }: { residentId: string; number: string; code: Resource['code'] },
): Promise<string | undefined> {
  if (!uuid.test(number)) return undefined
  return asSystem(ctx, async (all) => {
    const named = { tests: [number], orders: [number] }
    const found = await store.listOrdered(all, await samePerson(all, residentId), named)
    const direct = found.find(({ id }) => id === number)
    return (direct ?? (await ofItem(all, found, keysOf(code)))[0])?.id
  })
}
