import type { DatePicker } from 'antd'
import { fromWall, momentAt, showDay, toWall } from '../kernel/dates.ts'

type Calendar = Parameters<typeof DatePicker.generatePicker<Date>>[0]

const dayMs = 86_400_000
const at = (change: (wall: Date) => void) => (date: Date) => {
  const wall = toWall(date)
  change(wall)
  return fromWall(wall)
}
const two = (n: number) => String(n).padStart(2, '0')

function addMonths(date: Date, months: number): Date {
  const wall = toWall(date)
  const wanted = wall.getUTCDate()
  wall.setUTCDate(1)
  wall.setUTCMonth(wall.getUTCMonth() + months)
  const last = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate()
  wall.setUTCDate(Math.min(wanted, last))
  return fromWall(wall)
}

/** Monday of the week. */
const weekStart = (date: Date) => new Date(date.getTime() - ((toWall(date).getUTCDay() + 6) % 7) * dayMs)

function weekOfYear(date: Date): number {
  const thursday = toWall(new Date(weekStart(date).getTime() + 3 * dayMs))
  return Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / dayMs / 7) + 1
}

function format(date: Date, pattern: string): string {
  const wall = toWall(date)
  const fields: Record<string, string> = {
    YYYY: String(wall.getUTCFullYear()).padStart(4, '0'),
    MM: two(wall.getUTCMonth() + 1),
    M: String(wall.getUTCMonth() + 1),
    DD: two(wall.getUTCDate()),
    D: String(wall.getUTCDate()),
    HH: two(wall.getUTCHours()),
    mm: two(wall.getUTCMinutes()),
    ss: two(wall.getUTCSeconds()),
  }
  return pattern.replace(/YYYY|MM|M|DD|D|HH|mm|ss/g, (field) => fields[field] ?? field)
}

/** Takes `2026-11-22 14:05`, `20261122`, `2026.1.5`: what people type. */
export function parseTyped(text: string): Date | null {
  const found = /^\s*(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?(?:\s+(\d{1,2})[:：]?(\d{2}))?\s*$/.exec(
    text,
  )
  if (!found) return null
  const [, year = '', month = '', day = '', hour = '0', minute = '0'] = found
  const date = momentAt(
    `${year}-${two(Number(month))}-${two(Number(day))}`,
    `${two(Number(hour))}:${minute.padStart(2, '0')}`,
  )
  const real = !Number.isNaN(date.getTime()) && Number(showDay(date).slice(8)) === Number(day)
  return real ? date : null
}

/** How the date pickers calculate: with `Date`, on the region's wall clock, weeks from Monday. */
export function calendarOf(now: () => Date): Calendar {
  return {
    getNow: now,
    getFixedDate: (text) => momentAt(text),
    getEndDate: at((wall) => wall.setUTCMonth(wall.getUTCMonth() + 1, 0)),
    getWeekDay: (date) => toWall(date).getUTCDay(),
    getYear: (date) => toWall(date).getUTCFullYear(),
    getMonth: (date) => toWall(date).getUTCMonth(),
    getDate: (date) => toWall(date).getUTCDate(),
    getHour: (date) => toWall(date).getUTCHours(),
    getMinute: (date) => toWall(date).getUTCMinutes(),
    getSecond: (date) => toWall(date).getUTCSeconds(),
    getMillisecond: (date) => toWall(date).getUTCMilliseconds(),
    addYear: (date, years) => addMonths(date, years * 12),
    addMonth: addMonths,
    addDate: (date, days) => new Date(date.getTime() + days * dayMs),
    setYear: (date, year) => addMonths(date, (year - toWall(date).getUTCFullYear()) * 12),
    setMonth: (date, month) => addMonths(date, month - toWall(date).getUTCMonth()),
    setDate: (date, day) => at((wall) => wall.setUTCDate(day))(date),
    setHour: (date, hour) => at((wall) => wall.setUTCHours(hour))(date),
    setMinute: (date, minute) => at((wall) => wall.setUTCMinutes(minute))(date),
    setSecond: (date, second) => at((wall) => wall.setUTCSeconds(second))(date),
    setMillisecond: (date, ms) => at((wall) => wall.setUTCMilliseconds(ms))(date),
    isAfter: (one, other) => one.getTime() > other.getTime(),
    isValidate: (date) => !Number.isNaN(date.getTime()),
    locale: {
      getWeekFirstDay: () => 1,
      getWeekFirstDate: (_, date) => weekStart(date),
      getWeek: (_, date) => weekOfYear(date),
      format: (_, date, pattern) => format(date, pattern),
      parse: (_, text) => parseTyped(text),
      getShortWeekDays: (locale) =>
        locale.startsWith('zh')
          ? ['日', '一', '二', '三', '四', '五', '六']
          : ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'],
      getShortMonths: (locale) =>
        Array.from({ length: 12 }, (_, i) =>
          locale.startsWith('zh')
            ? `${i + 1}月`
            : new Date(2026, i, 1).toLocaleString('en', { month: 'short' }),
        ),
    },
  }
}
