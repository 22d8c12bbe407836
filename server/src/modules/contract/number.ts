import { dayOf } from '../../kernel/day.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const numberOf =
  (prefix: string) =>
  (id: string, writtenAt: Date): string => {
    let bits = BigInt(`0x${id.replaceAll('-', '').slice(-12)}`) & 0x1fff_ffff_ffffn
    let tail = ''
    for (let i = 0; i < 9; i++) {
      tail = digits[Number(bits & 31n)] + tail
      bits >>= 5n
    }
    return `${prefix}${dayOf(writtenAt).replaceAll('-', '')}-${tail}`
  }

/**
 * The number people say: `QY20261122-7K3M9QX2A`: the day it was written (Asia/Shanghai) and 45 bits of the random part
 * of its UUIDv7 in Crockford's base 32.
 */
export const contractNumber = numberOf('QY')

/** The number of a bed at home, made alike: `JC20261122-7K3M9QX2A`. */
export const bedNumber = numberOf('JC')
