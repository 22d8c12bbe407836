import { expect, test } from 'vitest'
import { urgency, used } from './due.ts'

const since = new Date('2026-11-22T00:00:00Z')
const due = new Date('2026-11-23T00:00:00Z')
const at = (hours: number) => new Date(since.getTime() + hours * 3_600_000)

test('a deadline is calm while more than half of its time is left, then soon, then pressing, then overdue', () => {
  expect(urgency(due, at(1), since)).toBe('calm')
  expect(urgency(due, at(12), since)).toBe('soon')
  expect(urgency(due, at(20), since)).toBe('pressing')
  expect(urgency(due, at(24), since)).toBe('pressing')
  expect(urgency(due, at(24.01), since)).toBe('overdue')
})

test('without a beginning the hours left decide', () => {
  expect(urgency(due, at(-10))).toBe('calm')
  expect(urgency(due, at(10))).toBe('soon')
  expect(urgency(due, at(20))).toBe('pressing')
})

test('the share used stays between nothing and all', () => {
  expect(used(due, at(-5), since)).toBe(0)
  expect(used(due, at(6), since)).toBe(0.25)
  expect(used(due, at(50), since)).toBe(1)
  expect(used(since, at(1), since)).toBe(1)
})
