import { expect, test } from 'vitest'
import { uuidv7 } from './id.ts'

test('ids are UUIDv7, and sort as they were made, also when more are made than a millisecond has numbers', () => {
  const ids = Array.from({ length: 20_000 }, uuidv7)
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids.map((id) => id.slice(19))).size).toBe(ids.length)
})
