import { expect, test } from 'vitest'
import { itemsOf, linesOf } from './group-lines.ts'

test('usual items are typed a line each; what cannot be read is named by its line', () => {
  const { items, wrong } = itemsOf('住院,三级,CTX,2\n\n门诊，基层，XDT，1\n住院,四级,CTX,1\n住院,三级,CTX,0')
  expect(items).toEqual([
    { kind: 'inpatient', tier: 'tertiary', itemCode: 'CTX', quantity: 2 },
    { kind: 'outpatient', tier: 'primary', itemCode: 'XDT', quantity: 1 },
  ])
  expect(wrong).toEqual([4, 5])
  expect(itemsOf(linesOf(items)).items).toEqual(items)
})
