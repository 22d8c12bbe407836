import type { InsuranceRule } from '@tongmai/api/benefit/rule'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseRule, directionOf, levelOf, type Occasion } from './choose-rule.ts'
import { type Chain, deductibleOf } from './deductible-chain.ts'
import { entitle } from './entitle.ts'
import { type Expected, estimateCost } from './estimate-cost.ts'
import { ageOn, capUsed } from './estimate-many.ts'
import { basisPointsOf, fenOf, readTariffs } from './tariff-lines.ts'

const rule = (more: Partial<InsuranceRule> = {}): InsuranceRule => ({
  ...{ id: 'r', area: '某地', scheme: 'any', category: 'any', level: 'tertiary', kind: 'inpatient' },
  ...{ contracted: 'any', referral: 'any', deductibleFen: 80_000, ratioBp: 6500 },
  ...{ ratioMinBp: null, ratioMaxBp: null, capFen: null },
  ...{ standing: 'local', since: '2026-01-01', until: null, source: 's', note: null },
  ...more,
})
const bill = (totalFen: number | null, coveredFen: number | null = totalFen): Expected => ({
  ...{ totalFen, coveredFen, from: 'given', note: '', unknown: [] },
})
const chain = (more: Partial<Chain> = {}): Chain => ({
  ...{ fullFen: 80_000, direction: null, referred: true, stays: 0, paidFen: null, gapDays: null },
  ...{ gapLimitDays: 15, waived: false, continues: false },
  ...more,
})
const fixed = (fen: number | null) => ({ fen, code: 'deductible.full' as const, note: '', unknown: [] })

describe('the deductible of a continuous episode', () => {
  const before = { stays: 1, paidFen: 50_000, gapDays: 3 }

  test('up costs the difference only: 800 − 500 = 300 yuan', () => {
    const up = deductibleOf(chain({ ...before, direction: 'up' }))
    expect(up).toMatchObject({ fen: 30_000, code: 'deductible.up', note: '800.00 − 500.00' })
    expect(deductibleOf(chain({ ...before, direction: 'up', paidFen: 90_000 })).fen).toBe(0)
  })

  test('down and sideways cost none', () => {
    expect(deductibleOf(chain({ ...before, direction: 'down' })).fen).toBe(0)
    expect(deductibleOf(chain({ ...before, direction: 'sideways' })).fen).toBe(0)
  })

  test('without a valid referral, after too many days, or at the first stay all of it is due', () => {
    expect(deductibleOf(chain({ ...before, direction: 'up', referred: false })).fen).toBe(80_000)
    expect(deductibleOf(chain({ ...before, direction: 'down', gapDays: 16 }))).toMatchObject({
      fen: 80_000,
      code: 'deductible.gap-too-long',
      note: '16 > 15',
    })
    expect(deductibleOf(chain()).code).toBe('deductible.full-no-stay')
  })

  test('what nobody knows stays unknown: the limit, what was paid, the stay before', () => {
    const unknown = (more: Partial<Chain>) => deductibleOf(chain({ ...before, direction: 'up', ...more }))
    expect(unknown({ gapLimitDays: null })).toMatchObject({ fen: null, unknown: ['gap-limit'] })
    expect(unknown({ paidFen: null })).toMatchObject({ fen: null, unknown: ['paid'] })
    expect(unknown({ stays: 0, continues: true })).toMatchObject({ fen: null, unknown: ['stays'] })
    expect(unknown({ fullFen: null })).toMatchObject({ fen: null, unknown: ['deductible'] })
    expect(unknown({ fullFen: null, waived: true })).toMatchObject({ fen: 0, unknown: [] })
  })

  test('it is never negative, never more than the full one, and falls with what was paid', () => {
    const amount = fc.nat(500_000)
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.constantFrom('up', 'down', 'sideways' as const),
        (full, a, b, way) => {
          const due = (paidFen: number) =>
            deductibleOf(chain({ ...before, fullFen: full, paidFen, direction: way as Chain['direction'] }))
              .fen ?? -1
          expect(due(a)).toBeGreaterThanOrEqual(0)
          expect(due(a)).toBeLessThanOrEqual(full)
          expect(due(Math.max(a, b))).toBeLessThanOrEqual(due(Math.min(a, b)))
        },
      ),
    )
  })
})

