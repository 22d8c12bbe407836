import { expect, test } from 'vitest'
import { codeProblem } from './drug-code.ts'

test('the national codes of a medicine are whole, their check digit fits, and both name one maker', () => {
  const [baseCode, insuranceCode] = ['86900483000019', 'XA01ABD075A002010100483']
  const tell = (more: object) => codeProblem({ baseCode, insuranceCode, ...more })
  expect(tell({})).toBeUndefined()
  expect(tell({ baseCode: null, insuranceCode: null })).toBeUndefined()
  expect(tell({ baseCode: '8690048300001' })).toBe('base-code')
  expect(tell({ baseCode: '86900483000018' })).toBe('base-check-digit')
  expect(tell({ insuranceCode: 'XA01ABD075A00201010048' })).toBe('insurance-code')
  expect(tell({ insuranceCode: 'XA01ABD075A002010100484' })).toBe('makers-differ')
})
