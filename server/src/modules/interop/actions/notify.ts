import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { exactly } from '../../../kernel/resource/exact.ts'
import { ownBase } from '../../../kernel/resource/extract.ts'
import type { Stored } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { lastSealed, nameOf, readVersions } from '../../../kernel/resource/versions.ts'
import type { World } from '../../../kernel/world.ts'
import { clientActor, notifyUrlsOf, scopeAllows } from '../../identity/index.ts'
import { type Called, callHook } from '../gateway/rest-hook.ts'
import { type About, type Happened, notificationOf } from '../notification.ts'
import { ERROR_MS_MAX, isBelow, pauseMsAfter, TRIES_UNTIL_ERROR } from '../receiver.ts'
import * as store from '../store/subscription.ts'
import { listEvents, type SubscriptionEvent } from '../store/subscription-event.ts'
import { callSoon, headersOf, move } from './subscribe.ts'

type Row = store.SubscriptionRow
type SentKind = store.Delivery['kind']

/** A subscription as notifications speak of it. */
export const aboutOf = (row: Row, fhirId: string): About => ({
  fhirId,
  topic: row.topic,
  state: row.state,
  problem: row.problem,
  events: row.events,
  content: row.content,
})

/**
 * The events with what they are about, as far as the actor may see that now: whoever may no longer read it is told the
 * number and nothing else.
 */
export async function happenedIn(
  ctx: Ctx,
  events: readonly SubscriptionEvent[],
  content: Row['content'],
): Promise<readonly Happened[]> {
  const seen = new Map<string, Stored>()
  const readable = events.filter(({ type }) => scopeAllows(ctx.actor.scopes, type, 'r'))
  for (const [type, own] of Map.groupBy(content === 'empty' ? [] : readable, (one) => one.type)) {
    const wanted = own.map(({ resourceId: id, version }) => ({ id, version }))
    for (const [name, stored] of await readVersions(ctx, type, wanted)) seen.set(`${type}/${name}`, stored)
  }
  const focusOf = ({ type, resourceId: id, version }: SubscriptionEvent) =>
    seen.get(`${type}/${nameOf({ id, version })}`)
  return events.map((event) => ({ number: event.number, at: event.at, focus: focusOf(event) }))
}

function kindOf({ state, hearsAfter, events, arrived }: Row): SentKind {
  if (state === 'requested' || hearsAfter === 0) return 'handshake'
  return events > arrived ? 'event-notification' : 'heartbeat'
}

/** Calls a receiver with what is due: one greeting, one lot of events or one sign of life. */
export async function notify(
  world: World,
  { institutionId, id }: { institutionId: string; id: string },
): Promise<void> {
  const held = await world.asSystem(institutionId, async (ctx) => {
    const row = await store.hold(ctx, institutionId, id)
    if (!row) return undefined
    const stored = await findStored(ctx, 'Subscription', id)
    const actor = await clientActor(ctx, row.clientId, row.scopes)
    return { row, actor, fhirId: stored?.id ?? id, bases: await notifyUrlsOf(ctx, row.clientId) }
  })
  if (!held) return
  const { row, actor, fhirId, bases } = held
  const kind = kindOf(row)
  const sent = actor
    ? await send(world, { row, actor, fhirId, kind, isAllowed: isBelow(bases, row.endpoint) })
    : { called: unable('interop.client-disabled'), numbers: [] }
  await world.asSystem(institutionId, (ctx) => settle(ctx, row, { kind, ...sent }))
}

const unable = (problem: string): Called => ({ status: null, problem, tookMs: 0 })

interface Sending {
  readonly row: Row
  readonly actor: Actor
  readonly fhirId: string
  readonly kind: SentKind
  readonly isAllowed: boolean
}

interface Sent {
  readonly called: Called
  readonly numbers: readonly number[]
}

async function send(world: World, { row, actor, fhirId, kind, isAllowed }: Sending): Promise<Sent> {
  if (!isAllowed) return { called: unable('interop.receiver-not-registered'), numbers: [] }
  const { id, happened } = await world.read(actor, async (ctx) => {
    const range = { from: row.arrived + 1, to: row.events, limit: row.maxCount }
    const events = kind === 'event-notification' ? await listEvents(ctx, row, range) : []
    return { id: ctx.id(), happened: await happenedIn(ctx, events, row.content) }
  })
  const bundle = notificationOf(ownBase(), aboutOf(row, fhirId), { id, kind, happened })
  const called = await callHook(row.endpoint, {
    body: JSON.stringify(bundle, exactly),
    headers: headersOf(row),
    timeoutMs: row.timeoutSeconds * 1_000,
  })
  return { called, numbers: happened.map(({ number }) => number) }
}

/** Writes down what came of it. Whoever was changed while it was called is left as it was changed. */
async function settle(
  ctx: Ctx,
  held: Row,
  { kind, called, numbers }: Sent & { kind: SentKind },
): Promise<void> {
  const row = await store.lock(ctx, held.institutionId, held.id)
  if (!row) return
  const { status, problem, tookMs } = called
  const lastNumber = numbers.at(-1) ?? null
  await store.addDelivery(ctx, {
    ...{ institutionId: row.institutionId, id: ctx.id(), subscriptionId: row.id, at: ctx.now, kind },
    ...{ firstNumber: numbers[0] ?? null, lastNumber, status, problem, tookMs },
  })
  const isOurs = row.heldUntil?.getTime() === held.heldUntil?.getTime()
  if (!isOurs) return
  if (problem !== null) {
    await move(ctx, row, afterFailure(ctx, row, problem))
    return
  }
  const now = await move(ctx, row, {
    ...{ state: 'active', tries: 0, failingSince: null, problem: null, heldUntil: null },
    ...{ nextTryAt: ctx.now, arrivedAt: ctx.now, arrived: Math.max(row.arrived, lastNumber ?? 0) },
    hearsAfter: row.hearsAfter || (await lastSealed(ctx)),
  })
  if (now.events > now.arrived) await callSoon(ctx, now)
}

/** Tried again at growing intervals; in error after some failures, switched off after three days of them. */
function afterFailure(ctx: Ctx, row: Row, problem: string): store.SubscriptionChange {
  const tries = row.tries + 1
  const failingSince = row.failingSince ?? ctx.now
  const isLong = ctx.now.getTime() - failingSince.getTime() >= ERROR_MS_MAX
  const state = isLong ? 'off' : tries >= TRIES_UNTIL_ERROR ? 'error' : row.state
  const nextTryAt = new Date(ctx.now.getTime() + pauseMsAfter(tries))
  return { state, tries, failingSince, problem, nextTryAt, heldUntil: null }
}
