import { expect, test } from 'vitest'
import { kernelWords } from './kernel-words.ts'
import { Refused, refusedBy } from './refused.ts'
import { meWords } from './resident-words.ts'
import { webWords } from './web-words.ts'
import {
  fetchWords,
  find,
  offerWords,
  refusalSentence,
  registerWords,
  say,
  type Words,
  words,
} from './words.ts'

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

test('a moment in a refusal is told as the clock of the region shows it', () => {
  const details = { licence: '110', since: '2026-11-20T16:30:00.000Z' }
  expect(refusalSentence(new Refused('conflict', { code: 'try.cannot-send', details }))).toBe(
    '执照 110 已于 2026-11-21 00:30 到期',
  )
})

test('a refusal without words of its own is told by its kind', () => {
  const refused = new Refused('conflict', { code: 'try.unknown' })
  expect(refusalSentence(refused)).toBe(say('web.refused.conflict'))
})

test('words of a module without an open page come when one is asked for; a missing one is missing still', async () => {
  const later = words('later', { 'status.sent': ['已发出', 'Sent'] })
  let times = 0
  offerWords('later', async () => {
    times += 1
    if (times === 1) throw new TypeError('Importing a module script failed.')
    return later
  })
  expect(say('later.status.sent')).toBe('…')
  await expect(fetchWords('later')).rejects.toThrow('module script')
  await Promise.all([fetchWords('later'), fetchWords('later')])
  expect(times).toBe(2)
  expect(say('later.status.sent')).toBe('已发出')
  expect(say('later.status.lost')).toBe('⟦later.status.lost⟧')
})

test('a refusal by a module whose words are not here yet brings them, and without them is told by its kind', async () => {
  const full = words('far', { full: ['这个时段刚刚约满', 'Just taken'] })
  const body = { code: 'far.full', message: '', requestId: '1' }
  const answer = () => Response.json(body, { status: 409 })
  offerWords('far', () => Promise.reject(new TypeError('Importing a module script failed.')))
  expect(refusalSentence(await refusedBy(answer()))).toBe(say('web.refused.conflict'))
  offerWords('far', async () => full)
  expect(refusalSentence(await refusedBy(answer()))).toBe('这个时段刚刚约满')
})

test('every word of the frame stands in both languages', () => {
  for (const { table } of [webWords, kernelWords, meWords] as readonly Words[]) {
    for (const pair of Object.values(table)) expect(pair.every((text) => text.trim().length > 0)).toBe(true)
  }
})
