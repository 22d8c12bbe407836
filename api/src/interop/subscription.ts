import * as z from 'zod/mini'
import { type Api, byId, type Flow, id, moment, page, paging, text } from '../kernel.ts'

/** Asked for and not yet greeted, in force, in error (tried again at long intervals), switched off. */
export const subscriptionState = z.enum(['requested', 'active', 'error', 'off'])
export type SubscriptionState = z.output<typeof subscriptionState>

/** What the IT department may do; greeting, failing and recovering happen by themselves. */
export const subscriptionFlow: Flow<SubscriptionState> = {
  requested: { switchOff: 'off' },
  active: { switchOff: 'off', restart: 'requested' },
  error: { switchOff: 'off', restart: 'requested' },
  off: { restart: 'requested' },
}

export const subscriptionTopic = z.enum(['resource-changed', 'referral-changed', 'result-arrived'])
export type SubscriptionTopic = z.output<typeof subscriptionTopic>

export const subscriptionContent = z.enum(['empty', 'id-only', 'full-resource'])

export const subscriptionLine = z.object({
  id,
  clientId: z.string(),
  topic: subscriptionTopic,
  /** `Observation?category=laboratory`: one type each, together by “or”. */
  filters: z.array(z.string()),
  content: subscriptionContent,
  endpoint: z.string(),
  state: subscriptionState,
  /** Events since it began, and how many of them have not arrived yet. */
  events: z.number(),
  waiting: z.number(),
  eventAt: z.nullable(moment),
  arrivedAt: z.nullable(moment),
  /** Failures in a row, why the last one failed, when it is tried again. */
  tries: z.number(),
  problem: z.nullable(z.string()),
  nextTryAt: z.nullable(moment),
  addedAt: moment,
})
export type SubscriptionLine = z.output<typeof subscriptionLine>

/** One attempt to reach the receiver. */
export const subscriptionDelivery = z.object({
  id,
  at: moment,
  kind: z.enum(['handshake', 'heartbeat', 'event-notification']),
  /** The numbers of the events it carried. */
  firstNumber: z.nullable(z.number()),
  lastNumber: z.nullable(z.number()),
  /** What the receiver answered; null where it did not. */
  status: z.nullable(z.number()),
  problem: z.nullable(z.string()),
  tookMs: z.number(),
})
export type SubscriptionDelivery = z.output<typeof subscriptionDelivery>

export const wholeSubscription = z.extend(subscriptionLine, {
  reason: z.string(),
  heartbeatSeconds: z.nullable(z.number()),
  timeoutSeconds: z.number(),
  maxCount: z.number(),
  endsAt: z.nullable(moment),
  /** The names of the headers that go with each notification; their values are sealed. */
  headers: z.array(z.string()),
  /** The last fifty attempts, the latest first. */
  deliveries: z.array(subscriptionDelivery),
})
export type WholeSubscription = z.output<typeof wholeSubscription>

/** What the IT department sees and does of subscriptions; clients make them at /fhir/R4/Subscription. */
export const subscriptionApi = {
  listSubscriptions: {
    method: 'GET',
    path: '/subscriptions',
    summary: 'The subscriptions of the clients of one’s institution, those in error first.',
    may: 'it.operate',
    for: ['staff'],
    query: z.object({
      ...paging,
      state: z.optional(subscriptionState),
      topic: z.optional(subscriptionTopic),
      clientId: z.optional(text(100)),
    }),
    returns: page(subscriptionLine),
  },
  readSubscription: {
    method: 'GET',
    path: '/subscriptions/:id',
    summary: 'One subscription with its last deliveries.',
    may: 'it.operate',
    for: ['staff'],
    params: byId,
    returns: wholeSubscription,
  },
  switchOffSubscription: {
    method: 'POST',
    path: '/subscriptions/:id/switch-off',
    summary: 'Ends the sending of a subscription until somebody restarts it; its client reads why.',
    may: 'it.operate',
    for: ['staff'],
    params: byId,
    body: z.object({ note: text(200) }),
    returns: subscriptionLine,
  },
  restartSubscription: {
    method: 'POST',
    path: '/subscriptions/:id/restart',
    summary: 'Greets the receiver anew; once it answers, what has waited is sent.',
    may: 'it.operate',
    for: ['staff'],
    params: byId,
    body: z.object({}),
    returns: subscriptionLine,
  },
} as const satisfies Api