describe('an estimate', () => {
  test('3 000 yuan at a first-tier place of 蚌山区: (3000 − 200) × 85 % = 2 380, own 620', () => {
    const made = estimateCost(bill(300_000), rule({ deductibleFen: 20_000, ratioBp: 8500 }), fixed(20_000))
    expect(made).toMatchObject({ insuranceFen: 238_000, ownFen: 62_000, ratio: 0.85, unknown: [] })
  })

  test('what lies outside the catalogue is the patient’s: 10 000 of which 9 500 count, (9500 − 900) × 60 % = 5 160', () => {
    const made = estimateCost(bill(1_000_000, 950_000), rule({ ratioBp: 6000 }), fixed(90_000))
    expect(made).toMatchObject({ insuranceFen: 516_000, ownFen: 484_000 })
  })

  test('half a fen is the patient’s: (100.01 − 0) × 65 % = 65.0065, insurance 65.00', () => {
    expect(estimateCost(bill(10_001), rule(), fixed(0))).toMatchObject({ insuranceFen: 6500, ownFen: 3501 })
  })

  test('a source that gives a deductible and no ratio leaves the shares unknown', () => {
    const made = estimateCost(bill(300_000), rule({ ratioBp: null }), fixed(80_000))
    expect(made).toMatchObject({ totalFen: 300_000, insuranceFen: null, ownFen: null, deductibleFen: 80_000 })
    expect(made.unknown).toEqual(['ratio'])
    const range = estimateCost(
      bill(300_000),
      rule({ ratioBp: null, ratioMinBp: 4500, ratioMaxBp: 7500 }),
      fixed(0),
    )
    expect(range.working.find(({ code }) => code === 'ratio.range')?.note).toBe('45%–75%')
  })

  test('a cap ends what insurance pays, and that its use this year is unknown is said', () => {
    const made = estimateCost(bill(1_000_000), rule({ capFen: 300_000 }), fixed(0))
    expect(made).toMatchObject({ insuranceFen: 300_000, ownFen: 700_000, unknown: ['cap-used'] })
  })

  test('own and insurance add up, neither is negative, and more deductible never means more insurance', () => {
    const total = fc.nat(100_000_000)
    fc.assert(
      fc.property(total, fc.nat(10_000), fc.nat(500_000), fc.nat(500_000), (sum, ratioBp, a, b) => {
        const at = (deductible: number, ratio = ratioBp) =>
          estimateCost(bill(sum, Math.floor(sum * 0.9)), rule({ ratioBp: ratio }), fixed(deductible))
        const one = at(a)
        expect((one.ownFen ?? Number.NaN) + (one.insuranceFen ?? Number.NaN)).toBe(sum)
        expect(Math.min(one.ownFen ?? -1, one.insuranceFen ?? -1)).toBeGreaterThanOrEqual(0)
        expect(at(Math.max(a, b)).insuranceFen).toBeLessThanOrEqual(at(Math.min(a, b)).insuranceFen ?? -1)
        expect(at(a, Math.min(10_000, ratioBp + 100)).insuranceFen).toBeGreaterThanOrEqual(
          one.insuranceFen ?? 0,
        )
      }),
    )
  })
})

describe('the rule of an occasion', () => {
  const occasion: Occasion = {
    ...{ scheme: 'resident', category: 'general', level: 'tertiary', kind: 'inpatient' },
    ...{ contracted: true, referred: true, on: '2026-11-22' },
  }

  test('is the most exact that fits, chosen by the day of the fact', () => {
    const general = rule({ id: 'general' })
    const exact = rule({ id: 'exact', contracted: 'yes', referral: 'referred' })
    const old = rule({ id: 'old', since: '2025-01-01', until: '2025-12-31' })
    const rules = [old, general, exact]
    expect(chooseRule(rules, occasion)?.id).toBe('exact')
    expect(chooseRule(rules, { ...occasion, contracted: false })?.id).toBe('general')
    expect(chooseRule(rules, { ...occasion, on: '2025-06-01' })?.id).toBe('old')
    expect(chooseRule(rules, { ...occasion, level: 'primary' })).toBe(null)
  })

  test('the level is the tier inside the area, and outside it by province', () => {
    const place = { tier: 'secondary', division: '990102001' } as const
    expect(levelOf(place, '9901')).toBe('secondary')
    expect(levelOf(place, '9902')).toBe('outsideArea')
    expect(levelOf(place, '9802')).toBe('outsideProvince')
    expect(levelOf(place, null)).toBe(null)
    expect(directionOf('secondary', 'tertiary')).toBe('up')
    expect(directionOf(null, 'tertiary')).toBe(null)
  })
})

