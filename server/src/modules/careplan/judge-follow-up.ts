import type { Answer, Answers, Question, Questionnaire } from '@tongmai/api/careplan/form'
import { unitOf } from '@tongmai/api/careplan/form'
import type { Finding, ProgrammeRules, Verdict } from '@tongmai/api/careplan/programme'

/** What the answers of one follow-up mean by the rules of its programme. */
export interface Judgement {
  readonly verdict: Verdict
  /** Every number that the programme controls was given, and all of them were within its bound. */
  readonly controlled: boolean
  readonly findings: Finding[]
}

type Bound = ProgrammeRules['control'][number]
type Alarm = ProgrammeRules['critical'][number]

const shownAnswer = (q: Question | undefined, given: Answer): string => {
  const one = (code: string) => q?.answerOption?.find(({ valueCoding }) => valueCoding.code === code)
  const say = (code: string) => one(code)?.valueCoding.display ?? code
  if (typeof given === 'boolean') return given ? '是' : '否'
  if (Array.isArray(given)) return given.map(say).join('、')
  const unit = q ? unitOf(q)?.display : undefined
  return unit ? `${given} ${unit}` : say(String(given))
}

/** The answers as one sentence, in the order of the form. */
export const wordsOf = (asked: Questionnaire, given: Answers): string =>
  asked.item
    .flatMap((q) => {
      const answer = given[q.linkId]
      return answer === undefined ? [] : [`${q.text}：${shownAnswer(q, answer)}`]
    })
    .join('，')

/** Below which number it is controlled at this age. */
const limitOf = (b: Bound, age: number | null): number =>
  b.fromAge !== undefined && b.belowThen !== undefined && age !== null && age >= b.fromAge
    ? b.belowThen
    : b.below

function raises(a: Alarm, given: Answer | undefined): boolean {
  if (given === undefined) return false
  if (a.any) {
    const chosen = Array.isArray(given) ? given : [String(given)]
    return chosen.some((one) => a.any?.includes(one))
  }
  const value = Number(given)
  return (a.atLeast !== undefined && value >= a.atLeast) || (a.atMost !== undefined && value <= a.atMost)
}

const limitWords = (a: Alarm): string =>
  [a.atLeast === undefined ? '' : `≥${a.atLeast}`, a.atMost === undefined ? '' : `≤${a.atMost}`].join('')

/**
 * Satisfactory, unsatisfactory or critical, with the reasons. `age` in whole years, null where unknown (then the
 * stricter bound holds). Source: the rules' own, 国家基本公共卫生服务规范.
 */
export function judgeFollowUp(
  asked: Questionnaire,
  given: Answers,
  by: { readonly rules: ProgrammeRules; readonly age: number | null },
): Judgement {
  const { rules, age } = by
  const found = (item: string, limit: string, verdict: Verdict): Finding => {
    const q = asked.item.find((one) => one.linkId === item)
    const value = shownAnswer(q, given[item] as Answer)
    return { item, text: q?.text ?? item, value, limit, verdict }
  }
  const above = rules.control.filter((b) => Number(given[b.item]) >= limitOf(b, age))
  const critical = rules.critical
    .filter((a) => raises(a, given[a.item]))
    .map((a) => found(a.item, limitWords(a), 'critical'))
  const alarmed = new Set(critical.map((one) => one.item))
  const unsatisfactory = [
    ...above
      .filter((b) => !alarmed.has(b.item))
      .map((b) => found(b.item, `<${limitOf(b, age)}`, 'unsatisfactory')),
    ...rules.concerns
      .filter((a) => raises(a, given[a.item]))
      .map((a) => found(a.item, limitWords(a), 'unsatisfactory')),
  ]
  const all = rules.control.every((b) => given[b.item] !== undefined)
  return {
    verdict:
      critical.length > 0
        ? 'critical'
        : unsatisfactory.length > 0 || !all
          ? 'unsatisfactory'
          : 'satisfactory',
    controlled: all && above.length === 0,
    findings: [...critical, ...unsatisfactory],
  }
}

/** In how many days the next follow-up is due. */
export const daysToNext = (rules: ProgrammeRules, risk: string, verdict: Verdict): number =>
  verdict === 'satisfactory' ? (rules.intervalDays[risk] ?? rules.recheckDays) : rules.recheckDays

/** Whole years between two calendar days. */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (!birthDate) return null
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}
