import { expect, test } from 'vitest'
import { momentAt, showDay, showMoment } from '../kernel/dates.ts'
import { calendarOf, parseTyped } from './calendar.ts'

const calendar = calendarOf(() => momentAt('2026-11-22', '14:05'))

test('days are understood as people type them', () => {
  for (const typed of ['2026-11-22', '20261122', '2026.11.22', '2026/11/22', '2026年11月22日']) {
    expect(showDay(parseTyped(typed) ?? new Date(0))).toBe('2026-11-22')
  }
  expect(showMoment(parseTyped('2026-1-5 9:30') ?? new Date(0))).toBe('2026-01-05 09:30')
  expect(parseTyped('2026-02-30')).toBeNull()
  expect(parseTyped('明天')).toBeNull()
})

test('months are added without jumping over the end of a short one', () => {
  expect(showDay(calendar.addMonth(momentAt('2026-01-31'), 1))).toBe('2026-02-28')
  expect(showDay(calendar.setYear(momentAt('2028-02-29'), 2026))).toBe('2026-02-28')
  expect(showDay(calendar.getEndDate(momentAt('2026-02-03')))).toBe('2026-02-28')
})

test('weeks begin on Monday and are counted as ISO 8601 does', () => {
  expect(showDay(calendar.locale.getWeekFirstDate('zh_CN', momentAt('2026-11-22')))).toBe('2026-11-16')
  expect(calendar.locale.getWeek('zh_CN', momentAt('2027-01-01'))).toBe(53)
  expect(calendar.locale.getWeek('zh_CN', momentAt('2026-01-01'))).toBe(1)
})
