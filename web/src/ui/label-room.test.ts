import { expect, test } from 'vitest'
import { labelsWithRoom } from './label-room.ts'

test('of two names that would cover each other the first is drawn; further away both are', () => {
  const label = (id: string, x: number, y: number) => ({ id, x, y, letters: 4 })
  expect([...labelsWithRoom([label('a', 0, 0), label('b', 30, 5)], 12)]).toEqual(['a'])
  expect([...labelsWithRoom([label('a', 0, 0), label('b', 60, 5), label('c', 0, 20)], 12)]).toEqual([
    'a',
    'b',
    'c',
  ])
})