test('at sixty, critically ill, contracted and referred nothing is paid first; one of them wanting, the reason is told', () => {
  const asks = { minAge: 60, critical: true, contracted: true, referred: true, kind: null }
  const rules = [{ id: 'w', code: 'noDeductible' as const, ...asks, source: '003', since: null, until: null }]
  const claim = { age: 60, critical: true, contracted: true, referred: true, kind: null, on: '2026-11-22' }
  const of = (more: object) =>
    entitle(rules, { ...claim, ...more }).find(({ code }) => code === 'noDeductible')
  expect(of({})).toEqual({ code: 'noDeductible', granted: true, reason: 'granted', ruleId: 'w' })
  expect(of({ age: 59 })?.reason).toBe('too-young')
  expect(of({ age: null })?.reason).toBe('age-unknown')
  expect(of({ contracted: false })).toMatchObject({ granted: false, reason: 'not-contracted' })
  expect(entitle(rules, claim).find(({ code }) => code === 'freeTransport')?.reason).toBe('no-rule')
  expect(ageOn('1966-11-23', '2026-11-22')).toBe(59)
  expect(ageOn('1966-11-22', '2026-11-22')).toBe(60)
})

describe('a yearly cap', () => {
  const need = { residentId: null, kind: 'inpatient', on: '2026-11-20', referred: true } as const
  const stay = (dischargedOn: string | null, insurancePaidFen: number | null) => ({
    ...({ episode: 'e', tier: 'tertiary', admittedOn: '2026-10-01', deductiblePaidFen: 0 } as const),
    ...{ dischargedOn, insurancePaidFen },
  })
  const capUse = { asOf: '2026-06-30', usedFen: 100_000 }

  test('is used up by what was stated and by what stays have added since', () => {
    const stays = [stay('2026-10-10', 50_000), stay('2026-05-01', 70_000), stay(null, null)]
    expect(capUsed({ capUse, stays }, need)).toBe(150_000)
    expect(capUsed({ capUse, stays: [stay('2026-10-10', null)] }, need)).toBeNull()
    expect(capUsed({ capUse: null, stays }, need)).toBeNull()
  })

  test('leaves what is left of it: of 1 000 yuan with 700 used, insurance pays 300 of a share of 6 000', () => {
    const capped = rule({ capFen: 100_000, ratioBp: 6000, deductibleFen: 0 })
    const left = estimateCost(bill(1_000_000), capped, fixed(0), 70_000)
    expect([left.insuranceFen, left.ownFen, left.unknown]).toEqual([30_000, 970_000, []])
    const unsaid = estimateCost(bill(1_000_000), capped, fixed(0))
    expect([unsaid.insuranceFen, unsaid.unknown]).toEqual([100_000, ['cap-used']])
  })
})

test('a price list is read line by line, each mistake with its line', () => {
  expect([fenOf('1,234.5'), fenOf('12元'), fenOf('1.234'), fenOf('-3')]).toEqual([
    123_450,
    1200,
    undefined,
    undefined,
  ])
  expect([basisPointsOf('15%'), basisPointsOf(''), basisPointsOf('101')]).toEqual([1500, null, undefined])
  const row = (line: number, text: string) => ({ line, cells: text.split(',') })
  const { lines, problems } = readTariffs([
    row(1, '编码,名称,单位,级别,价格,先行自付比例,起始日,来源'),
    row(2, 'CT,胸部CT,次,三级,220,10,2026-01-01,价目表'),
    row(3, 'CT,胸部CT,次,三级,230,10,2026-01-01,价目表'),
    row(4, 'MR,磁共振,次,四级,480,,2026-01-01,价目表'),
  ])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ priceFen: 22_000, selfPayBp: 1000, tier: 'tertiary' })
  expect(problems.map(({ line, problem }) => [line, problem])).toEqual([
    [3, 'twice'],
    [4, 'tier'],
  ])
})
