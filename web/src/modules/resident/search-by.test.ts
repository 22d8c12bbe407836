import { expect, test } from 'vitest'
import { searchBy } from './search-by.ts'

test.each([
  ['张建国', { name: '张建国' }],
  [' zhangjianguo ', { name: 'zhangjianguo' }],
  ['zjg', { name: 'zjg' }],
  ['John Smith', { name: 'John Smith' }],
  ['张建国 1958-04-12', { name: '张建国', birthDate: '1958-04-12' }],
  ['zjg 19580412', { name: 'zjg', birthDate: '1958-04-12' }],
  ['张建国，1958年4月12日', { name: '张建国', birthDate: '1958-04-12' }],
  ['990102195804125619', { number: '990102195804125619' }],
  ['99010219580412561X', { number: '99010219580412561X' }],
  ['E12345678', { number: 'E12345678' }],
  ['139 7700 1957', { phone: '13977001957' }],
  ['+8613977001957', { phone: '+8613977001957' }],
  ['0771-5551234', { phone: '07715551234' }],
  ['tm-7k3m9-qxacd', { code: 'TM7K3M9QXACD' }],
  ['无名氏20261126-AB12', { name: '无名氏20261126-AB12' }],
])('%s is searched by what it is', (typed, by) => expect(searchBy(typed)).toEqual(by))
