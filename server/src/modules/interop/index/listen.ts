import { system } from '../../../kernel/actor.ts'
import type { World } from '../../../kernel/world.ts'
import { clientActor } from '../../identity/index.ts'
import { listenMllp, type MllpListener, type MllpOptions } from '../gateway/mllp-listener.ts'
import { answerText } from '../hl7-answer.ts'
import { headingOf } from '../hl7-message.ts'
import { encoded } from '../hl7-text.ts'
import { findSender } from '../store/partner.ts'
import { readMessage, receive } from './receive.ts'

/** Opens the MLLP port: each message is taken for the client to which its sending facility is registered. */
export function listenHl7(world: World, options: MllpOptions): Promise<MllpListener> {
  return listenMllp(options, (bytes) => taken(world, bytes), world.log)
}

async function taken(world: World, bytes: Buffer): Promise<Buffer> {
  const { message, charset, unreadable } = readMessage(bytes, null)
  const heading = message ? headingOf(message) : undefined
  const found = await world.read(system(null), async (ctx) => {
    const partner = heading && (await findSender(ctx, heading))
    const actor = partner && (await clientActor(ctx, partner.clientId))
    return partner && actor?.institutionId === partner.institutionId ? { partner, actor } : undefined
  })
  if (found) {
    const { partner, actor } = found
    const arrival = { actor, bytes, road: 'mllp' as const, partnerId: partner.id, charset: partner.charset }
    return (await receive(world, arrival)).bytes
  }
  // Whom it is for nobody knows: it belongs to no institution's list and is only answered.
  const code = unreadable ?? 'interop.unknown-sender'
  world.log.warn({ code, facility: heading?.facility }, 'MLLP: refused')
  const problem = { code, place: unreadable ? '' : 'MSH-4', text: code }
  const own = { now: world.now(), id: bytes.length.toString(), charset }
  return encoded(answerText(message, { acknowledgement: 'AR', problem }, own), charset)
}
