import { expect, test } from 'vitest'
import { searchKeys } from './search-key.ts'

test('a thing is found by a part of its name, by pinyin, by initials and by code', () => {
  const keys = searchKeys(['云泽市第一人民医院', '市一院', 'LEAD'])
  for (const typed of ['第一人民', '市一院', 'yunze', 'yzsdyrmyy', 'dyrm', 'diyirenmin', 'lead']) {
    expect(
      keys.some((key) => key.startsWith(typed)),
      typed,
    ).toBe(true)
  }
  expect(keys.some((key) => key.startsWith('青屏'))).toBe(false)
})

test('the surname of a person is read as a surname, and of a thing it is none', () => {
  expect(searchKeys(['单雄'], 'person')).toContain('shanxiong')
  expect(searchKeys(['单雄'])).toContain('danxiong')
})
