import chineseDays from 'chinese-days'
import { isOneSlip } from './text-distance.ts'

/**
 * How two calendar days agree: the same · one the lunar date of the other, written as a solar one · day and month
 * changed over · one digit mistyped · two of year, month and day the same · only the year · different.
 */
export const dateLevels = ['same', 'lunar', 'swapped', 'one-slip', 'two-parts', 'year', 'different'] as const
export type DateLevel = (typeof dateLevels)[number]

export interface DateForm {
  /** YYYY-MM-DD. */
  readonly day: string
  /** The lunar date of the day, in the same form; null outside 1900–2100, which the tables cover. */
  readonly lunar: string | null
}

const two = (n: number): string => String(n).padStart(2, '0')
const lunarOf = new Map<string, string | null>()

function lunar(day: string): string | null {
  const known = lunarOf.get(day)
  if (known !== undefined) return known
  const isCovered = day > '1900-01-31' && day < '2100-12-31'
  const date = isCovered ? chineseDays.getLunarDate(day) : null
  const said = date && `${date.lunarYear}-${two(date.lunarMon)}-${two(date.lunarDay)}`
  if (lunarOf.size > 60_000) lunarOf.clear()
  lunarOf.set(day, said)
  return said
}

/** Reads a whole day (`YYYY-MM-DD` or `YYYYMMDD`); null for anything less. */
export function readDay(text: string | null): DateForm | null {
  const [, year, month, date] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text ?? '') ?? []
  if (!year || !month || !date) return null
  const day = `${year}-${month}-${date}`
  const isReal = Number(month) >= 1 && Number(month) <= 12 && Number(date) >= 1 && Number(date) <= 31
  return {
    day,
    get lunar() {
      return isReal ? lunar(day) : null
    },
  }
}

export function compareDays(a: DateForm, b: DateForm): DateLevel {
  if (a.day === b.day) return 'same'
  if (a.lunar === b.day || b.lunar === a.day) return 'lunar'
  const [ya, ma, da] = a.day.split('-')
  const [yb, mb, db] = b.day.split('-')
  if (ya === yb && ma === db && da === mb) return 'swapped'
  if (isOneSlip(a.day, b.day)) return 'one-slip'
  const same = Number(ya === yb) + Number(ma === mb) + Number(da === db)
  if (same === 2) return 'two-parts'
  return ya === yb ? 'year' : 'different'
}
