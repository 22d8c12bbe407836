import { expect, test } from 'vitest'
import { setLanguage } from '../../kernel/words.ts'
import { placeWords, topOf } from './place-words.ts'

const at = (path: string, missing = false) => ({ path, missing })

test('a place says which element and which repeat of it, in words', () => {
  expect(placeWords('Condition', at('code.coding[1].code'))).toBe('项目 › 第 2 个编码 › 代码')
  expect(placeWords('Observation', at('component[0].valueQuantity.value'))).toBe('第 1 个分项 › 结果 › 数值')
  expect(placeWords('Observation', at('value', true))).toBe('结果')
  expect(placeWords('Patient', at('telecom', true))).toBe('联系电话')
  setLanguage('en')
  expect(placeWords('Condition', at('code.coding[1].code'))).toBe('code › coding (no. 2) › code')
  setLanguage('zh')
})

test('the element at the top is the line of the entry to be marked', () => {
  expect([topOf(at('component[2].value.value')), topOf(at('recorder', true))]).toEqual([
    'component',
    'recorder',
  ])
})
