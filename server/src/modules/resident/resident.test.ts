import { checkDigit, readChineseId } from '@tongmai/api/resident/chinese-id'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { strongest } from './basis.ts'
import { hiddenOf, presentedPatient, receivedPatient, storedPatient } from './fhir.ts'
import { CHINESE_ID, foreignNumbers, numbersOf } from './identifier.ts'
import { maskAddress, maskName, maskNumber, maskPhone } from './mask.ts'

const today = '2026-11-22'
const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-21'), noInvalidDate: true })
const numbers = fc
  .tuple(fc.integer({ min: 110_000, max: 999_999 }), days, fc.integer({ min: 0, max: 999 }))
  .map(([division, birth, serial]) => {
    const first17 = `${division}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`
    return first17 + checkDigit(first17)
  })

describe('the identity number (GB 11643)', () => {
  test('the published samples are valid', () => {
    expect(readChineseId('11010519491231002X', today)).toMatchObject({
      ok: true,
      birthDate: '1949-12-31',
      sex: 'female',
    })
    expect(readChineseId('440524188001010014', today)).toMatchObject({
      ok: true,
      birthDate: '1880-01-01',
      sex: 'male',
    })
  })

  test('every well-formed number says its own birth date and sex', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const read = readChineseId(number, today)
        expect(read).toMatchObject({ ok: true, number, division: number.slice(0, 6) })
        if (read.ok) expect(read.birthDate.replaceAll('-', '')).toBe(number.slice(6, 14))
      }),
    )
  })

  test('one wrong digit is always found', () => {
    fc.assert(
      fc.property(numbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digit = String((Number(number[at]) + by) % 10)
        const wrong = number.slice(0, at) + digit + number.slice(at + 1)
        expect(readChineseId(wrong, today).ok).toBe(false)
      }),
    )
  })

  test('two neighbouring digits exchanged are always found', () => {
    fc.assert(
      fc.property(numbers, fc.nat(15), (number, at) => {
        const [a = '', b = ''] = [number[at], number[at + 1]]
        fc.pre(a !== b)
        const wrong = number.slice(0, at) + b + a + number.slice(at + 2)
        expect(readChineseId(wrong, today).ok).toBe(false)
      }),
    )
  })

  test('a number of 15 digits means the same person as its form of 18', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        fc.pre(number.slice(6, 8) === '19')
        const short = number.slice(0, 6) + number.slice(8, 17)
        expect(readChineseId(short, today)).toMatchObject({ ok: true, number, given: short })
      }),
    )
  })

  test('days that are none, births in the future and other lengths are told apart from a wrong check digit', () => {
    const of = (first17: string) => readChineseId(first17 + checkDigit(first17), today)
    expect(of('99010220230229001')).toEqual({ ok: false, problem: 'date' })
    expect(of('99010220990101001')).toEqual({ ok: false, problem: 'date' })
    expect(readChineseId('9901022023', today)).toEqual({ ok: false, problem: 'shape' })
    expect(readChineseId('110105194912310021', today)).toEqual({ ok: false, problem: 'check' })
  })

  test('is read as people type it: full-width, with blanks, with a small x', () => {
    expect(readChineseId('１１０１０５ 19491231 002x', today)).toMatchObject({
      ok: true,
      number: '11010519491231002X',
    })
  })
})

describe('documents', () => {
  test('a short number is kept as it is, and its long form beside it for matching', () => {
    const read = numbersOf({ kind: '01', number: '110105491231002', country: null }, today)
    expect(read).toMatchObject([
      { value: '110105491231002', derived: false },
      { value: '11010519491231002X', derived: true },
    ])
  })

  test('a passport needs its country', () => {
    expect(numbersOf({ kind: '03', number: 'E12345678', country: null }, today)).toBe('country')
    expect(numbersOf({ kind: '03', number: 'e 1234 5678', country: 'USA' }, today)).toMatchObject([
      { system: 'urn:tongmai:document:03:USA', value: 'E12345678' },
    ])
  })

  test('a broken Chinese number that comes over FHIR is kept, but never stands for a person’s identity number', () => {
    const [read] = foreignNumbers(CHINESE_ID, '110105194912310021', { about: null, today })
    expect(read?.system).not.toBe(CHINESE_ID)
  })
})

