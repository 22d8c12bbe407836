import { sources } from '@tongmai/api/capacity/flow'
import type { Quota } from '@tongmai/api/capacity/schedule'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf } from './calendar.ts'
import { confidenceOf } from './confidence.ts'
import { isPublicHoliday, type Pattern, planSlots } from './plan-slots.ts'
import { mayDrawOn, moveTo, sharesOf } from './policy.ts'
import { splitSeats } from './split-seats.ts'

const pattern: Pattern = {
  sessions: [{ weekday: 4, from: '08:00', to: '09:45' }],
  slotMinutes: 30,
  seatsPerSlot: 2,
  since: '2026-09-01',
  until: '2026-10-22',
  onHolidays: false,
}
const quotas: Quota[] = [{ source: 'referral', percent: 50, releaseMinutes: 120 }]
const rules = { quotasOn: () => quotas, exceptions: [] }

describe('slots of a schedule', () => {
  test('lie on its weekday, within its validity, and leave public holidays out', () => {
    const planned = planSlots(pattern, rules, { from: '2026-09-28', to: '2026-10-31' })
    const days = [...new Set(planned.map((slot) => slot.startsAt.toISOString().slice(0, 10)))]
    // The first of October is the National Day.
    expect(days).toEqual(['2026-10-08', '2026-10-15', '2026-10-22'])
    expect(planned[0]?.startsAt.toISOString()).toBe('2026-10-08T00:00:00.000Z')
    expect(planned.filter((slot) => slot.startsAt.toISOString().startsWith('2026-10-08'))).toHaveLength(3)
  })

  test('a closed day has none, a holiday that is opened has some', () => {
    const exceptions = [
      { day: '2026-10-01', kind: 'open' as const, reason: '节日照常' },
      { day: '2026-10-08', kind: 'closed' as const, reason: '外出开会' },
    ]
    const planned = planSlots(pattern, { ...rules, exceptions }, { from: '2026-10-01', to: '2026-10-08' })
    expect(planned.map((slot) => slot.startsAt.toISOString().slice(0, 10))).toEqual(
      Array(3).fill('2026-10-01'),
    )
  })

  test('a share is released so long before the session, not before each slot', () => {
    const [first, , last] = planSlots(pattern, rules, { from: '2026-10-08', to: '2026-10-08' })
    const released = (slot: typeof first) =>
      slot?.seats.find((seat) => seat.source === 'referral')?.releasedAt.toISOString()
    expect([released(first), released(last)]).toEqual([
      '2026-10-07T22:00:00.000Z',
      '2026-10-07T22:00:00.000Z',
    ])
  })

  test('an ordinary weekend is no public holiday', () => {
    expect([isPublicHoliday('2026-11-28'), isPublicHoliday('2026-10-01')]).toEqual([false, true])
  })
})

test('the shares of any session add up to its seats, each as near to its percentage as whole seats allow', () => {
  const percents = fc
    .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
    .filter(([a, b, c]) => a + b + c <= 100)
    .map(([community, contracted, referral]): Quota[] => [
      { source: 'community', percent: community, releaseMinutes: 0 },
      { source: 'contracted', percent: contracted, releaseMinutes: 0 },
      { source: 'referral', percent: referral, releaseMinutes: 0 },
    ])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), percents, (total, shares) => {
      const split = splitSeats(total, shares)
      expect(split).toHaveLength(total)
      for (const source of sources) {
        const percent =
          shares.find((one) => one.source === source)?.percent ??
          100 - shares.reduce((sum, one) => sum + one.percent, 0)
        const count = split.filter((one) => one === source).length
        expect(Math.abs(count - (total * percent) / 100)).toBeLessThan(1)
      }
    }),
  )
})

test('a source draws on its own share and the public one; a contract opens the contracted share', () => {
  expect(sharesOf('public', false)).toEqual(['public'])
  expect(sharesOf('community', true)).toEqual(['community', 'contracted', 'public'])
  expect([mayDrawOn('contracted', false), mayDrawOn('contracted', true)]).toEqual([false, true])
})

test('a hold that has run out can only expire', () => {
  const now = new Date('2026-11-23T01:00:00Z')
  const held = { status: 'held' as const, heldUntil: now }
  expect(moveTo(held, 'confirm', now)).toBeUndefined()
  expect(moveTo(held, 'confirm', new Date(now.getTime() - 1))).toBe('confirmed')
  expect(moveTo(held, 'expire', now)).toBe('expired')
})

test('a figure loses half its worth with every half-life', () => {
  const at = new Date('2026-11-23T00:00:00Z')
  const after = (minutes: number) => confidenceOf(at, new Date(at.getTime() + minutes * 60_000), 240)
  expect([after(-5), after(0), after(240), after(480)]).toEqual([1, 1, 0.5, 0.25])
})

test('slots that follow each other are one event of the calendar, without patients', () => {
  const slot = (hour: number, booked: number) => ({
    scheduleId: 's1',
    name: '心内科门诊',
    room: '12 诊室',
    startsAt: new Date(Date.UTC(2026, 10, 24, hour)),
    endsAt: new Date(Date.UTC(2026, 10, 24, hour + 1)),
    seats: 4,
    booked,
    department: '心内科',
    practitioner: '周正',
  })
  const text = calendarOf('心内科', [slot(0, 1), slot(1, 2), slot(6, 0)])
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  expect(text).toContain('DTSTART:20261124T000000Z')
  expect(text).toContain('DTEND:20261124T020000Z')
  expect(text).toContain('已约 3 / 8')
})
