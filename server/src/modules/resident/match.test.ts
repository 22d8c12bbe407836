import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareAddresses, readAddress } from './compare-address.ts'
import { compareDays, readDay } from './compare-date.ts'
import { compareNames } from './compare-name.ts'
import type { Described } from './compare-person.ts'
import { blocksOf } from './match-block.ts'
import { judge, prepareResident } from './match-resident.ts'
import { probability } from './match-weight.ts'
import { readName } from './name-sound.ts'
import { isOneSlip, likeness } from './text-distance.ts'

const names = (a: string, b: string) => {
  const [left, right] = [readName(a), readName(b)]
  return left && right ? compareNames(left, right) : null
}
const days = (a: string, b: string) => {
  const [left, right] = [readDay(a), readDay(b)]
  return left && right ? compareDays(left, right) : null
}
const addresses = (a: string, b: string) => {
  const [left, right] = [readAddress(a), readAddress(b)]
  return left && right ? compareAddresses(left, right) : null
}

describe('two names', () => {
  test.each([
    ['王伟', '王伟', 'same'],
    ['张国华', '張國華', 'script'],
    ['李明辉', '明辉李', 'reversed'],
    ['王伟', '王玮', 'homophone'],
    ['刘梓涵', '刘紫涵', 'homophone'],
    ['陈思林', '陈诗灵', 'near'],
    ['王小明', '王明', 'shortened'],
    ['赵子轩', '赵子恒', 'one-other'],
    ['孙悦', '孙强', 'family'],
    ['孙悦', '李强', 'different'],
    ['John Smith', 'Smith John', 'reversed'],
    ['Catherine Meyer', 'Katherine Meyer', 'near'],
    ['王伟', 'Wang Wei', 'different'],
  ])('%s and %s: %s', (a, b, level) => expect(names(a, b)).toBe(level))
})

describe('two birth dates', () => {
  test.each([
    ['1950-06-14', '1950-04-29', 'lunar'],
    ['1950-06-04', '1950-04-06', 'swapped'],
    ['1950-06-14', '1951-06-14', 'one-slip'],
    ['1950-06-14', '1950-06-29', 'two-parts'],
  ])('%s and %s: %s', (a, b, level) => expect(days(a, b)).toBe(level))
})

describe('two addresses', () => {
  test.each([
    ['通济市东湖区公园路街道东风路60号紫荆花园1栋4单元203室', '公园路街道东风路60号紫荆花园1幢4-203', 'same'],
    ['东风路60号紫荆花园1栋4单元203室', '东风路60号紫荆花园1栋4单元', 'within'],
    ['东风路60号紫荆花园1栋4单元203室', '东风路60号紫荆花园2栋1单元501室', 'place'],
    ['东风路60号紫荆花园1栋', '莲塘镇人民路9号梅园3栋', 'different'],
  ])('%s and %s: %s', (a, b, level) => expect(addresses(a, b)).toBe(level))
})

const person: Described = {
  name: '王伟',
  sex: 'male',
  birthDate: '1962-03-09',
  idNumber: '110105194912310021',
  phone: '13800000000',
  address: '东风路60号紫荆花园1栋4单元203室',
}
const verdict = (a: Described, b: Described) =>
  judge(prepareResident(a), prepareResident(b), 10_000_000).verdict

describe('who is one person', () => {
  test('a number in common and a name that sounds the same', () =>
    expect(verdict(person, { ...person, name: '王玮', phone: null, address: null })).toBe('link'))
  test('without a number: name, birth date and telephone', () =>
    expect(verdict({ ...person, idNumber: null }, { ...person, idNumber: null, address: null })).toBe('link'))
  test('only name, sex and birth date, in ten million: people look', () => {
    const bare = { ...person, idNumber: null, phone: null, address: null }
    expect(verdict(bare, bare)).toBe('review')
  })
  test('twins of one household are never linked by themselves', () => {
    const twin = { ...person, name: '王伟强', idNumber: null }
    expect(verdict(person, twin)).toBe('review')
    expect(verdict(person, { ...twin, idNumber: '110105194912310048' })).toBe('separate')
  })
  test('a household without more in common is separate', () =>
    expect(
      verdict(person, { ...person, name: '李芳', birthDate: '1964-08-01', idNumber: null, sex: 'female' }),
    ).toBe('separate'))
})

test('comparing is the same from both sides', () => {
  const text = fc.constantFrom('王伟', '王玮', '伟王', '李明辉', '李明', '張國華', 'Ann Lee', null)
  const day = fc.constantFrom('1950-06-14', '1950-04-29', '1962-03-09', null)
  const one = fc.record({ name: text, birthDate: day, sex: fc.constantFrom('male', 'female', null) })
  fc.assert(
    fc.property(one, one, (a, b) => {
      const [left, right] = [prepareResident(a), prepareResident(b)]
      expect(judge(left, right, 1000).bits).toBeCloseTo(judge(right, left, 1000).bits)
    }),
  )
})

test('a name turned round, and day and month changed over, still meet under a key', () => {
  const keys = (one: Described) => blocksOf(one).map(({ kind, key }) => `${kind} ${key}`)
  const bare = { name: '李明辉', birthDate: '1962-03-09' }
  expect(keys({ ...bare, name: '明辉李' })).toEqual(expect.arrayContaining(keys(bare).slice(1)))
  expect(keys({ ...bare, birthDate: '1962-09-03' })).toEqual(expect.arrayContaining(keys(bare).slice(2)))
})

test('likeness as Winkler gives it, a slip is one place, odds are bits', () => {
  expect(likeness('martha', 'marhta')).toBeCloseTo(0.961, 3)
  expect(likeness('dixon', 'dicksonx')).toBeCloseTo(0.813, 3)
  expect([isOneSlip('1234', '1243'), isOneSlip('1234', '124'), isOneSlip('1234', '1256')]).toEqual([
    true,
    true,
    false,
  ])
  expect(probability(20, 2 ** 20)).toBeCloseTo(0.5)
})
