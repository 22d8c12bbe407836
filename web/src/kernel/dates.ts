import type { Language } from './language.ts'

/** Everyone reads the clock of the region, wherever their computer stands. */
const zone = 'Asia/Shanghai'
const offsetMs = 8 * 3_600_000
const minuteMs = 60_000

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** `2026-11-22`. */
export const showDay = (at: Date): string => split(at).day

/** `2026-11-22 14:05`. */
export function showMoment(at: Date): string {
  const { day, time } = split(at)
  return `${day} ${time}`
}

/** `14:05`. */
export const showTime = (at: Date): string => split(at).time

/** As short as it stays clear: `14:05` today, `昨天 14:05`, `11-20 14:05` this year, else `2025-11-20`. */
export function showBriefly(at: Date, now: Date, language: Language = 'zh'): string {
  const { day, time } = split(at)
  const today = showDay(now)
  const days = daysBetween(day, today)
  if (days === 0) return time
  if (days === 1) return `${language === 'zh' ? '昨天' : 'yesterday'} ${time}`
  if (days === -1) return `${language === 'zh' ? '明天' : 'tomorrow'} ${time}`
  return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${time}` : day
}

/** A span of time in one or two units: `3 小时 20 分`, `2 天`, `不到 1 分钟`. */
export function showSpan(milliseconds: number, language: Language = 'zh'): string {
  const minutes = Math.floor(Math.abs(milliseconds) / minuteMs)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  const zh = language === 'zh'
  if (minutes < 1) return zh ? '不到 1 分钟' : 'less than a minute'
  if (hours < 1) return zh ? `${minutes} 分钟` : `${minutes} min`
  const restMinutes = minutes % 60
  if (hours < 12 && restMinutes)
    return zh ? `${hours} 小时 ${restMinutes} 分` : `${hours} h ${restMinutes} min`
  if (hours < 48) return zh ? `${hours} 小时` : `${hours} h`
  return zh ? `${days} 天` : `${days} days`
}

/** `还剩 3 小时`, `已超 20 分钟`. */
export function showLeft(due: Date, now: Date, language: Language = 'zh'): string {
  const left = due.getTime() - now.getTime()
  if (left < 0 && left > -minuteMs) return language === 'zh' ? '刚刚超时' : 'just overdue'
  const span = showSpan(left, language)
  if (language === 'zh') return left >= 0 ? `还剩 ${span}` : `已超 ${span}`
  return left >= 0 ? `${span} left` : `${span} overdue`
}

/** `3 小时前`, `2 天后`. */
export function showAgo(at: Date, now: Date, language: Language = 'zh'): string {
  const since = now.getTime() - at.getTime()
  if (Math.abs(since) < minuteMs) return language === 'zh' ? '刚刚' : 'just now'
  const span = showSpan(since, language)
  if (language === 'zh') return since > 0 ? `${span}前` : `${span}后`
  return since > 0 ? `${span} ago` : `in ${span}`
}

/** Full years of age; under three in months, under two months in days: `58 岁`, `14 个月`, `9 天`. */
export function showAge(birthDay: string, now: Date, language: Language = 'zh'): string {
  const today = showDay(now)
  const months = monthsBetween(birthDay, today)
  const zh = language === 'zh'
  if (months >= 36) return zh ? `${Math.floor(months / 12)} 岁` : `${Math.floor(months / 12)} y`
  if (months >= 2) return zh ? `${months} 个月` : `${months} months`
  const days = Math.max(0, daysBetween(birthDay, today))
  return zh ? `${days} 天` : `${days} days`
}

/** Days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The moment that the region's clocks show as this day and time: `('2026-11-22', '14:05')`. */
export const momentAt = (day: string, time = '00:00'): Date =>
  new Date(`${day}T${time.length === 5 ? `${time}:00` : time}+08:00`)

/** A `Date` whose UTC fields read as the region's wall clock, for calendars that calculate; and back. */
export const toWall = (at: Date): Date => new Date(at.getTime() + offsetMs)
export const fromWall = (wall: Date): Date => new Date(wall.getTime() - offsetMs)

function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number)
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number)
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0)
}

function split(at: Date): { day: string; time: string } {
  const found = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: `${found.year}-${found.month}-${found.day}`, time: `${found.hour}:${found.minute}` }
}
