import { type Answer, type Question, unitOf } from '@tongmai/api/careplan/form'

/** An answer as people read it: the words of the choice, the number with its unit. */
export function shownAnswer(
  q: Question,
  given: Answer | undefined,
  words: { yes: string; no: string },
): string {
  if (given === undefined) return ''
  if (typeof given === 'boolean') return given ? words.yes : words.no
  const say = (code: string) =>
    q.answerOption?.find(({ valueCoding }) => valueCoding.code === code)?.valueCoding.display ?? code
  const all = Array.isArray(given) ? given.map(say).join('、') : say(String(given))
  return [all, unitOf(q)?.display].filter(Boolean).join(' ')
}
