const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The check digit of GB 11643 for the first 17 digits. */
export const checkDigit = (first17: string): string =>
  checks[weights.reduce((sum, weight, i) => sum + weight * Number(first17[i]), 0) % 11] ?? ''

/** What a Chinese identity number says of its holder, or the reason why it is none. */
export type ChineseId =
  | { ok: true; number: string; given: string; birthDate: string; sex: 'male' | 'female'; division: string }
  | { ok: false; problem: 'shape' | 'date' | 'check' }

/** As people type it: full-width digits, blanks, a small x. */
export const tidyNumber = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\-·]/gu, '')
    .toUpperCase()

const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/**
 * Reads an identity number of 18 digits (GB 11643-1999) or of 15 (before 1999; the 19th century's are not told
 * apart and read as the 20th). `number` is always of 18 digits, `given` is what was typed; `today` bounds births.
 */
export function readChineseId(typed: string, today: string): ChineseId {
  const given = tidyNumber(typed)
  if (/^\d{15}$/.test(given)) {
    const first17 = `${given.slice(0, 6)}19${given.slice(6)}`
    return judge(first17 + checkDigit(first17), given, today)
  }
  if (!/^\d{17}[\dX]$/.test(given)) return { ok: false, problem: 'shape' }
  return judge(given, given, today)
}

function judge(number: string, given: string, today: string): ChineseId {
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(birthDate) || birthDate < '1850-01-01' || birthDate > today)
    return { ok: false, problem: 'date' }
  if (checkDigit(number) !== number[17]) return { ok: false, problem: 'check' }
  const sex = Number(number[16]) % 2 === 1 ? 'male' : 'female'
  return { ok: true, number, given, birthDate, sex, division: number.slice(0, 6) }
}
