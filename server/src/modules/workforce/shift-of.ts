import type { Shift } from '@tongmai/api/workforce/duty'
import { dayAfter, dayOf, hourOf } from '../../kernel/day.ts'

/** The shift that runs at a moment: the hours before eight belong to the night of the day before. */
export function shiftOf(at: Date): { day: string; shift: Shift } {
  const hour = hourOf(at)
  if (hour < 8) return { day: dayAfter(dayOf(at), -1), shift: 'night' }
  return { day: dayOf(at), shift: hour < 20 ? 'day' : 'night' }
}
