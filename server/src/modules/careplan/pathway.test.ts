import type { FactName, PathwayStep } from '@tongmai/api/careplan/pathway'
import { describe, expect, test } from 'vitest'
import { dayOf } from '../../kernel/day.ts'
import { compareSteps } from './compare-steps.ts'
import { examples } from './example-pathway.ts'
import { type Fact, weighSteps } from './weigh-step.ts'

const guideline = (code: string) => ({ code, name: code, mark: 'S22', note: '' })
const codes = ['publicHealth', 'tieredCare', 'hypertensionReferral', 'hypertensionTiers', 'longPrescription']
const guidelines = new Map(codes.map((code) => [code, guideline(code)]))
const { steps } = examples.hypertension
const today = '2026-11-25'
const known = (facts: Partial<Record<FactName, Fact['value']>>, on = '2026-11-20') =>
  new Map(Object.entries(facts).map(([name, value]) => [name as FactName, { value, on }]))
const record = (step: string, day: string, outcome: 'done' | 'skipped' = 'done') => ({
  ...{ id: step, step, outcome, at: new Date(`${day}T04:00:00Z`), by: null, reason: null },
  ...{ note: '', form: null, answers: null },
})
const weigh = (facts: ReturnType<typeof known>, records: ReturnType<typeof record>[] = [], of = steps) =>
  weighSteps(of, { facts, guidelines, today, dayOf, last: new Map(records.map((one) => [one.step, one])) })
const stateOf = (weighed: ReturnType<typeof weigh>, code: string) =>
  weighed.steps.find((one) => one.step.code === code)?.state

describe('a pathway', () => {
  test('proposes what is urgent before what is first, and says by which number', () => {
    expect(weigh(known({ enrolled: false })).next).toBe('enrol')
    const urgent = weigh(known({ enrolled: false, systolic: 184, diastolic: 96 }))
    expect(urgent.next).toBe('refer-urgent')
    expect(urgent.steps.find((one) => one.step.code === 'refer-urgent')?.because).toMatchObject([
      { fact: 'systolic', value: 184, wanted: 180, holds: true },
      { fact: 'diastolic', holds: false },
      { fact: 'lastVerdict', value: null, holds: null },
    ])
  })

  test('has every step without a guideline off, whatever the facts', () => {
    const off = steps.filter((step) => step.guideline === null).map((step) => step.code)
    const weighed = weigh(known({ systolic: 150, diastolic: 95 }))
    expect(off.map((code) => stateOf(weighed, code))).toEqual(off.map(() => 'off'))
  })

  test('says of a step that what decides it is not known', () => {
    expect(stateOf(weigh(known({ enrolled: true })), 'refer-twice')).toBe('unknown')
    expect(stateOf(weigh(known({ enrolled: true, unsatisfactoryRun: 1 })), 'refer-twice')).toBe('later')
  })

  test('does not propose again what was done or refused, until it is due or what it rests on is newer', () => {
    const facts = known({ enrolled: true, unsatisfactoryRun: 2, lastVerdict: 'unsatisfactory' }, '2026-11-10')
    expect(stateOf(weigh(facts, [record('refer-twice', '2026-11-10', 'skipped')]), 'refer-twice')).toBe(
      'skipped',
    )
    expect(stateOf(weigh(facts, [record('refer-twice', '2026-11-09', 'skipped')]), 'refer-twice')).toBe('now')
    expect(stateOf(weigh(facts, [record('after-referral', '2026-11-20')]), 'after-referral')).toBe('done')
    expect(stateOf(weigh(facts, [record('after-referral', '2026-11-11')]), 'after-referral')).toBe('now')
  })
})

test('two versions are compared step by step by their code: what is new, gone, changed, and whether the order is', () => {
  const [a, b, c] = steps as [PathwayStep, PathwayStep, PathwayStep]
  const compared = compareSteps([a, b], [{ ...b, title: '换个说法' }, c])
  expect(compared.steps.map(({ code, kind, fields }) => [code, kind, fields])).toEqual([
    [b.code, 'changed', ['title']],
    [c.code, 'added', []],
    [a.code, 'removed', []],
  ])
  expect(compareSteps([a, b, c], [b, a, c])).toMatchObject({ moved: true })
  expect(compareSteps(steps, steps).steps.every((one) => one.kind === 'same')).toBe(true)
})
