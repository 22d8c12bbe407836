import { isEnded, statuses } from '@tongmai/api/referral/flow'
import { describe, expect, test } from 'vitest'
import { clockOf, keepsClock } from './deadline.ts'
import { countOf, plans, statusAfter } from './demo/plan.ts'

const FROM = '00000000-0000-7000-8000-00000000000a'
const now = new Date('2026-11-23T09:00:00+08:00')

describe('the clock', () => {
  const at = new Date('2026-11-24T09:00:00+08:00')
  const arrangement = {
    departmentId: FROM,
    practitionerId: null,
    placeId: null,
    at,
    place: '',
    instructions: '',
  }

  test('of an accepted one ends at the arranged time at the latest; of one on the way it starts there', () => {
    expect(clockOf({ status: 'accepted', arrangement, returnNote: null }, now)).toMatchObject({
      from: now,
      atMost: at,
    })
    expect(clockOf({ status: 'inTransfer', arrangement, returnNote: null }, now)).toMatchObject({ from: at })
  })

  test('of a first follow-up is the end of the day that the hospital named', () => {
    const returnNote = { followUpOn: '2026-11-30' } as never
    const fixed = new Date('2026-11-30T23:59:59+08:00')
    expect(clockOf({ status: 'takenOver', arrangement: null, returnNote }, now)?.fixed).toEqual(fixed)
  })

  test('stands still in every end but a refusal that the sender has still to answer, and a confirmation does not restart it', () => {
    for (const status of statuses) {
      expect(clockOf({ status, arrangement: null, returnNote: null }, now) === null).toBe(
        isEnded(status) && status !== 'rejected',
      )
    }
    expect(keepsClock('confirm', 'inCare')).toBe(true)
    expect(keepsClock('accept', 'accepted')).toBe(false)
  })
})

describe('the demonstration region', () => {
  test('has 120 referrals, in every state, each by a way that the flow allows', () => {
    expect(countOf(plans)).toBe(120)
    const ways = plans.flatMap((plan) => [
      statusAfter(plan.direction, plan.path),
      ...(plan.down ? [statusAfter('down', plan.down)] : []),
    ])
    expect([...new Set(ways)].sort()).toEqual([...statuses].sort())
  })
})
