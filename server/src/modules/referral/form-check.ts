import { timingSafeEqual } from 'node:crypto'
import { blindIndex } from '../../kernel/secret.ts'

/** What the QR code of a printed form says: number, arranged time, receiver; and our keyed hash over them. */
export interface FormClaim {
  readonly n: string
  readonly at: string
  readonly to: string
}

const HASH_LENGTH = 16

/** The keyed short hash of a claim: 96 bits, only this installation can make it. */
export const hashOf = ({ n, at, to }: FormClaim): string =>
  blindIndex('referral.form', [n, at, to].join('\n')).slice(0, HASH_LENGTH)

/** Whether this installation issued a form that says exactly this. */
export function isGenuine({ h, ...claim }: FormClaim & { h: string }): boolean {
  const given = Buffer.from(h)
  const right = Buffer.from(hashOf(claim))
  return given.length === right.length && timingSafeEqual(given, right)
}

/** The address behind the QR code. */
export const verifyUrl = (publicUrl: string, claim: FormClaim): string =>
  `${publicUrl}/me/form?${new URLSearchParams({ ...claim, h: hashOf(claim) })}`
