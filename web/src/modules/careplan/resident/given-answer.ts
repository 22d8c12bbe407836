import { type Answer, type Answers, isAsked, type Question } from '@tongmai/api/careplan/form'

/** What was typed or touched, as it stands in the fields. */
export type Given = Readonly<Record<string, string | readonly string[]>>

const NONE = 'none'

function answerOf(q: Question, given: string | readonly string[] | undefined): Answer | undefined {
  if (given === undefined || given.length === 0) return undefined
  if (typeof given !== 'string') return [...given]
  if (q.type === 'boolean') return given === 'true'
  if (q.type !== 'decimal' && q.type !== 'integer') return given.trim() || undefined
  const typed = given.trim().replace(/[，,。．]/, '.')
  const number = Number(typed)
  return typed !== '' && Number.isFinite(number) ? number : given
}

/** The answers to the questions that are asked, each in the order of the form; what is no longer asked falls away. */
export function answersOf(items: readonly Question[], given: Given): { asked: Question[]; answers: Answers } {
  const asked: Question[] = []
  const answers: Answers = {}
  for (const q of items) {
    if (!isAsked(q, answers)) continue
    asked.push(q)
    const answer = answerOf(q, given[q.linkId])
    if (answer !== undefined) answers[q.linkId] = answer
  }
  return { asked, answers }
}

/** Any of several; who has none has nothing else. */
export function onlyNone(before: readonly string[], after: readonly string[]): readonly string[] {
  if (after.includes(NONE) && !before.includes(NONE)) return [NONE]
  return after.filter((one) => one !== NONE || after.length === 1)
}
