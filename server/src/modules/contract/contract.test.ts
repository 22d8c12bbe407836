import { type ContractStatus, contractFlow, isInForce, statuses } from '@tongmai/api/contract/flow'
import type { ServiceItem, ServicePeriod } from '@tongmai/api/contract/package'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueServices } from './due-services.ts'
import { feeOf, sumOf } from './fee.ts'
import { inBatches, sheetRows } from './read-sheet.ts'
import { factorOf, shareFee, splitByPoints } from './share-fee.ts'
import { columnsOf, readLine, twice } from './sheet-line.ts'
import { metresBetween, suspicionsOf } from './suspicion.ts'
import { endOf, monthsAfter } from './term.ts'

const item = (period: ServicePeriod, times = 1): ServiceItem => ({
  ...{ code: 'x', name: '项目', times, period, performer: 'physician', evidence: [], shares: [] },
})

describe('the flow', () => {
  test('lets nothing follow an end, and binds in two states only', () => {
    const ends = statuses.filter((one) => Object.keys(contractFlow[one]).length === 0)
    expect(ends).toEqual<ContractStatus[]>(['renewed', 'teamChanged', 'rescinded', 'terminated'])
    expect(statuses.filter(isInForce)).toEqual(['active', 'expiring'])
  })
})

describe('the term', () => {
  test('ends the day before the same day a year later, also from the end of February', () => {
    expect(endOf('2026-11-23', 12)).toBe('2027-11-22')
    expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28')
    expect(endOf('2028-02-29', 12)).toBe('2029-02-27')
  })
})

describe('what a contract owes', () => {
  test('is four visits for one each quarter, each within its quarter', () => {
    const dues = dueServices([item('quarter')], '2026-11-23', '2027-11-22')
    expect(dues.map((one) => [one.dueFrom, one.dueOn])).toEqual([
      ['2026-11-23', '2027-02-22'],
      ['2027-02-23', '2027-05-22'],
      ['2027-05-23', '2027-08-22'],
      ['2027-08-23', '2027-11-22'],
    ])
  })

  test('lies within the term, in order, each span used by its number of times', () => {
    const period = fc.constantFrom<ServicePeriod>('once', 'year', 'halfYear', 'quarter', 'month')
    const start = fc
      .integer({ min: 0, max: 2000 })
      .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        period,
        fc.integer({ min: 1, max: 6 }),
        start,
        fc.constantFrom(12, 24, 36),
        (p, times, from, months) => {
          const to = endOf(from, months)
          const dues = dueServices([item(p, times)], from, to)
          const spans = {
            once: 1,
            year: months / 12,
            halfYear: months / 6,
            quarter: months / 3,
            month: months,
          }
          // A term from the end of a month may hold one short span more.
          expect(dues.length / times - spans[p as 'once']).toBeLessThanOrEqual(1)
          expect(dues.length / times).toBeGreaterThanOrEqual(spans[p as 'once'])
          for (const [i, due] of dues.entries()) {
            expect(due.dueFrom >= from && due.dueOn <= to && due.dueFrom <= due.dueOn).toBe(true)
            const before = dues[i - 1]
            if (before) expect(due.dueFrom > before.dueFrom && due.dueOn > before.dueOn).toBe(true)
          }
        },
      ),
    )
  })

  test('costs what the sources pay, to the fen', () => {
    const share = fc.record({
      source: fc.constantFrom('insurance' as const, 'publicHealth' as const, 'personal' as const),
      fen: fc.integer({ min: 0, max: 100_000 }),
    })
    fc.assert(
      fc.property(fc.array(share, { maxLength: 3 }), fc.array(share, { maxLength: 3 }), (fee, shares) => {
        const packages = [{ fee, items: [{ ...item('quarter'), shares }] }]
        expect(sumOf(feeOf(packages, 12))).toBe(sumOf(fee) + 4 * sumOf(shares))
        expect(sumOf(feeOf(packages, 24))).toBe(2 * sumOf(feeOf(packages, 12)))
      }),
    )
  })
})

describe('deliveries that look odd', () => {
  const centre = { latitude: 30, longitude: 120 }
  const limits = { neverLeftMetres: 150, twoPlacesMetres: 500, sameReadingsCount: 3 }
  const at = new Date('2026-11-23T10:00:20Z')
  const one = { serviceId: 'a', residentId: 'r1', at, place: centre, readings: 'bp=130' }

  test('are a home visit at the centre, two places in one minute, the same readings of three people', () => {
    const far = { latitude: 30.01, longitude: 120 }
    expect(metresBetween(centre, far)).toBeCloseTo(1112, 0)
    const others = [
      { ...one, serviceId: 'b', residentId: 'r2', at: new Date('2026-11-23T10:00:50Z'), place: far },
      { ...one, serviceId: 'c', residentId: 'r3', place: null },
    ]
    const found = suspicionsOf(one, { centre, isHomeVisit: true, others, limits })
    expect(found.map((each) => each.kind)).toEqual(['neverLeft', 'twoPlaces', 'sameReadings'])
    expect(suspicionsOf({ ...one, place: far }, { centre, isHomeVisit: true, others: [], limits })).toEqual(
      [],
    )
  })
})

