import { dayAfter } from '../../kernel/day.ts'

/** The calendar day so many months after another; the last of the month where it has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

/** The last day of a contract of some months. */
export const endOf = (startsOn: string, months: number): string => dayAfter(monthsAfter(startsOn, months), -1)
