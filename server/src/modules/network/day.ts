const DAY_MS = 86_400_000
/** The whole country keeps one time without summer time (GB/T 7408 writes it +08:00). */
const OFFSET_MS = 8 * 3_600_000
const YEARS_AHEAD = 5
const YEARS_LONG = 30
const FIRST_DAY = '1949-10-01'

/** The calendar day (`YYYY-MM-DD`, Asia/Shanghai) of a moment. */
export const dayOf = (moment: Date): string =>
  new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10)

/** The moment at which a calendar day begins in Asia/Shanghai. */
export const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

/** The day `n` days later, or earlier where n is negative. */
export const dayAfter = (day: string, n = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10)

/** The moment at which the last day of something is over. */
export const endOf = (lastDay: string): Date => startOf(dayAfter(lastDay))

/** Days compare as their texts do. */
export const laterOf = (a: string, b: string): string => [a, b].sort()[1] ?? a
export const earlierOf = (a: string, b: string): string => [a, b].sort()[0] ?? a

/** True where `day` lies between the two days, both included; without `until` it never ends. */
export const isDuring = (day: string, since: string, until: string | null): boolean =>
  since <= day && (until === null || day <= until)

/** What is wrong with a validity from `since` to `until` (both included), as of `today`; undefined where nothing is. */
export function periodProblem(
  { since, until }: { since: string; until: string | null },
  today: string,
):
  | 'ends-before-it-starts'
  | 'starts-too-far-ahead'
  | 'ends-too-far-ahead'
  | 'starts-too-long-ago'
  | undefined {
  if (until !== null && until < since) return 'ends-before-it-starts'
  if (since < FIRST_DAY) return 'starts-too-long-ago'
  if (since > inYears(today, YEARS_AHEAD)) return 'starts-too-far-ahead'
  if (until !== null && until > inYears(today, YEARS_LONG)) return 'ends-too-far-ahead'
  return undefined
}

const inYears = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
