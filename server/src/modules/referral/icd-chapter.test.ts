import { expect, test } from 'vitest'
import { chapterOf, rangeOf } from './icd-chapter.ts'

test('every category belongs to one chapter, by the letters and numbers of ICD-10', () => {
  expect(['I20', 'E11', 'C34', 'D50', 'D48', 'H59', 'H60', 'T98', 'U07'].map(chapterOf)).toEqual([
    ...['IX', 'IV', 'II', 'III', 'II', 'VII', 'VIII', 'XIX', 'XXII'],
  ])
  expect(chapterOf('??')).toBeNull()
  expect(rangeOf('IX')).toEqual(['I00', 'I99'])
  expect(rangeOf('XXX')).toBeUndefined()
})
