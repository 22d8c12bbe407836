import { measures, readingKinds, type SeriesKind, seriesKind } from '@tongmai/api/careplan/reading'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkReading, type Reading } from './check-reading.ts'
import { type AlertRule, type DayMean, findAlerts } from './find-alerts.ts'

const now = new Date('2026-11-25T08:00:00Z')
const between = { now, since: new Date('2026-11-01T00:00:00Z'), oldest: new Date('2024-11-13') }
const at = '2026-11-25T07:00:00Z'
const check = (more: object) =>
  checkReading({ seq: 1, at, kind: 'temperature', value: 36.6, ...more }, between)

describe('a reading', () => {
  test('of −4 °C, from tomorrow, from before the loan or of a kind nobody knows is named as what it is', () => {
    expect(check({})).toMatchObject({ reading: { value: 36.6, value2: null } })
    expect(check({ value: -4 })).toEqual({ problem: 'careplan.reading-implausible' })
    expect(check({ at: '2026-11-26T08:00:00Z' })).toEqual({ problem: 'careplan.reading-in-future' })
    expect(check({ at: '2026-10-31T23:59:59Z' })).toEqual({ problem: 'careplan.reading-before-loan' })
    expect(check({ at: '2024-11-12T23:59:59Z' })).toEqual({ problem: 'careplan.reading-too-old' })
    expect(check({ kind: 'mood' })).toEqual({ problem: 'careplan.reading-kind-unknown' })
    for (const more of [
      { at: 'yesterday' },
      { kind: 'steps', value: 1.5 },
      { value: '36' },
      { seq: -1 },
      { seq: 1.5 },
      { at: 7 },
    ])
      expect(check(more)).toEqual({ problem: 'careplan.reading-not-understood' })
  })

  test('may be five minutes ahead, as clocks go wrong, and no more', () => {
    expect(check({ at: '2026-11-25T08:05:00Z' })).toHaveProperty('reading')
    expect(check({ at: '2026-11-25T08:05:01Z' })).toHaveProperty('problem')
  })

  test('of blood pressure has two numbers, the upper above the lower', () => {
    const pressure = (value: number, value2?: unknown) => check({ kind: 'bloodPressure', value, value2 })
    expect(pressure(130, 80)).toMatchObject({ reading: { value: 130, value2: 80 } })
    for (const wrong of [pressure(130), pressure(80, 130), pressure(80, 80), pressure(130, '80')])
      expect(wrong).toEqual({ problem: 'careplan.reading-implausible' })
  })

  test('of an ECG is a strip: so many samples a second, within what a lead can carry', () => {
    const strip = (more: object) => check({ kind: 'ecg', hertz: 250, samples: [0.1, -0.2], ...more })
    expect(strip({})).toMatchObject({ strip: { hertz: 250, samples: [0.1, -0.2] } })
    for (const more of [{ samples: [] }, { samples: ['1'] }, { hertz: 0 }, { samples: 'no' }])
      expect(strip(more)).toEqual({ problem: 'careplan.reading-not-understood' })
    for (const more of [{ samples: [21] }, { hertz: 5000 }])
      expect(strip(more)).toEqual({ problem: 'careplan.reading-implausible' })
  })

  test('is understood within its bounds or named, whatever a device sends', () => {
    const near = fc.record({
      seq: fc.oneof(fc.nat(), fc.anything()),
      at: fc.oneof(
        fc.date({ noInvalidDate: true }).map((one) => one.toISOString()),
        fc.anything(),
      ),
      kind: fc.oneof(fc.constantFrom(...readingKinds), fc.anything()),
      value: fc.oneof(fc.double(), fc.anything()),
      value2: fc.oneof(fc.double(), fc.anything()),
    })
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (raw) => {
        const checked = checkReading(raw, between)
        if ('problem' in checked) return checked.problem.startsWith('careplan.reading-')
        if ('strip' in checked) return checked.strip.samples.length > 0
        const { kind, value, value2, at: when } = checked.reading
        const { least, most, two } = measures[kind]
        const second = two ? value2 !== null && value2 >= two.least && value2 <= two.most : value2 === null
        return value >= least && value <= most && second && when >= between.since
      }),
    )
  })
})

const rule = (more: Partial<AlertRule>): AlertRule => ({
  ...{ code: 'x', kind: 'bloodPressure', way: 'threshold', part: 1, level: 'warn', least: null, most: null },
  ...{ spanHours: 0, amount: null, minutes: 30, name: 'x', source: 'x', ...more },
})
let seq = 0
const reading = (kind: SeriesKind, value: number, more: Partial<Reading> = {}): Reading => ({
  ...{ seq: seq++, at: now, kind, value, value2: null, ...more },
})
const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)
const days = (kind: string, means: readonly number[], more: Partial<DayMean> = {}): DayMean[] =>
  means.map((mean, n) => ({
    ...{ kind, mean, least: mean, most: mean, mean2: null, least2: null, most2: null, n: 1 },
    day: dayOf(new Date(now.getTime() - (means.length - 1 - n) * 86_400_000)),
    ...more,
  }))
const found = (one: AlertRule, readings: readonly Reading[], past: readonly DayMean[] = []) =>
  findAlerts([one], readings, { days: past, dayOf }).map(({ reading: { value } }) => value)