describe('a spreadsheet', () => {
  test('is read as Excel writes it, and each line says what is wrong with it by itself', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('名单')
    sheet.addRow(['姓名', '身份证号', '签约年限'])
    // Division 990102 is no real one.
    for (const row of [
      ['甲', '990102195804120017', '2 年'],
      ['乙', '990102195804120018', ''],
      ['', '990102195804120017', ''],
      ['甲', '990102195804120017', '7'],
    ]) {
      sheet.addRow(row)
    }
    const rows = []
    const bytes = new Uint8Array(await book.xlsx.writeBuffer())
    for await (const batch of inBatches(sheetRows(bytes), 2)) rows.push(...batch)
    const [heading, ...lines] = rows
    const columns = heading && columnsOf(heading)
    if (!columns) throw new Error('no columns')
    const seen = new Map<string, number>()
    const read = lines.map((row) => readLine(row, columns, '2026-11-23'))
    expect(read.map((one) => [one.line, one.months, one.wrong?.problem])).toEqual([
      [2, 24, undefined],
      [3, null, 'idCheck'],
      [4, null, 'nameMissing'],
      [5, 84, 'monthsWrong'],
    ])
    expect(read.map((one) => twice(one, seen)?.details.first)).toEqual([undefined, undefined, 2, 2])
  })
})

describe('sharing a fee out', () => {
  const points = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 })

  test('gives away the whole amount, each within a fen of their part, the same every time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), points, (fen, of) => {
        const total = of.reduce((sum, one) => sum + one, 0)
        const shares = splitByPoints(fen, of)
        expect(shares).toEqual(splitByPoints(fen, of))
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(total > 0 ? fen : 0)
        for (const [at, one] of of.entries()) {
          if (total > 0) expect(Math.abs((shares[at] ?? 0) - (fen * one) / total)).toBeLessThan(1 + 1e-6)
        }
      }),
    )
    expect(splitByPoints(100, [1, 1, 1])).toEqual([34, 33, 33])
  })

  const rate = fc.option(
    fc.nat(1000).chain((should) => fc.nat(should).map((have) => ({ have, should }))),
    { nil: null },
  )
  const funds = ['insurance', 'publicHealth', 'personal'] as const
  test('keeps a ledger that adds up to nothing, whatever it is calculated from', () => {
    fc.assert(
      fc.property(
        fc.tuple(rate, rate, rate),
        points,
        fc.array(fc.nat(500_000_000), { maxLength: 3 }),
        (rates, of, fens) => {
          const [fulfilment, satisfaction, control] = rates
          const made = shareFee({
            ...{ contracts: 1, fulfilment, satisfaction, control, ruleSource: '' },
            fee: fens.map((fen, at) => ({ source: funds[at] ?? 'commercial', fen })),
            rule: {
              weights: { fulfilment: 60, satisfaction: 20, control: 20 },
              points: {} as never,
              leaderPoints: 0,
            },
            members: of.map((one, at) => ({
              ...{ practitionerId: String(at), name: '', kind: 'nurse' as const, leads: false, points: one },
            })),
          })
          expect(made.entries.reduce((sum, one) => sum + one.fen, 0)).toBe(0)
          expect(made.feeFen).toBe(fens.reduce((sum, one) => sum + one, 0))
          expect(made.sharedFen).toBeLessThanOrEqual(made.feeFen)
          expect(made.entries.every((one) => Number.isInteger(one.fen))).toBe(true)
        },
      ),
    )
  })

  test('leaves out what nobody knows, and lets the others carry its weight', () => {
    const weights = { fulfilment: 60, satisfaction: 20, control: 20 }
    const none = { satisfaction: null, control: null }
    expect(factorOf({ fulfilment: { have: 90, should: 100 }, ...none }, weights)).toBe(900)
    expect(factorOf({ fulfilment: null, ...none }, weights)).toBe(1000)
    expect(
      factorOf(
        { fulfilment: { have: 50, should: 100 }, satisfaction: null, control: { have: 1, should: 1 } },
        weights,
      ),
    ).toBe(625)
  })
})
