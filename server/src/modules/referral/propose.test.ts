import type { Rule, RuleConditions } from '@tongmai/api/referral/rule'
import { describe, expect, test } from 'vitest'
import { diagnosesOf, type Facts, type Known, proposalsOf, readingsOf } from './propose.ts'

const at = new Date('2026-11-23T09:00:00+08:00')
const ruleWith = (conditions: RuleConditions, signedBy: string | null = '周正'): Rule => ({
  ...{ code: 'up.test', since: '2026-01-01', until: null, direction: 'up', category: '高血压' },
  ...{ text: '血压 ≥ 180/110 mmHg', urgency: 'emergency', source: '指征', conditions, sort: 1 },
  ...{ signedAt: signedBy ? at : null, signedBy, editedAt: null, editedBy: null },
})
const known = (value: number | string, shown = String(value)): Known => ({ value, shown, at })
const pressure: RuleConditions = [
  [{ fact: 'systolic', is: 'atLeast', value: 180 }],
  [{ fact: 'diastolic', is: 'atLeast', value: 110 }],
]

describe('an indication is proposed', () => {
  test('where one group of conditions holds entirely, with what speaks for it', () => {
    const facts: Facts = new Map([
      ['systolic', [known(176)]],
      ['diastolic', [known(112, '112 mmHg')]],
    ])
    expect(proposalsOf([ruleWith(pressure)], facts)).toMatchObject([
      {
        code: 'up.test',
        because: [{ fact: 'diastolic', value: '112 mmHg' }],
        reason: expect.stringContaining('112 mmHg'),
      },
    ])
  })

  test('never without a signature, without conditions, or where a fact is unknown', () => {
    const facts: Facts = new Map([['systolic', [known(190)]]])
    expect(proposalsOf([ruleWith(pressure, null)], facts)).toEqual([])
    expect(proposalsOf([ruleWith([])], facts)).toEqual([])
    const both: RuleConditions = [
      [
        { fact: 'systolic', is: 'below', value: 90 },
        { fact: 'diagnosis', is: 'startsWith', value: 'K92' },
      ],
    ]
    expect(proposalsOf([ruleWith(both)], new Map([['systolic', [known(80)]]]))).toEqual([])
    const bleeding: Facts = new Map([
      ['systolic', [known(80)]],
      ['diagnosis', [known('K92.2')]],
    ])
    expect(proposalsOf([ruleWith(both)], bleeding)).toHaveLength(1)
  })

  test('at the edge as the words say: at least 180 is 180, above 30 is not 30', () => {
    expect(proposalsOf([ruleWith(pressure)], new Map([['systolic', [known(180)]]]))).toHaveLength(1)
    const breath: RuleConditions = [[{ fact: 'respiratoryRate', is: 'above', value: 30 }]]
    expect(proposalsOf([ruleWith(breath)], new Map([['respiratoryRate', [known(30)]]]))).toEqual([])
  })
})

test('a panel gives its components, and glucose in mg/dL becomes mmol/L', () => {
  const coding = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
  const panel = {
    resourceType: 'Observation',
    code: coding('85354-9'),
    component: [
      { code: coding('8480-6'), valueQuantity: { value: 168, unit: 'mmHg' } },
      { code: coding('8462-4'), valueQuantity: { value: 96, unit: 'mmHg' } },
    ],
  }
  expect(readingsOf(panel, at).map(([fact, one]) => [fact, one.value])).toEqual([
    ['systolic', 168],
    ['diastolic', 96],
  ])
  const glucose = {
    resourceType: 'Observation',
    code: coding('1558-6'),
    valueQuantity: { value: 180.16, unit: 'mg/dL' },
  }
  expect(readingsOf(glucose, at)[0]?.[1].value).toBeCloseTo(10, 5)
})

test('a refuted or resolved problem is no diagnosis', () => {
  const problem = { resourceType: 'Condition', code: { coding: [{ code: 'I10' }], text: '高血压' } }
  expect(diagnosesOf(problem, at)).toMatchObject([['diagnosis', { value: 'I10', shown: '高血压 I10' }]])
  expect(diagnosesOf({ ...problem, verificationStatus: { coding: [{ code: 'refuted' }] } }, at)).toEqual([])
})
