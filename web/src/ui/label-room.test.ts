import { expect, test } from 'vitest'
import { boxOf, dotOf, labelsWithRoom } from './label-room.ts'

test('of two names that would cover each other the first is drawn; further away both are', () => {
  const label = (id: string, x: number, y: number) => ({ id, x, y, letters: 4 })
  expect([...labelsWithRoom([label('a', 0, 0), label('b', 30, 5)], 12)]).toEqual(['a'])
  expect([...labelsWithRoom([label('a', 0, 0), label('b', 60, 5), label('c', 0, 20)], 12)]).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('a name stays away from what is taken: a dot, or another kind of name', () => {
  const name = { id: 'street', x: 0, y: 10, letters: 3 }
  expect([...labelsWithRoom([name], 12, [dotOf({ x: 20, y: 6 }, 4)])]).toEqual([])
  expect([...labelsWithRoom([name], 12, [boxOf({ x: 30, y: 16, letters: 4 }, 13)])]).toEqual([])
  expect([...labelsWithRoom([name], 12, [dotOf({ x: 20, y: 40 }, 4)])]).toEqual(['street'])
})
