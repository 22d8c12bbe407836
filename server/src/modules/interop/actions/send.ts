import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import type { World } from '../../../kernel/world.ts'
import { clientActor } from '../../identity/index.ts'
import { hostAndPort } from '../address.ts'
import { postHl7 } from '../gateway/hl7-post.ts'
import { type Answered, callMllp } from '../gateway/mllp-call.ts'
import { type Verdict, verdictOn } from '../hl7-verdict.ts'
import { pauseMsAfter } from '../receiver.ts'
import type { DestinationRow } from '../store/destination.ts'
import * as destinations from '../store/destination.ts'
import * as messages from '../store/message.ts'
import * as partners from '../store/partner.ts'
import { heed } from './heed.ts'
import { sendSoon } from './tell-partner.ts'

/** After so many others get their turn. */
const AT_ONCE = 20

export interface Whom {
  readonly institutionId: string
  readonly partnerId: string
}

/**
 * Sends what waits for a partner, one after the other in the order in which it was queued: the next leaves only when the
 * one before was answered. Whatever ends this, the message waits on under its number, and what was sent and not seen
 * to be answered is sent again under the same.
 */
export async function sendMessages(world: World, whom: Whom): Promise<void> {
  for (let n = 0; n < AT_ONCE; n++) if (!(await sendNext(world, whom))) return
  await world.asSystem(whom.institutionId, (ctx) => sendSoon(ctx, whom.institutionId, whom.partnerId))
}

/** To all to whom there is something to send; whatever was lost on the way, the minute brings it back. */
export const sendAll = (world: World): Promise<void> =>
  world.asSystem(null, async (ctx) => {
    for (const { institutionId, partnerId } of await destinations.listDue(ctx))
      await sendSoon(ctx, institutionId, partnerId)
  })

interface Held {
  readonly destination: DestinationRow
  readonly message: messages.MessageRow
  readonly actor: Actor | null
}

/** One message; false where there is none, or it did not arrive. */
async function sendNext(world: World, { institutionId, partnerId }: Whom): Promise<boolean> {
  const held = await world.asSystem(institutionId, async (ctx): Promise<Held | undefined> => {
    const destination = await destinations.hold(ctx, institutionId, partnerId)
    const message = destination && (await destinations.findNext(ctx, institutionId, partnerId))
    const partner = message && (await partners.peek(ctx, institutionId, partnerId))
    return partner && { destination, message, actor: await clientActor(ctx, partner.clientId) }
  })
  if (!held) return false
  const verdict = await exchange(world, held)
  return world.asSystem(institutionId, (ctx) => settle(ctx, held, verdict))
}

interface Outcome {
  readonly verdict: Verdict
  readonly answer: Buffer | null
}

/** Sends it and hears the answer out; what the answer itself asks for is done before it counts. */
async function exchange(world: World, { destination, message, actor }: Held): Promise<Outcome> {
  if (!actor) return unheard('interop.client-disabled')
  const { residentId, id, tries } = message
  if (residentId && tries === 0)
    await world.read(actor, async (ctx) =>
      ctx.opened({ residentId, basis: 'referral', thing: `message:${id}`, purpose: 'send' }),
    )
  const bytes = Buffer.from(unseal(message.rawSealed), 'base64')
  const answered = await call(destination, bytes)
  if (!answered.bytes) return unheard(answered.problem ?? 'interop.unreadable-answer')
  const verdict = verdictOn(answered.bytes, message)
  if (verdict.kind === 'taken')
    await heed(world, { actor, message, destination, answer: verdict.message, bytes: answered.bytes })
  return { verdict, answer: answered.bytes }
}

const unheard = (problem: string): Outcome => ({ verdict: { kind: 'nothing', problem }, answer: null })

function call(destination: DestinationRow, bytes: Buffer): Promise<Answered> {
  const { road, address, secured, authority, authorizationSealed, charset } = destination
  const timeoutMs = destination.timeoutSeconds * 1_000
  if (road === 'http') {
    const authorization = authorizationSealed === null ? null : unseal(authorizationSealed)
    return postHl7({ url: address, authorization, charset }, bytes, timeoutMs)
  }
  const where = hostAndPort(address)
  if (!where) return Promise.resolve({ bytes: null, problem: 'interop.receiver-away' })
  return callMllp({ ...where, tls: secured ? { authority } : null }, bytes, timeoutMs)
}

/** Writes down what came of it; a message that somebody set aside meanwhile stays aside. */
async function settle(ctx: Ctx, held: Held, { verdict, answer }: Outcome): Promise<boolean> {
  const { institutionId, partnerId } = held.destination
  const now = await destinations.lock(ctx, institutionId, partnerId)
  const message = await messages.lock(ctx, institutionId, held.message.id)
  const answerSealed = answer ? seal(answer.toString('base64')) : message.answerSealed
  const tried = { tries: message.tries + 1, answerSealed }
  if (message.state === 'waiting')
    await messages.change(ctx, message, { ...tried, ...changeBy(ctx, verdict) })
  if (verdict.kind === 'taken') await messages.endMended(ctx, message)
  if (!now || now.heldUntil?.getTime() !== held.destination.heldUntil?.getTime()) return false
  if (verdict.kind === 'nothing') {
    const tries = now.tries + 1
    const nextTryAt = new Date(ctx.now.getTime() + pauseMsAfter(tries))
    const failingSince = now.failingSince ?? ctx.now
    await destinations.change(ctx, now, {
      tries,
      failingSince,
      problem: verdict.problem,
      nextTryAt,
      heldUntil: null,
    })
    await sendSoon(ctx, institutionId, partnerId, nextTryAt)
    return false
  }
  await destinations.change(ctx, now, {
    ...{
      tries: 0,
      failingSince: null,
      problem: null,
      nextTryAt: ctx.now,
      arrivedAt: ctx.now,
      heldUntil: null,
    },
  })
  return true
}

const changeBy = (ctx: Ctx, verdict: Verdict): Partial<messages.MessageRow> => {
  if (verdict.kind === 'nothing') return {}
  if (verdict.kind === 'refused') {
    const { code, place, text } = verdict.problem
    return { state: 'failed', problemCode: code, problemPlace: place, problemText: text }
  }
  return { state: 'done', doneAt: ctx.now, problemCode: null, problemPlace: null, problemText: null }
}
