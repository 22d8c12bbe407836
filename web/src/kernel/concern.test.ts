import { expect, test } from 'vitest'
import { concerns } from './concern.ts'
import { arrange, differences } from './steady.ts'

const id = '0192f0c0-0000-7000-8000-000000000001'
const list = ['GET /referrals', { query: {} }, ['referral']]
const one = ['GET /referrals/:id', { params: { id } }, []]

test('a list that listens to a module hears its events, and nobody else’s', () => {
  expect(concerns(list, 'referral.accepted')).toBe(true)
  expect(concerns(list, `referral:${id}`)).toBe(true)
  expect(concerns(list, 'referral')).toBe(true)
  expect(concerns(list, 'referralist.accepted')).toBe(false)
  expect(concerns(list, 'network.agreement-ended')).toBe(false)
})

test('a thing hears its own news by its id', () => {
  expect(concerns(one, `referral:${id}`)).toBe(true)
  expect(concerns(one, id)).toBe(true)
  expect(concerns(one, 'referral:0192f0c0-0000-7000-8000-000000000002')).toBe(false)
})

test('a held list keeps its order, drops what is gone and counts what waits', () => {
  const newest = [{ key: 'd' }, { key: 'b' }, { key: 'a' }]
  expect(arrange(newest, ['a', 'b', 'c'], ({ key }) => key).map(({ key }) => key)).toEqual(['a', 'b'])
  expect(differences(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(0)
  expect(differences(['a', 'b', 'c'], ['d', 'a', 'b'])).toBe(2)
  expect(differences(['a', 'b'], ['b', 'a'])).toBe(1)
})
