import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { hashToken } from '../../kernel/secret.ts'

const PERIOD_SECONDS = 30
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

const generator = (secret: string, label = '') =>
  new TOTP({ issuer: 'Tongmai 同脉', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS })

/** A new secret of 160 bits (RFC 4226), base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What an authenticator app scans. */
export const otpauthUri = (secret: string, username: string): string => generator(secret, username).toString()

/**
 * The time step (RFC 6238, 30 s) whose code this is: the present one or one beside it, and later than the last
 * one used, so that no code works twice. Undefined where there is none.
 */
export function stepOf(secret: string, code: string, { now, lastStep }: { now: Date; lastStep: number }) {
  const delta = generator(secret).validate({ token: code, timestamp: now.getTime(), window: 1 })
  if (delta === null) return undefined
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta
  return step > lastStep ? step : undefined
}

/** Ten codes for the day the telephone is lost, each good for one sign-in: `K3QF-7M2X-9ATB`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
    return `${group()}-${group()}-${group()}`
  })

/** How a recovery code is kept, however it was typed. */
export const recoveryDigest = (code: string): string =>
  hashToken(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
