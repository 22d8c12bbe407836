import { checkAnswers, type Questionnaire } from '@tongmai/api/careplan/form'
import type { ProgrammeRules } from '@tongmai/api/careplan/programme'
import { describe, expect, test } from 'vitest'
import { ageOn, judgeFollowUp } from './judge-follow-up.ts'

const asked: Questionnaire = {
  ...{ resourceType: 'Questionnaire', url: 'urn:x', version: '1', title: 'x', status: 'active' },
  item: [
    {
      ...{ linkId: 'systolic', text: '收缩压', type: 'decimal', required: true },
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueDecimal: 300 }],
    },
    { linkId: 'adverse', text: '不良反应', type: 'boolean', required: true },
    {
      ...{ linkId: 'which', text: '什么反应', type: 'text', required: true },
      enableWhen: [{ question: 'adverse', operator: '=', answerBoolean: true }],
    },
  ],
}
const rules: ProgrammeRules = {
  ...{ intervalDays: { low: 90 }, recheckDays: 14, referAfter: 2, controlDefinition: '' },
  control: [{ item: 'systolic', below: 140, fromAge: 65, belowThen: 150 }],
  critical: [{ item: 'systolic', atLeast: 180 }],
  concerns: [{ item: 'adverse', any: ['true'] }],
}
const judge = (answers: Record<string, number | boolean>, age: number | null = 50) =>
  judgeFollowUp(asked, answers, { rules, age })

describe('a form', () => {
  test('asks what its skip logic asks, and no answer to what it does not ask is kept', () => {
    const { kept, problems } = checkAnswers(asked, { systolic: 130, adverse: false, which: '皮疹' })
    expect([kept, problems]).toEqual([{ systolic: 130, adverse: false }, []])
  })

  test('keeps a list where several answers are possible, also where one was given', () => {
    const option = ['none', 'headache'].map((code) => ({ valueCoding: { code } }))
    const item = [
      { linkId: 'symptoms', text: '症状', type: 'choice', repeats: true, answerOption: option },
    ] as const
    const { kept } = checkAnswers({ ...asked, item: [...item] }, { symptoms: 'none' })
    expect(kept).toEqual({ symptoms: ['none'] })
  })

  test('names every answer that is missing, implausible or not a number', () => {
    const wrong = checkAnswers(asked, { systolic: 1300, adverse: true, other: 1 })
    expect(wrong.problems).toEqual([
      { path: 'body.answers.systolic', problem: 'careplan.answer-implausible' },
      { path: 'body.answers.which', problem: 'careplan.answer-missing' },
      { path: 'body.answers.other', problem: 'careplan.not-asked' },
    ])
  })
})

describe('a follow-up', () => {
  test('is controlled below the bound of the age, unsatisfactory from it on, critical from the alarm on', () => {
    expect(judge({ systolic: 139, adverse: false })).toMatchObject({
      verdict: 'satisfactory',
      controlled: true,
    })
    expect(judge({ systolic: 140, adverse: false })).toMatchObject({
      verdict: 'unsatisfactory',
      controlled: false,
    })
    expect(judge({ systolic: 149, adverse: false }, 65).controlled).toBe(true)
    expect(judge({ systolic: 149, adverse: false }, null).controlled).toBe(false)
    expect(judge({ systolic: 180, adverse: false }).verdict).toBe('critical')
  })

  test('with an adverse reaction is unsatisfactory though controlled, and says why', () => {
    const judged = judge({ systolic: 120, adverse: true })
    expect(judged).toMatchObject({ verdict: 'unsatisfactory', controlled: true })
    expect(judged.findings).toMatchObject([{ text: '不良反应', value: '是' }])
  })

  test('without the number that is controlled is not controlled', () => {
    expect(judge({ adverse: false })).toMatchObject({ verdict: 'unsatisfactory', controlled: false })
  })

  test('counts whole years', () => {
    expect([
      ageOn('1961-11-26', '2026-11-25'),
      ageOn('1961-11-25', '2026-11-25'),
      ageOn(null, '2026-11-25'),
    ]).toEqual([...[64, 65, null]])
  })
})
