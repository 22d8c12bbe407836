import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  daysBetween,
  fromWall,
  momentAt,
  showAge,
  showAgo,
  showBriefly,
  showDay,
  showLeft,
  showMoment,
  showSpan,
  toWall,
} from './dates.ts'

const now = new Date('2026-11-22T06:05:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test('a moment is shown on the clock of the region, wherever the computer stands', () => {
  expect(showMoment(now)).toBe('2026-11-22 14:05')
  expect(showDay(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01')
  expect(showMoment(new Date('2026-11-21T16:00:00Z'))).toBe('2026-11-22 00:00')
})

test('a moment is as short as it stays clear', () => {
  expect(showBriefly(ago(60), now)).toBe('13:05')
  expect(showBriefly(ago(24 * 60), now)).toBe('昨天 14:05')
  expect(showBriefly(ago(-24 * 60), now)).toBe('明天 14:05')
  expect(showBriefly(ago(48 * 60), now)).toBe('11-20 14:05')
  expect(showBriefly(new Date('2025-11-20T06:05:00Z'), now)).toBe('2025-11-20')
  expect(showBriefly(ago(24 * 60), now, 'en')).toBe('yesterday 14:05')
})

test('a span is told in the units people would use', () => {
  const minute = 60_000
  expect(showSpan(30_000)).toBe('不到 1 分钟')
  expect(showSpan(20 * minute)).toBe('20 分钟')
  expect(showSpan(180 * minute)).toBe('3 小时')
  expect(showSpan(200 * minute)).toBe('3 小时 20 分')
  expect(showSpan(47 * 60 * minute)).toBe('47 小时')
  expect(showSpan(72 * 60 * minute)).toBe('3 天')
  expect(showSpan(200 * minute, 'en')).toBe('3 h 20 min')
})

test('a deadline says how long is left, and how long it has passed', () => {
  expect(showLeft(ago(-180), now)).toBe('还剩 3 小时')
  expect(showLeft(ago(20), now)).toBe('已超 20 分钟')
  expect(showLeft(ago(0.5), now)).toBe('刚刚超时')
  expect(showLeft(ago(-180), now, 'en')).toBe('3 h left')
})

test('what was is told as how long ago', () => {
  expect(showAgo(ago(0), now)).toBe('刚刚')
  expect(showAgo(ago(180), now)).toBe('3 小时前')
  expect(showAgo(ago(-2 * 24 * 60), now)).toBe('2 天后')
})

test('an age is in years, of a small child in months, of a newborn in days', () => {
  expect(showAge('1958-03-12', now)).toBe('68 岁')
  expect(showAge('1958-11-23', now)).toBe('67 岁')
  expect(showAge('2025-09-20', now)).toBe('14 个月')
  expect(showAge('2026-11-13', now)).toBe('9 天')
  expect(showAge('2026-12-24', now)).toBe('0 天')
})

test('day and time of the region make one moment, and give them back', () => {
  expect(momentAt('2026-11-22', '14:05').toISOString()).toBe('2026-11-22T06:05:00.000Z')
  expect(toWall(now).toISOString()).toBe('2026-11-22T14:05:00.000Z')
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1992-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      (date) => {
        expect(fromWall(toWall(date))).toEqual(date)
        const minute = new Date(Math.floor(date.getTime() / 60_000) * 60_000)
        const [day = '', time = ''] = showMoment(minute).split(' ')
        expect(momentAt(day, time)).toEqual(minute)
      },
    ),
  )
})

test('days between two calendar days do not depend on hours', () => {
  expect(daysBetween('2026-11-20', '2026-11-22')).toBe(2)
  expect(daysBetween('2026-11-22', '2026-11-20')).toBe(-2)
})
