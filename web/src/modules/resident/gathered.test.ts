import type { Opening } from '@tongmai/api/resident/mine'
import { expect, test } from 'vitest'
import { gathered } from './gathered.ts'

const opening = (minute: number, more: Partial<Opening> = {}): Opening => ({
  ...{ id: `${minute}`, residentId: 'r', at: new Date(Date.UTC(2026, 10, 26, 2, minute)), institution: '院' },
  ...{
    who: '宋明远',
    basis: 'referral',
    thing: 'card',
    purpose: null,
    objection: null,
    answer: null,
    ...more,
  },
})

test('what one person opened at one go is one line; another person, thing or time begins another', () => {
  const lines = gathered([
    opening(30),
    opening(29),
    opening(29, { thing: 'record' }),
    opening(29),
    opening(28, { who: '陈立衡' }),
    opening(10, { who: '陈立衡' }),
    opening(9, { who: '陈立衡', objection: 'open' }),
    opening(8, { who: '陈立衡' }),
    opening(8, { who: '陈立衡', residentId: 's' }),
    opening(7, { thing: 'Condition?' }),
    opening(7, { thing: 'Observation?code=1' }),
  ])
  expect(lines.map(({ all }) => all.length)).toEqual([3, 1, 1, 3, 1, 2])
})
