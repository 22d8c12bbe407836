import { system } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { type Change, lastSealed, matching, nameOf, writtenAfter } from '../../../kernel/resource/versions.ts'
import type { World } from '../../../kernel/world.ts'
import { clientActor } from '../../identity/index.ts'
import * as store from '../store/subscription.ts'
import { addEvents, findCursor, moveCursor } from '../store/subscription-event.ts'
import { topicOf } from '../topic.ts'
import { conditionFor, typesOf } from './filter.ts'
import { callSoon, WATCH } from './subscribe.ts'

const ROUNDS_MAX = 50
const CHUNK = 500
const AGAIN_MS = 1_000

/**
 * Looks through what has happened since the last time, numbers it for whom it concerns, and has receivers called.
 * While there are subscriptions it comes again every second; whatever ends it, the minute brings it back.
 */
export async function watch(world: World): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) if (!(await look(world))) break
  await world.asSystem(null, async (ctx) => {
    for (const row of await store.listDue(ctx)) await callSoon(ctx, row)
    const runAt = new Date(ctx.now.getTime() + AGAIN_MS)
    if (await store.isAny(ctx)) await enqueue(ctx, WATCH, {}, { runAt, key: WATCH })
  })
}

interface Concerned {
  readonly row: store.SubscriptionRow
  readonly changes: readonly Change[]
}

/** One stretch of the chain; false where there is no more, or somebody else is at it. */
async function look(world: World): Promise<boolean> {
  const { hearing, cursor, end } = await world.read(system(null), async (ctx) => ({
    hearing: await store.listHearing(ctx),
    cursor: await findCursor(ctx),
    end: await lastSealed(ctx),
  }))
  if (hearing.length === 0 || cursor === undefined) {
    if (cursor === end) return false
    await world.asSystem(null, (ctx) => moveCursor(ctx, cursor, firstOf(hearing, end)))
    return hearing.length > 0
  }
  const types = [...new Set(hearing.flatMap(typesOf))]
  const asked = { number: cursor, types }
  const { changes, until } = await world.read(system(null), (ctx) => writtenAfter(ctx, asked))
  if (until === cursor) return false
  const concerned: Concerned[] = []
  for (const row of hearing) concerned.push({ row, changes: await concerning(world, row, changes) })
  return world.asSystem(null, async (ctx) => {
    if (!(await moveCursor(ctx, cursor, until))) return false
    await note(ctx, concerned)
    return until < end
  })
}

/** Where looking begins: with the first that hears; at the end where nobody does. */
const firstOf = (hearing: readonly store.SubscriptionRow[], end: number): number =>
  hearing.length === 0 ? end : Math.min(...hearing.map(({ hearsAfter }) => hearsAfter))

async function note(ctx: Ctx, concerned: readonly Concerned[]): Promise<void> {
  for (const { row, changes } of concerned) {
    if (changes.length === 0) continue
    const now = await store.lock(ctx, row.institutionId, row.id)
    if (now && now.state !== 'off') await addEvents(ctx, now, changes)
  }
}

const resourceIn = (content: string | null): Resource | null =>
  content ? (JSON.parse(content) as Resource) : null

function isEvent(row: store.SubscriptionRow, change: Change): boolean {
  if (change.number <= row.hearsAfter) return false
  if (row.topic === 'resource-changed') return true
  return topicOf(row.topic).isEvent(resourceIn(change.content), resourceIn(change.before))
}

/** What of it a subscription is about, as its client may see and its filters say; a disabled client hears nothing. */
async function concerning(
  world: World,
  row: store.SubscriptionRow,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const types = typesOf(row)
  const events = changes.filter((one) => types.includes(one.type) && isEvent(row, one))
  if (events.length === 0) return []
  const actor = await world.read(system(null), (ctx) => clientActor(ctx, row.clientId, row.scopes))
  if (!actor) return []
  const found = await world.read(actor, async (ctx) => {
    const names = new Set<string>()
    for (const [type, all] of Map.groupBy(events, (one) => one.type)) {
      const condition = await conditionFor(ctx, row, type)
      for (let at = 0; at < all.length; at += CHUNK) {
        const asked = { type, condition, changes: all.slice(at, at + CHUNK) }
        for (const name of await matching(ctx, asked)) names.add(`${type}/${name}`)
      }
    }
    return names
  })
  return events.filter((one) => found.has(`${one.type}/${nameOf(one)}`))
}
