import {
  type SubscriptionLine,
  type subscriptionApi,
  subscriptionFlow,
} from '@tongmai/api/interop/subscription'
import { step } from '@tongmai/api/kernel'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import * as store from '../store/subscription.ts'
import { callSoon, greeting, headersOf, move, WATCH } from './subscribe.ts'

/** A subscription as a line of the list. */
export function lineOf(row: store.SubscriptionRow): SubscriptionLine {
  const { id, clientId, topic, filters, content, endpoint, state, events, eventAt, arrivedAt } = row
  const { tries, problem, addedAt } = row
  return {
    ...{ id, clientId, topic, filters, content, endpoint, state, events, eventAt, arrivedAt },
    ...{ tries, problem, addedAt, waiting: events - row.arrived },
    nextTryAt: tries > 0 && state !== 'off' ? row.nextTryAt : null,
  }
}

/** The institution's subscription under its lock, where the flow lets it be moved so. */
async function movable(ctx: Ctx, id: string, name: 'switchOff' | 'restart'): Promise<store.SubscriptionRow> {
  const institutionId = ownInstitution(ctx.actor)
  const row = await store.lock(ctx, institutionId, id)
  if (!row) return refuse('missing', 'interop.no-such-subscription')
  if (!step(subscriptionFlow, row.state, name))
    refuse('conflict', `interop.cannot-${name === 'restart' ? 'restart' : 'switch-off'}-when-${row.state}`)
  return row
}

const names = (headers: readonly string[]): string[] => headers.map((one) => one.slice(0, one.indexOf(':')))

export const subscriptionActions: Actions<typeof subscriptionApi> = {
  listSubscriptions: async (ctx, { query }) => {
    const { items, total } = await store.list(ctx, ownInstitution(ctx.actor), query)
    return { items: items.map(lineOf), total }
  },

  readSubscription: async (ctx, { params }) => {
    const row = await store.find(ctx, ownInstitution(ctx.actor), params.id)
    const { reason, heartbeatSeconds, timeoutSeconds, maxCount, endsAt } = row
    return {
      ...{ ...lineOf(row), reason, heartbeatSeconds, timeoutSeconds, maxCount, endsAt },
      headers: names(headersOf(row)),
      deliveries: await store.listDeliveries(ctx, row.institutionId, row.id),
    }
  },

  switchOffSubscription: async (ctx, { params, body }) => {
    const row = await movable(ctx, params.id, 'switchOff')
    return lineOf(await move(ctx, row, { state: 'off', problem: body.note, heldUntil: null }))
  },

  restartSubscription: async (ctx, { params }) => {
    const row = await movable(ctx, params.id, 'restart')
    const next = await move(ctx, row, greeting(ctx))
    await callSoon(ctx, next)
    await enqueue(ctx, WATCH, {}, { key: WATCH })
    return lineOf(next)
  },
}