describe('a rule', () => {
  test('of a threshold speaks of the worst reading, not of the first, and leaves its limits alone', () => {
    const high = rule({ most: 179.9 })
    const pressures = [150, 181, 195, 182].map((value) => reading('bloodPressure', value, { value2: 90 }))
    expect(found(high, pressures)).toEqual([195])
    expect(found(high, [reading('bloodPressure', 179)])).toEqual([])
    const low = rule({ kind: 'glucose', least: 3.95 })
    expect(found(low, [reading('glucose', 3.9), reading('glucose', 2.8)])).toEqual([2.8])
    expect(found(low, [reading('weight', 2)])).toEqual([])
  })

  test('of the second number judges the lower pressure', () => {
    const diastolic = rule({ part: 2, most: 109.9 })
    expect(found(diastolic, [reading('bloodPressure', 150, { value2: 112 })])).toEqual([150])
    expect(found(diastolic, [reading('bloodPressure', 170, { value2: 90 })])).toEqual([])
    const lasting = rule({ part: 2, way: 'duration', most: 94.9, spanHours: 168 })
    const past = (least2: number) =>
      days('bloodPressure', [150, 150, 150, 150, 150, 150, 150], { least2, most2: 110, mean2: 100 })
    expect(found(lasting, [reading('bloodPressure', 150)], past(96))).toEqual([150])
    expect(found(lasting, [reading('bloodPressure', 150)], past(80))).toEqual([])
  })

  test('of duration wants every day of the week beyond, on enough days', () => {
    const week = rule({ way: 'duration', most: 150, spanHours: 168 })
    const last = [reading('bloodPressure', 155)]
    expect(found(week, last, days('bloodPressure', [155, 156, 152, 160, 151, 153, 155]))).toEqual([155])
    expect(found(week, last, days('bloodPressure', [155, 156, 152, 140, 151, 153, 155]))).toEqual([])
    expect(found(week, last, days('bloodPressure', [155, 155]))).toEqual([])
    expect(found(week, last, days('bloodPressure', [155, 156, 152]))).toEqual([])
  })

  test('of the personal baseline compares with this person’s own two weeks, and knows nothing without them', () => {
    const own = rule({ kind: 'heartRate', way: 'baseline', spanHours: 336, amount: 30 })
    const past = days('heartRate', [60, 62, 58, 60, 80])
    expect(found(own, [reading('heartRate', 80)], past)).toEqual([80])
    expect(found(own, [reading('heartRate', 75)], past)).toEqual([])
    expect(found(own, [reading('heartRate', 40)], past)).toEqual([40])
    expect(found(own, [reading('heartRate', 140)], days('heartRate', [60, 140]))).toEqual([])
  })

  test('of a trend sees two kilos in three days, and the way down where it is asked for', () => {
    const gain = rule({ kind: 'weight', way: 'trend', spanHours: 72, amount: 2 })
    expect(found(gain, [reading('weight', 72.1)], days('weight', [70, 70.8, 71.5, 72.1]))).toEqual([72.1])
    expect(found(gain, [reading('weight', 71.9)], days('weight', [70, 70.8, 71.5, 71.9]))).toEqual([])
    expect(found({ ...gain, amount: -2 }, [reading('weight', 68)], days('weight', [70.1, 68]))).toEqual([68])
  })

  test('looks back from the day of the reading: one that comes late is judged by what was before it', () => {
    const gain = rule({ kind: 'weight', way: 'trend', spanHours: 72, amount: 2 })
    const late = new Date(now.getTime() - 2 * 86_400_000)
    const past = days('weight', [69.5, 72, 70, 70])
    expect(found(gain, [reading('weight', 72, { at: late })], past)).toEqual([72])
    expect(found(gain, [reading('weight', 72, { at: late }), reading('weight', 70)], past)).toEqual([])
  })

  test('of silence is not for readings that came', () => {
    expect(found(rule({ way: 'silence', spanHours: 168 }), [reading('bloodPressure', 250)])).toEqual([])
  })

  test('finds the same in whatever order readings come', () => {
    const rules = [
      rule({ code: 'a', most: 179.9 }),
      rule({ code: 'b', kind: 'oxygen', least: 90 }),
      rule({ code: 'c', kind: 'weight', way: 'trend', spanHours: 72, amount: 2 }),
      rule({ code: 'd', kind: 'heartRate', way: 'baseline', spanHours: 336, amount: 30 }),
    ]
    const past = [...days('weight', [70, 70, 70]), ...days('heartRate', [60, 61, 62, 63])]
    const some = fc.uniqueArray(
      fc.record({
        minutes: fc.nat(5000),
        kind: fc.constantFrom(...seriesKind.options),
        value: fc.integer({ min: 40, max: 250 }),
      }),
      { selector: ({ minutes }) => minutes, maxLength: 20 },
    )
    fc.assert(
      fc.property(some, fc.nat(), (all, turn) => {
        const readings = all.map(({ minutes, kind, value }) =>
          reading(kind, value, { at: new Date(now.getTime() - minutes * 60_000) }),
        )
        const cut = turn % (readings.length + 1)
        const turned = [...readings.slice(cut), ...readings.slice(0, cut)].reverse()
        const say = (some: readonly Reading[]) =>
          findAlerts(rules, some, { days: past, dayOf }).map((one) => [one.rule.code, one.reading.value])
        expect(say(turned)).toEqual(say(readings))
      }),
    )
  })
})
