import { dayAfter, startOf } from '../../kernel/day.ts'

const YEARS_AHEAD = 5
const YEARS_LONG = 30
const FIRST_DAY = '1949-10-01'

/** The moment at which the last day of something is over. */
export const endOf = (lastDay: string): Date => startOf(dayAfter(lastDay, 1))

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
