import { timingSafeEqual } from 'node:crypto'
import ical, { ICalCalendarMethod } from 'ical-generator'
import { dayOf } from '../../kernel/day.ts'
import { blindIndex } from '../../kernel/secret.ts'

export const CALENDAR_PATH = '/calendars/:id/:signature'
let publicUrl = ''

/** Below which address this installation is reached; set once when the module is mounted. */
export const setPublicUrl = (url: string): void => {
  publicUrl = url
}

const signatureOf = (id: string): string => blindIndex('calendar', id)

/** The private address of a calendar: nobody guesses it, and it stops when it is replaced. */
export const addressOf = (id: string): string => `${publicUrl}/calendars/${id}/${signatureOf(id)}.ics`

/** Whether the address was made here. */
export function isSigned(id: string, signature: string): boolean {
  const given = Buffer.from(signature.replace(/\.ics$/, ''))
  const right = Buffer.from(signatureOf(id))
  return given.length === right.length && timingSafeEqual(given, right)
}

export interface CalendarSlot {
  readonly scheduleId: string
  readonly name: string
  readonly room: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly seats: number
  readonly booked: number
  readonly department: string | null
  readonly practitioner: string | null
}

/**
 * Sessions as iCalendar (RFC 5545): slots of one schedule that follow each other are one event with how many seats
 * are booked. No patient stands in it: the address may lie in a telephone.
 */
export function calendarOf(name: string, slots: readonly CalendarSlot[]): string {
  const calendar = ical({
    name,
    prodId: '//Tongmai//capacity//ZH',
    method: ICalCalendarMethod.PUBLISH,
    ttl: 900,
  })
  for (const [key, session] of Map.groupBy(joined(slots), (one) => one.key)) {
    const first = session[0]?.slot
    const last = session.at(-1)?.slot
    if (!first || !last) continue
    const count = (of: 'seats' | 'booked') => session.reduce((sum, { slot }) => sum + slot[of], 0)
    calendar.createEvent({
      id: `${key}@tongmai`,
      start: first.startsAt,
      end: last.endsAt,
      summary: [first.name, first.practitioner].filter(Boolean).join(' '),
      location: [first.department, first.room].filter(Boolean).join(' '),
      description: `已约 ${count('booked')} / ${count('seats')}`,
    })
  }
  return calendar.toString()
}

/** Each slot with the key of its session: schedule, day and where in the day the stretch began. */
function joined(slots: readonly CalendarSlot[]): { key: string; slot: CalendarSlot }[] {
  let key = ''
  return slots.map((slot, i) => {
    const before = slots[i - 1]
    const follows =
      before?.scheduleId === slot.scheduleId && before.endsAt.getTime() === slot.startsAt.getTime()
    if (!follows) key = `${slot.scheduleId}-${dayOf(slot.startsAt)}-${slot.startsAt.getTime()}`
    return { key, slot }
  })
}
