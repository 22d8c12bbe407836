import type { SubscriptionState } from '@tongmai/api/interop/subscription'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { ownBase } from '../../../kernel/resource/extract.ts'
import type { Resource, ResourceOwner, Stored } from '../../../kernel/resource/owner.ts'
import { project, unproject } from '../../../kernel/resource/project.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import { notifyUrlsOf } from '../../identity/index.ts'
import { tell } from '../events.ts'
import { type Fault, modelled, toSubscription, type Wish, wishIn } from '../fhir.ts'
import { isBelow } from '../receiver.ts'
import * as store from '../store/subscription.ts'
import { filterFaults } from './filter.ts'

const SUBSCRIPTIONS_MAX = 50

export const WATCH = 'interop.watch-subscriptions'
export const NOTIFY = 'interop.notify-subscriber'

/** Has a receiver called, after this transaction. */
export const callSoon = (ctx: Ctx, { institutionId, id }: store.SubscriptionRow): Promise<void> =>
  enqueue(ctx, NOTIFY, { institutionId, id }, { key: `${NOTIFY}:${id}` })

/** Shows a subscription as it stands, to its client and nobody else. */
export async function show(ctx: Ctx, row: store.SubscriptionRow): Promise<Stored> {
  const { institutionId, clientId } = row
  const resource = toSubscription(ownBase(), row)
  return project(ctx, { resource, institutionId, audience: [institutionId], reader: clientId })
}

const tellState = (ctx: Ctx, row: store.SubscriptionRow, state: SubscriptionState | 'removed') =>
  tell(ctx, 'interop.subscription-changed', {
    thing: `subscription:${row.id}`,
    audience: [row.institutionId],
    data: { clientId: row.clientId, state, problem: row.problem },
  })

/** The only writer of a subscription's state; shows and tells what is new of it. */
export async function move(
  ctx: Ctx,
  row: store.SubscriptionRow,
  next: store.SubscriptionChange,
): Promise<store.SubscriptionRow> {
  const now = await store.change(ctx, row, next)
  if (now.state === row.state && now.problem === row.problem) return now
  await show(ctx, now)
  await tellState(ctx, now, now.state)
  return now
}

/** What holds once a receiver is to be greeted. */
export const greeting = (ctx: Ctx) => ({
  ...{ state: 'requested' as const, tries: 0, failingSince: null, problem: null },
  ...{ nextTryAt: ctx.now, heldUntil: null },
})

const columnsOf = ({ filters, headers, isOff: _, ...wish }: Wish) => ({
  ...{ ...wish, filters: [...filters] },
  headersSealed: headers.length > 0 ? seal(JSON.stringify(headers)) : null,
})

export const headersOf = ({ headersSealed }: store.SubscriptionRow): readonly string[] =>
  headersSealed ? (JSON.parse(unseal(headersSealed)) as string[]) : []

/** What a client wants, or 422 with everything that cannot be so. */
async function requireWish(ctx: Ctx, resource: Resource): Promise<Wish> {
  const { wish, faults } = wishIn(resource)
  const all: Fault[] = [...faults]
  if (!isBelow(await notifyUrlsOf(ctx, ctx.actor.id), wish.endpoint))
    all.push({
      path: 'Subscription.channel.endpoint',
      problem: 'lies below none of the addresses registered for this client',
    })
  if (wish.endsAt && wish.endsAt <= ctx.now && !wish.isOff)
    all.push({ path: 'Subscription.end', problem: 'lies in the past' })
  if (all.length === 0) all.push(...(await filterFaults(ctx, wish)))
  if (all.length > 0) refuse('unprocessable', 'interop.bad-subscription', { fields: all })
  return wish
}

function requireClient(ctx: Ctx): void {
  if (ctx.actor.kind !== 'client') refuse('forbidden', 'interop.for-clients-only')
}

async function create(ctx: Ctx, resource: Resource): Promise<Stored> {
  requireClient(ctx)
  const wish = await requireWish(ctx, resource)
  const { id: clientId, scopes } = ctx.actor
  if ((await store.countOf(ctx, clientId)) >= SUBSCRIPTIONS_MAX)
    refuse('too-many', 'interop.too-many-subscriptions')
  const row = await store.add(ctx, {
    ...{ institutionId: ownInstitution(ctx.actor), id: ctx.id(), clientId, scopes: [...scopes] },
    ...{ ...columnsOf(wish), ...greeting(ctx), addedAt: ctx.now },
    ...(wish.isOff ? { state: 'off' as const } : {}),
  })
  await begin(ctx, row)
  await tellState(ctx, row, row.state)
  return show(ctx, row)
}

async function begin(ctx: Ctx, row: store.SubscriptionRow): Promise<void> {
  if (row.state === 'off') return
  await callSoon(ctx, row)
  await enqueue(ctx, WATCH, {}, { key: WATCH })
}

const same = (row: store.SubscriptionRow, { headers, isOff: _, ...wish }: Wish): boolean =>
  JSON.stringify(headersOf(row)) === JSON.stringify(headers) &&
  Object.entries(wish).every(
    ([name, value]) => JSON.stringify(row[name as keyof typeof row]) === JSON.stringify(value),
  )

/** Another wish is another agreement: the receiver is greeted anew. */
async function change(ctx: Ctx, ownId: string, resource: Resource, stored: Stored): Promise<Stored> {
  requireClient(ctx)
  const row = await locked(ctx, ownId)
  const wish = await requireWish(ctx, resource)
  const scopes = [...ctx.actor.scopes]
  if (wish.isOff) {
    const off = await move(ctx, row, {
      ...columnsOf(wish),
      scopes,
      state: 'off',
      problem: null,
      heldUntil: null,
    })
    return show(ctx, off)
  }
  if (row.state !== 'off' && resource.status !== 'requested' && same(row, wish)) return stored
  const next = await move(ctx, row, { ...columnsOf(wish), scopes, ...greeting(ctx) })
  await begin(ctx, next)
  return show(ctx, next)
}

const locked = async (ctx: Ctx, id: string): Promise<store.SubscriptionRow> =>
  (await store.lock(ctx, ownInstitution(ctx.actor), id)) ?? refuse('missing', 'interop.no-such-subscription')

async function remove(ctx: Ctx, ownId: string): Promise<void> {
  requireClient(ctx)
  const row = await locked(ctx, ownId)
  await store.remove(ctx, row)
  await unproject(ctx, 'Subscription', ownId)
  await tellState(ctx, row, 'removed')
}

/** Puts the headers back for the client that wrote them. */
async function present(ctx: Ctx, { content, institutionId, ownId }: Stored): Promise<string> {
  const row = institutionId ? await store.peek(ctx, institutionId, ownId) : undefined
  const header = row ? headersOf(row) : []
  if (header.length === 0) return content
  const resource = JSON.parse(content) as Resource
  return JSON.stringify({ ...resource, channel: { ...(resource.channel as object), header: [...header] } })
}

/** Subscriptions, made and changed by clients over FHIR; each is seen by its own client only. */
export const subscriptionOwner: ResourceOwner = {
  type: 'Subscription',
  owns: () => true,
  models: modelled,
  ...{ create, change, remove, present },
}
