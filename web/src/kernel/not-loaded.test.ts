import { expect, test } from 'vitest'
import { isNotLoaded } from './not-loaded.ts'

test('code that could not be fetched is told from code that failed, in the words of each browser', () => {
  const away = [
    'Failed to fetch dynamically imported module: http://h/a.js',
    'error loading dynamically imported module: http://h/a.js',
    'Importing a module script failed.',
  ]
  expect(away.map((message) => isNotLoaded(new TypeError(message)))).toEqual([true, true, true])
  expect(isNotLoaded(new TypeError('x is not a function'))).toBe(false)
})
