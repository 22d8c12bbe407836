import type { Ctx } from '../../../kernel/ctx.ts'
import { at, type Message } from '../hl7-message.ts'
import { Wrong } from '../hl7-value.ts'
import { visitStatus } from '../hl7-visit.ts'
import { admit, merge, type Outcome, separate } from './admission.ts'
import { cancelReferral, takeAnswer, takeReferral } from './referring.ts'
import { takeResults } from './result.ts'

type Doing = (ctx: Ctx, message: Message) => Promise<Outcome>

/** What is done for a message by its type and trigger; admissions have many triggers of their own. */
const doings: Readonly<Record<string, Doing>> = {
  'ADT^A40': merge,
  'ADT^A37': separate,
  'ORU^R01': takeResults,
  'REF^I12': takeReferral,
  'REF^I14': cancelReferral,
  'RRI^I12': takeAnswer,
}

/** Does what a message says, in the caller's transaction; throws Wrong or Refusal where it cannot be done. */
export async function perform(ctx: Ctx, message: Message): Promise<Outcome> {
  const version = at(message.header, 12, 1)
  if (version && !/^2(\.\d){0,2}$/.test(version))
    throw new Wrong('interop.version-not-supported', 'MSH-12', version)
  const type = at(message.header, 9, 1)
  const trigger = at(message.header, 9, 2)
  const name = `${type}^${trigger}`
  const doing = Object.hasOwn(doings, name) ? doings[name] : undefined
  if (doing) return doing(ctx, message)
  const isAdmission = Object.hasOwn(visitStatus, trigger) || trigger === 'A28' || trigger === 'A31'
  if (type === 'ADT' && isAdmission) return admit(ctx, message, trigger)
  throw new Wrong('interop.message-not-supported', 'MSH-9', name)
}
