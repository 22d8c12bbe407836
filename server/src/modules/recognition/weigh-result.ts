import type { MarkScope, Window } from '@tongmai/api/recognition/catalogue'
import type { UnusableWhy } from '@tongmai/api/recognition/order'
import { dayAfter, dayOf } from '../../kernel/day.ts'

/** The scopes from the narrowest to the widest. */
const width: Readonly<Record<MarkScope, number>> = { alliance: 0, city: 1, province: 2, national: 3 }

export const narrower = (a: MarkScope, b: MarkScope): MarkScope => (width[a] <= width[b] ? a : b)

/** An assessment as it decides about a mark. */
export interface Assessment {
  readonly id: string
  readonly scope: MarkScope
  readonly passed: boolean
  readonly since: string
  readonly until: string
}

/** The assessment that speaks for a result of this day: of those that cover it, the one that began last. */
export function assessmentOn<A extends Assessment>(assessments: readonly A[], day: string): A | undefined {
  const covering = assessments.filter(({ since, until }) => since <= day && day <= until)
  return covering.toSorted((a, b) => b.since.localeCompare(a.since))[0]
}

/** Where an institution lies, as far as marks go: GB/T 2260 division code, or null where it is not known. */
export interface Between {
  readonly from: string | null
  readonly to: string | null
  /** An agreement in force switches mutual recognition on between the two. */
  readonly agreed: boolean
}

/** Whether a mark of this scope is good between the two: same province by two digits, same city by four. */
export function reaches(mark: MarkScope, { from, to, agreed }: Between): boolean {
  if (mark === 'national' || agreed) return true
  const digits = mark === 'province' ? 2 : mark === 'city' ? 4 : 0
  return digits > 0 && from !== null && to !== null && from.slice(0, digits) === to.slice(0, digits)
}

/** What is weighed: one result of one institution. */
export interface Candidate {
  readonly status: string | null
  readonly at: Date | null
  readonly value: string
  /** A number is given without the unit that makes it one. */
  readonly unitless: boolean
  readonly method: string | null
  readonly own: boolean
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s（）()·-]/g, '')

/** Days from the result to today, by the calendar of China. */
export const ageOf = (at: Date, now: Date): number =>
  Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(at))) / 86_400_000)

/** So far clocks may differ. */
const SKEW_MS = 10 * 60_000

const final = new Set(['final', 'amended', 'corrected'])

function itself(candidate: Candidate, window: Window, now: Date): UnusableWhy | null {
  const { status, at, value, unitless, method } = candidate
  if (!final.has(status ?? '')) return 'not-final'
  if (at === null) return 'no-date'
  if (at.getTime() > now.getTime() + SKEW_MS) return 'in-the-future'
  if (value === '') return 'no-value'
  if (unitless) return 'no-unit'
  if (dayOf(now) > dayAfter(dayOf(at), window.validDays)) return 'out-of-window'
  if (window.method === null) return null
  if (method === null) return 'method-unknown'
  return plain(method) === plain(window.method) ? null : 'other-method'
}

/**
 * Whether a result may stand for a new one: final, dated, a number with its unit, within the window, of the method asked for, and, unless it
 * is the asking institution's own, of an institution that had passed the assessment on that day, with a mark that
 * reaches here. `mark` is the narrower of the item's scope and the assessment's (国卫医发〔2022〕6号: 标注“互认范围+HR”).
 */
export function weighResult<A extends Assessment>(
  candidate: Candidate,
  known: { window: Window; assessments: readonly A[]; between: Between; now: Date },
): { why: UnusableWhy | null; mark: MarkScope | null; assessment: A | null } {
  const { window, assessments, between, now } = known
  const covering = candidate.at ? assessmentOn(assessments, dayOf(candidate.at)) : undefined
  const passed = covering?.passed ? covering : null
  const mark = passed ? narrower(passed.scope, window.scope) : null
  const why = itself(candidate, window, now) ?? (candidate.own ? null : abroad(covering, mark, between))
  return { why, mark, assessment: passed }
}

function abroad(
  covering: Assessment | undefined,
  mark: MarkScope | null,
  between: Between,
): UnusableWhy | null {
  if (!covering) return 'no-quality'
  if (mark === null) return 'failed-quality'
  return reaches(mark, between) ? null : 'out-of-scope'
}
