import type { PlaceSource } from '@tongmai/api/capacity/flow'
import type { Quota, ScheduleException, Session } from '@tongmai/api/capacity/schedule'
import chineseDays from 'chinese-days'
import { dayAfter, startOf } from '../../kernel/day.ts'
import { splitSeats } from './split-seats.ts'

/** What of a schedule decides when its slots lie. */
export interface Pattern {
  readonly sessions: readonly Session[]
  readonly slotMinutes: number
  readonly seatsPerSlot: number
  readonly since: string
  readonly until: string | null
  readonly onHolidays: boolean
}

export interface PlannedSlot {
  readonly startsAt: Date
  readonly endsAt: Date
  readonly seats: readonly { readonly source: PlaceSource; readonly releasedAt: Date }[]
}

const MINUTE = 60_000
const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/**
 * Whether a day is a public holiday of China (State Council's notice for the year, as `chinese-days` has it; a year
 * not yet announced has none). Ordinary weekends are none, nor is a working day made up for on a weekend.
 */
export function isPublicHoliday(day: string): boolean {
  const { work, name } = chineseDays.getDayDetail(day)
  return !work && name.includes(',')
}

/** Whether the schedule is held on a day: its weekday, within its validity, no holiday unless said, no exception. */
export function isHeldOn(
  pattern: Pattern,
  exceptions: readonly Pick<ScheduleException, 'day' | 'kind'>[],
  day: string,
): boolean {
  if (day < pattern.since || (pattern.until !== null && day > pattern.until)) return false
  const exception = exceptions.find((one) => one.day === day)
  if (exception) return exception.kind === 'open'
  return pattern.onHolidays || !isPublicHoliday(day)
}

/** The slots of a schedule from `from` to `to`, both included; a rest too short for a slot is left over. */
export function planSlots(
  pattern: Pattern,
  rules: { quotasOn: (day: string) => readonly Quota[]; exceptions: readonly ScheduleException[] },
  span: { from: string; to: string },
): PlannedSlot[] {
  const planned: PlannedSlot[] = []
  for (let day = span.from; day <= span.to; day = dayAfter(day, 1)) {
    if (!isHeldOn(pattern, rules.exceptions, day)) continue
    for (const session of pattern.sessions.filter((one) => one.weekday === weekdayOf(day))) {
      planned.push(...slotsOf(pattern, session, { day, quotas: rules.quotasOn(day) }))
    }
  }
  return planned
}

function slotsOf(
  { slotMinutes, seatsPerSlot }: Pattern,
  { from, to }: Session,
  { day, quotas }: { day: string; quotas: readonly Quota[] },
): PlannedSlot[] {
  const count = Math.floor((minutesOf(to) - minutesOf(from)) / slotMinutes)
  const begins = startOf(day).getTime() + minutesOf(from) * MINUTE
  const split = splitSeats(count * seatsPerSlot, quotas)
  const released = (source: PlaceSource) =>
    begins - (quotas.find((one) => one.source === source)?.releaseMinutes ?? 0) * MINUTE
  return Array.from({ length: count }, (_, i) => ({
    startsAt: new Date(begins + i * slotMinutes * MINUTE),
    endsAt: new Date(begins + (i + 1) * slotMinutes * MINUTE),
    seats: split
      .slice(i * seatsPerSlot, (i + 1) * seatsPerSlot)
      .map((source) => ({ source, releasedAt: new Date(released(source)) })),
  }))
}
