import type { Question } from '@tongmai/api/careplan/form'
import { expect, test } from 'vitest'
import { answersOf, onlyNone } from './given-answer.ts'

const smoking: Question = { linkId: 'smoking', text: '每天吸烟', type: 'decimal' }
const quit: Question = {
  ...{ linkId: 'quit', text: '愿意戒烟', type: 'boolean' },
  enableWhen: [{ question: 'smoking', operator: '>', answerDecimal: 0 }],
}

test('a number typed with a Chinese point is a number, and decides what is asked next', () => {
  expect(answersOf([smoking, quit], { smoking: '2。5', quit: 'true' }).answers).toEqual({
    ...{ smoking: 2.5, quit: true },
  })
})

test('an answer to what is no longer asked falls away', () => {
  const { asked, answers } = answersOf([smoking, quit], { smoking: '0', quit: 'true' })
  expect(asked).toEqual([smoking])
  expect(answers).toEqual({ smoking: 0 })
})

test('whoever has no symptom has no other, and whoever has one does not have none', () => {
  expect(onlyNone(['headache'], ['headache', 'none'])).toEqual(['none'])
  expect(onlyNone(['none'], ['none', 'headache'])).toEqual(['headache'])
})
