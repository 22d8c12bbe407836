import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { isCommon } from './common-password.ts'
import { inTurn } from './turn.ts'

/** Argon2id as OWASP recommends it: 19 MiB, two passes, one lane (about 25 ms). */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The argon2id hash of a password, in PHC notation, with its own random salt. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, cost))

let decoy: Promise<string> | undefined

/** Whether the password is the one behind the hash. Without a hash it takes as long and is never right. */
export async function isPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(16).toString('hex'), cost)
  const against = passwordHash ?? (await decoy)
  const right = await inTurn(() => verify(against, password))
  return right && passwordHash !== undefined
}

/** Why a password is not taken: too short, too common, the user's own name. Undefined where it is good. */
export function weakness(password: string, name: string): 'short' | 'common' | 'name' | undefined {
  const plain = password.toLowerCase()
  if ([...password].length < 10) return 'short'
  if (isOnlyName(plain, name.toLowerCase())) return 'name'
  return isCommon(plain) ? 'common' : undefined
}

/** The name itself, or the name with nothing but digits and signs around it. */
const isOnlyName = (plain: string, name: string): boolean =>
  name.length > 0 && plain.includes(name) && !/\p{L}/u.test(plain.replaceAll(name, ''))

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A first password to be read out and typed once: 15 characters in groups, 74 bits, none that look alike. */
export function firstPassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return [group(), group(), group()].join('-')
}