describe('masks', () => {
  test('a name shows one character', () => {
    expect([maskName('张三丰'), maskName('Abdul Koepp')]).toEqual(['张*', 'A*'])
  })

  test('a number shows the first three and the last four, a telephone 138****0000', () => {
    expect(maskNumber('11010519491231002X')).toBe('110***********002X')
    expect(maskPhone('13800000000')).toBe('138****0000')
  })

  test('no mask of a number of at least ten shows more than seven characters of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,40}$/), (number) => {
        const shown = maskNumber(number).replaceAll('*', '')
        expect(shown.length).toBeLessThanOrEqual(number.length > 9 ? 7 : 2)
        expect(maskNumber(number)).toContain('*')
      }),
    )
  })

  test('an address ends at the village, whatever follows', () => {
    expect(maskAddress('云泽市云津区鼓楼街道钟楼社区3号楼2单元501室')).toBe(
      '云泽市云津区鼓楼街道钟楼社区****',
    )
    expect(maskAddress('青屏县石泉镇上湾村12组8号')).toBe('青屏县石泉镇上湾村****')
    expect(maskAddress('云泽市云津区鼓楼街道人民路8号')).toBe('云泽市云津区鼓楼街道****')
    expect(maskAddress('313 Lockman Row Suite 4')).not.toContain('Lockman')
  })
})

test('the strongest basis wins: the whole record before its summary, treatment before the others', () => {
  expect(strongest([])).toBeNull()
  expect(
    strongest([
      { basis: 'treatment', depth: 'summary' },
      { basis: 'emergency', depth: 'full' },
    ]),
  ).toEqual({ basis: 'emergency', depth: 'full' })
  expect(
    strongest([
      { basis: 'referral', depth: 'full' },
      { basis: 'treatment', depth: 'full' },
    ]),
  ).toEqual({ basis: 'treatment', depth: 'full' })
  expect(strongest([{ basis: 'curiosity', depth: 'full' }])).toBeNull()
})

describe('FHIR', () => {
  const received = receivedPatient(
    {
      resourceType: 'Patient',
      identifier: [
        {
          use: 'official',
          system: 'http://hl7.org/fhir/sid/us-ssn',
          value: '999-22-1962',
          type: { text: 'SSN' },
        },
      ],
      name: [{ use: 'official', family: 'Koepp', given: ['Abdul'], prefix: ['Mr.'] }],
      telecom: [{ system: 'phone', value: '555-978-4581', use: 'home' }],
      gender: 'male',
      birthDate: '1956-08-03',
      address: [{ line: ['313 Lockman Row'], city: 'Peabody', state: 'Massachusetts' }],
    },
    today,
  )
  const person = { residentId: 'r', ...received }
  const stored = storedPatient(person, '1.sealed')
  const hidden = hiddenOf(received.numbers, received.telecom, received.phone)
  const shownTo = (inFull: boolean, inside = hidden) =>
    JSON.parse(presentedPatient(JSON.stringify(stored), () => JSON.stringify(inside), inFull))

  test('a Patient that came in goes out with everything it said', () => {
    expect(shownTo(true)).toMatchObject({
      identifier: [
        {
          use: 'official',
          system: 'http://hl7.org/fhir/sid/us-ssn',
          value: '999-22-1962',
          type: { text: 'SSN' },
        },
      ],
      name: [{ use: 'official', family: 'Koepp', given: ['Abdul'], prefix: ['Mr.'] }],
      telecom: [{ system: 'phone', value: '555-978-4581', use: 'home' }],
      gender: 'male',
      birthDate: '1956-08-03',
    })
  })

  test('the stored one holds no number, and whoever may not reveal reads masks', () => {
    expect(JSON.stringify(stored)).not.toMatch(/999-22|555-978/)
    const shown = JSON.stringify(shownTo(false))
    expect(shown).not.toMatch(/999-22-1962|978|sealed_/)
    expect(shown).toContain('****')
  })

  test('who has neither number nor telephone has no empty lists', () => {
    const { identifier, telecom } = hidden
    expect(shownTo(true, { identifier, telecom: [] })).not.toHaveProperty('telecom')
    expect(shownTo(true, { identifier: [], telecom })).toMatchObject({ telecom })
    expect(shownTo(true, { identifier: [], telecom: [] })).not.toHaveProperty('sealed_')
  })

  test('masked values that somebody writes back are not taken for real ones', () => {
    const back = shownTo(false)
    const again = receivedPatient({ ...back }, today)
    expect([again.numbers, again.telecom]).toEqual([[], null])
  })

  test('a Chinese name is told in its parts', () => {
    expect(storedPatient({ ...person, name: '欧阳明月', names: null }, '').name).toEqual([
      { use: 'official', text: '欧阳明月', family: '欧阳', given: ['明月'] },
    ])
  })
})
