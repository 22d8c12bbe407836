import type { Ctx } from '../../../kernel/ctx.ts'
import { at, type Message } from '../hl7-message.ts'
import { Wrong } from '../hl7-value.ts'
import { visitStatus } from '../hl7-visit.ts'
import { admit, merge, type Outcome, separate } from './admission.ts'
import { takeResults } from './result.ts'

/** Does what a message says, in the caller's transaction; throws Wrong or Refusal where it cannot be done. */
export async function perform(ctx: Ctx, message: Message): Promise<Outcome> {
  const type = at(message.header, 9, 1)
  const trigger = at(message.header, 9, 2)
  if (type === 'ADT') {
    if (trigger === 'A40') return merge(ctx, message)
    if (trigger === 'A37') return separate(ctx, message)
    const isKnown = Object.hasOwn(visitStatus, trigger) || trigger === 'A28' || trigger === 'A31'
    if (isKnown) return admit(ctx, message, trigger)
  }
  if (type === 'ORU' && trigger === 'R01') return takeResults(ctx, message)
  throw new Wrong('interop.message-not-supported', 'MSH-9', `${type}^${trigger}`)
}
