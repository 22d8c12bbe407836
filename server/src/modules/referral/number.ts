import { dayOf } from '../../kernel/day.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** One check character over the rest, so that a number misheard on the telephone is noticed. */
function checkOf(text: string): string {
  let sum = 0
  for (const [i, char] of [...text].entries()) sum = (sum + (i + 2) * digits.indexOf(char)) % 31
  return digits[sum] as string
}

/**
 * The number people say: `ZZ20261122-7K3M9QXC`: the day it was written (Asia/Shanghai), 35 bits of the random
 * part of its UUIDv7 in Crockford's base 32, and a check character.
 */
export function referralNumber(id: string, writtenAt: Date): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-12)}`) & 0x7_ffff_ffffn
  let tail = ''
  for (let i = 0; i < 7; i++) {
    tail = digits[Number(bits & 31n)] + tail
    bits >>= 5n
  }
  const day = dayOf(writtenAt).replaceAll('-', '')
  return `ZZ${day}-${tail}${checkOf(day + tail)}`
}

/** As people type it (small letters, O for 0, blanks), as we keep it. */
export const tidyNumber = (typed: string): string =>
  typed.toUpperCase().replace(/\s/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

/** Whether the check character fits. */
export function isNumber(text: string): boolean {
  const [, day = '', tail = '', check] = /^ZZ(\d{8})-([0-9A-Z]{7})([0-9A-Z])$/.exec(text) ?? []
  return check !== undefined && checkOf(day + tail) === check
}
