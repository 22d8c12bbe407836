import { describe, expect, test } from 'vitest'
import type { Resource } from '../../kernel/resource/owner.ts'
import { isBelow, pauseMsAfter } from './receiver.ts'
import { topicOf, topics } from './topic.ts'

const task = (state: string): Resource => ({
  resourceType: 'Task',
  status: 'requested',
  businessStatus: { coding: [{ system: 'urn:tongmai:referral-status', code: state }] },
})
const report = (status: string): Resource => ({ resourceType: 'DiagnosticReport', status })

describe('what is an event', () => {
  test('of a referral: its first state and every other one, but no other change and no other Task', () => {
    const { isEvent } = topicOf('referral-changed')
    expect(isEvent(task('submitted'), null)).toBe(true)
    expect(isEvent(task('accepted'), task('submitted'))).toBe(true)
    expect(isEvent(task('accepted'), task('accepted'))).toBe(false)
    expect(isEvent({ resourceType: 'Task', status: 'requested' }, null)).toBe(false)
    expect(isEvent(null, task('accepted'))).toBe(false)
  })

  test('of a result: that it became final, or was amended since', () => {
    const { isEvent } = topicOf('result-arrived')
    expect(isEvent(report('preliminary'), null)).toBe(false)
    expect(isEvent(report('final'), report('preliminary'))).toBe(true)
    expect(isEvent(report('final'), report('final'))).toBe(false)
    expect(isEvent(report('amended'), report('final'))).toBe(true)
    expect(isEvent(null, report('final'))).toBe(false)
  })

  test('every topic names the types it is about, and none is about subscriptions', () => {
    for (const { types } of topics) expect(types.length).toBeGreaterThan(0)
    expect(topics.some(({ types }) => types.includes('Subscription'))).toBe(false)
  })
})

test.each([
  ['https://his.example/hook', true],
  ['https://his.example/hook/lab?x=1', true],
  ['https://his.example/hook2', false],
  ['https://his.example/hook/../admin', false],
  ['https://his.example/hook/%2e%2e/admin', false],
  ['http://his.example/hook', false],
  ['https://his.example:8443/hook', false],
  ['https://his.example.evil.example/hook', false],
  ['https://user:word@his.example/hook', false],
  ['file:///hook', false],
  ['no address', false],
])('%s lies below what is registered: %s', (address, is) => {
  expect(isBelow(['https://his.example/hook'], address)).toBe(is)
})

test('failures are tried again at growing intervals of at most an hour', () => {
  expect([1, 2, 3, 4, 9].map(pauseMsAfter)).toEqual([5_000, 20_000, 80_000, 320_000, 3_600_000])
})
