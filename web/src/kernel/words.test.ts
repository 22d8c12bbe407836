import { expect, test } from 'vitest'
import { kernelWords } from './kernel-words.ts'
import { Refused } from './refused.ts'
import { meWords } from './resident-words.ts'
import { webWords } from './web-words.ts'
import { find, refusalSentence, registerWords, say, type Words, words } from './words.ts'

registerWords(
  webWords,
  words('try', {
    'status.sent': ['已发出', 'Sent'],
    'cannot-send': ['执照 {licence} 已于 {since} 到期', 'Licence {licence} ended on {since}'],
  }),
)

test('a word is found by its module and key, in the language asked for', () => {
  expect(say('try.status.sent')).toBe('已发出')
  expect(say('try.status.sent', {}, 'en')).toBe('Sent')
})

test('a missing word stays visible, so that the browser tests see it', () => {
  expect(say('try.status.lost')).toBe('⟦try.status.lost⟧')
  expect(say('nowhere.at-all')).toBe('⟦nowhere.at-all⟧')
  expect(find('try.toString')).toBeUndefined()
})

test('a refusal teaches which rule, with what the server said about it', () => {
  const refused = new Refused('forbidden', {
    code: 'try.cannot-send',
    details: { licence: '110', since: '2026-11-21', list: [1] },
  })
  expect(refusalSentence(refused)).toBe('执照 110 已于 2026-11-21 到期')
})

test('a refusal without words of its own is told by its kind', () => {
  const refused = new Refused('conflict', { code: 'try.unknown' })
  expect(refusalSentence(refused)).toBe(say('web.refused.conflict'))
})

test('every word of the frame stands in both languages', () => {
  for (const { table } of [webWords, kernelWords, meWords] as readonly Words[]) {
    for (const pair of Object.values(table)) expect(pair.every((text) => text.trim().length > 0)).toBe(true)
  }
})
