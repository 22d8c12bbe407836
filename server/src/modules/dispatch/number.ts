import { dayOf } from '../../kernel/day.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number people say on the radio: `ZY1122-7K3M9`: month and day (Asia/Shanghai), and 25 random bits of its id. */
export function missionNumber(id: string, calledAt: Date): string {
  let bits = Number.parseInt(id.replaceAll('-', '').slice(-7), 16)
  let tail = ''
  for (let i = 0; i < 5; i++) {
    tail = digits[bits & 31] + tail
    bits >>= 5
  }
  return `ZY${dayOf(calledAt).slice(5).replace('-', '')}-${tail}`
}
