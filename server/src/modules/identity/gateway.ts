import { refuse } from '../../kernel/refusal.ts'
import type { World } from '../../kernel/world.ts'

/** What a code is for: a new account, a new password, a signature. */
export type SmsPurpose = 'register' | 'reset' | 'sign'

/** A way to send short messages. It resolves once the operator has taken the message, and throws otherwise. */
export interface SmsGateway {
  readonly send: (message: { phone: string; code: string; purpose: SmsPurpose }) => Promise<void>
}

const KEYS_BYTES_MAX = 100_000

/**
 * The public keys of a client at the address it is registered with, as JSON text; undefined where they are not to be
 * had within five seconds. No redirect is followed: only the registered address is asked.
 */
export async function keysAt(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
    const text = answer.ok ? await textOf(answer.body) : ''
    return text === '' ? undefined : text
  } catch {
    return undefined
  }
}

/** The whole text; none where it is longer than keys are, of which no more is read. */
async function textOf(body: Response['body']): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body ?? []) {
    size += part.length
    if (size > KEYS_BYTES_MAX) return ''
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

let bound: SmsGateway | undefined

/** Binds the installation's own gateway; main.ts does, where one is configured. */
export function bindSmsGateway(gateway: SmsGateway): void {
  bound = gateway
}

/** Whether a code would reach anybody: by a gateway, or in a demonstration by the log. */
export const canSendCodes = (world: World): boolean => bound !== undefined || world.demo

/** The installation's gateway. Without one a demonstration writes codes to the log, and anything else refuses. */
export function smsGateway(world: World): SmsGateway {
  if (bound) return bound
  if (!world.demo) refuse('unavailable', 'identity.no-sms-gateway')
  return {
    send: async ({ phone, code, purpose }) => {
      const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`
      world.log.info({ phone: masked, code, purpose }, 'demonstration: this code would be sent by SMS')
    },
  }
}
