import { type Actor, system } from '../../../kernel/actor.ts'
import type { World } from '../../../kernel/world.ts'
import { findReferral } from '../../referral/index.ts'
import type { Message } from '../hl7-message.ts'
import { answerIn, keptUnder } from '../hl7-referral.ts'
import { receive } from '../index/receive.ts'
import type { DestinationRow } from '../store/destination.ts'
import * as known from '../store/known-referral.ts'
import type { MessageRow } from '../store/message.ts'

export interface Heeded {
  readonly actor: Actor
  readonly message: MessageRow
  readonly destination: DestinationRow
  /** What came back, read and as it came. */
  readonly answer: Message
  readonly bytes: Buffer
}

/**
 * Takes from an answer what is more than an acknowledgement: under which number the other side keeps the referral, and
 * whether its receiver accepts or rejects it at once, which is then a message that came in like any other.
 */
export async function heed(
  world: World,
  { actor, message, destination, answer, bytes }: Heeded,
): Promise<void> {
  const { institutionId, partnerId, road, charset } = destination
  const referralId = message.made[0]?.split('/')[1]
  if (!referralId) return
  const own = keptUnder(answer)
  if (own) await world.asSystem(institutionId, (ctx) => known.put(ctx, { institutionId, referralId }, own))
  if (message.kind !== 'REF^I12' || !answerIn(answer)) return
  const { toInstitutionId } = await world.read(system(institutionId), (ctx) => findReferral(ctx, referralId))
  if (toInstitutionId === institutionId) await receive(world, { actor, bytes, road, partnerId, charset })
}
