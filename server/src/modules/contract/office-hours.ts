import chineseDays from 'chinese-days'
import { dayAfter, dayOf, startOf } from '../../kernel/day.ts'

/** From which hour to which somebody sits there, on working days. */
export interface OfficeHours {
  readonly fromHour: number
  readonly toHour: number
}

const HOUR_MS = 3_600_000
/** Working days of China with the days made up for; a year not yet announced goes by the week alone. */
const isWorkday = (day: string): boolean => chineseDays.isWorkday(day)
const at = (day: string, hour: number): Date => new Date(startOf(day).getTime() + hour * HOUR_MS)

/** Whether somebody sits there at a moment. */
export function isOpen(now: Date, { fromHour, toHour }: OfficeHours): boolean {
  const day = dayOf(now)
  return isWorkday(day) && now >= at(day, fromHour) && now < at(day, toHour)
}

/** From when on somebody sits there: now, or the next opening. */
export function opensAt(now: Date, hours: OfficeHours): Date {
  if (isOpen(now, hours)) return now
  for (let day = dayOf(now); ; day = dayAfter(day, 1)) {
    const opening = at(day, hours.fromHour)
    if (isWorkday(day) && opening > now) return opening
  }
}

/** Until when a question is answered: so many hours after somebody sits there, closed days left out. */
export function dueAt(asked: Date, hours: OfficeHours, answerHours: number): Date {
  let due = new Date(opensAt(asked, hours).getTime() + answerHours * HOUR_MS)
  while (!isWorkday(dayOf(due))) due = new Date(due.getTime() + 24 * HOUR_MS)
  return due
}
