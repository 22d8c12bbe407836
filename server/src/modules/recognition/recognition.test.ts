import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUnitless } from './actions/read-result.ts'
import { readGates } from './gate-lines.ts'
import { assessmentOn, narrower, reaches, weighResult } from './weigh-result.ts'

const now = new Date('2026-11-22T02:00:00Z')
const window = {
  ...{ since: '2024-01-01', until: null, validDays: 7, scope: 'city' as const, method: null },
  ...{ priceFen: 500, doseUsv: null, waitDays: 1, source: '本院', demonstration: false },
}
const passed = { id: 'g', scope: 'province' as const, passed: true, since: '2026-01-01', until: '2026-12-31' }
const near = { from: '990102', to: '990103', agreed: false }
const result = {
  status: 'final',
  at: new Date('2026-11-20T02:00:00Z'),
  value: '4.2 mmol/L',
  unitless: false,
  method: null,
  own: false,
}
const weigh = (change: object = {}, known: object = {}) =>
  weighResult({ ...result, ...change }, { window, assessments: [passed], between: near, now, ...known })

describe('a result of another member', () => {
  test('stands for a new one within its window and with the mark of item and assessment, the narrower', () => {
    expect(weigh()).toMatchObject({ why: null, mark: 'city', assessment: { id: 'g' } })
    expect(narrower('national', 'alliance')).toBe('alliance')
  })

  test('counts to the last day of its window and not beyond, by the calendar of China', () => {
    expect(weigh({ at: new Date('2026-11-14T16:00:01Z') }).why).toBeNull()
    expect(weigh({ at: new Date('2026-11-14T15:59:59Z') }).why).toBe('out-of-window')
  })

  test('needs an assessment passed on its day; a later failure decides, an earlier does not', () => {
    expect(weigh({}, { assessments: [] }).why).toBe('no-quality')
    const failed = { ...passed, passed: false, since: '2026-11-01' }
    expect(weigh({}, { assessments: [passed, failed] }).why).toBe('failed-quality')
    expect(
      weigh(
        { at: new Date('2026-10-31T00:00:00Z') },
        { assessments: [passed, failed], window: { ...window, validDays: 60 } },
      ).why,
    ).toBeNull()
    expect(
      assessmentOn([{ ...passed, since: '2025-01-01', passed: false }, passed], '2026-06-01')?.passed,
    ).toBe(true)
  })

  test('is of the method that is asked for, and says so', () => {
    const strict = { window: { ...window, method: '己糖激酶法' } }
    expect(weigh({}, strict).why).toBe('method-unknown')
    expect(weigh({ method: '葡萄糖氧化酶法' }, strict).why).toBe('other-method')
    expect(weigh({ method: '己糖激酶法 ' }, strict).why).toBeNull()
  })

  test('must be final, dated and say something', () => {
    expect(weigh({ status: 'preliminary' }).why).toBe('not-final')
    expect(weigh({ at: null }).why).toBe('no-date')
    expect(weigh({ at: new Date(now.getTime() + 3_600_000) }).why).toBe('in-the-future')
    expect(weigh({ at: new Date(now.getTime() + 60_000) }).why).toBeNull()
    expect(weigh({ value: '' }).why).toBe('no-value')
  })

  test('that is a number must say its unit', () => {
    expect(weigh({ unitless: true }).why).toBe('no-unit')
    expect(weigh({ unitless: true, own: true }).why).toBe('no-unit')
  })

  test('of one’s own house needs no mark', () => {
    expect(weigh({ own: true }, { assessments: [] })).toMatchObject({ why: null, mark: null })
  })
})

test('only a number needs a unit, also in one of several parts or written as text', () => {
  const pressure = (unit: object) => ({
    component: [{ valueQuantity: { value: 120, unit: 'mmHg' } }, { valueQuantity: { value: 80, ...unit } }],
  })
  const bare = [
    { valueQuantity: { value: 4.2 } },
    { valueInteger: 12 },
    { valueString: '<0.5' },
    pressure({}),
  ].map(isUnitless)
  expect(bare).toEqual([true, true, true, true])
  const said = [
    { valueQuantity: { value: 4.2, unit: 'mmol/L' } },
    { valueQuantity: { value: 1.1, code: '1' } },
    { valueString: '阴性' },
    { valueString: '1:64' },
    pressure({ code: 'mm[Hg]' }),
    {},
  ].map(isUnitless)
  expect(said).toEqual([false, false, false, false, false, false])
})

test('a mark reaches as far as its scope, an agreement further', () => {
  const between = { from: '990102', to: '990203', agreed: false }
  expect(reaches('city', between)).toBe(false)
  expect(reaches('province', between)).toBe(true)
  expect(reaches('province', { ...between, to: '420102' })).toBe(false)
  expect(reaches('national', { ...between, to: null })).toBe(true)
  expect(reaches('alliance', near)).toBe(false)
  expect(reaches('alliance', { ...near, agreed: true })).toBe(true)
})

test('a wider mark never reaches less far', () => {
  const order = ['alliance', 'city', 'province', 'national'] as const
  const code = fc.stringMatching(/^[0-9]{6}$/)
  fc.assert(
    fc.property(code, code, fc.boolean(), fc.integer({ min: 0, max: 2 }), (from, to, agreed, i) => {
      const [narrow, wide] = [order[i] as 'city', order[i + 1] as 'city']
      return !reaches(narrow, { from, to, agreed }) || reaches(wide, { from, to, agreed })
    }),
  )
})

test('an import names the first mistake of each line', () => {
  const row = (line: number, text: string) => ({ line, cells: text.split(',') })
  const { lines, problems } = readGates([
    row(1, '机构编码,项目编码,级别,质评机构,年度,结果,起始日,截止日'),
    row(2, 'LEAD,K,省,省临检中心,2026,合格,2026-01-01,2026-12-31'),
    row(3, 'LEAD,K,镇,省临检中心,2026,合格,2026-01-01,2026-12-31'),
    row(4, 'LEAD,K,市,省临检中心,2026,优,2026-01-01,2026-12-31'),
    row(5, 'LEAD,K,市,省临检中心,2026,不合格,2026-12-01,2026-11-30'),
  ])
  expect(lines).toHaveLength(1)
  expect(problems.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '3 scope',
    '4 result',
    '5 until',
  ])
})
