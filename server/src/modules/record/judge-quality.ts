import type { FindingPlace, QualityTerms } from '@tongmai/api/record/quality'
import { type Found, ready } from '../../kernel/resource/invariant/evaluate.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { placesOfUntrue, placesOfValues } from './finding-place.ts'
import { hasKnownFunctions } from './known-function.ts'
import { type Stray, strayElement } from './stray-element.ts'

/** A rule that can be applied. */
export interface Test {
  readonly code: string
  readonly weight: number
  readonly type: string
  /** Undefined where the rule does not speak of the resource; else what is wrong, or null. */
  readonly judge: (given: Given) => Verdict | undefined
}

/** A resource, whom it concerns, and when it was stored. */
export interface Given {
  readonly resource: Resource
  readonly patient: Resource | undefined
  readonly storedAt: Date
}

/** What a rule says of a resource; `detail` says what was found where it fails, `places` where. */
export interface Verdict {
  readonly failed: boolean
  readonly detail: string
  readonly places: readonly FindingPlace[]
}

/** The codes of a table by its name; undefined where there is no such table. */
export type Codes = (table: string) => ReadonlySet<string> | undefined

type Rule = Pick<QualityTerms, 'type' | 'applies' | 'expression' | 'measure' | 'parameter' | 'weight'>

const HOUR = 3_600_000
/** What happened longer ago was brought in afterwards (a history from elsewhere) and is not late. */
const RETROSPECTIVE_HOURS = 90 * 24

const passed: Verdict = { failed: false, detail: '', places: [] }
const failing = (detail: string, places: readonly FindingPlace[]): Verdict => ({
  failed: true,
  detail: detail.slice(0, 200),
  places,
})
const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** The part of a rule that is wrong, and in its FHIRPath the element that R4 does not have. */
export interface Fault {
  readonly part: 'applies' | 'expression' | 'parameter'
  readonly stray?: Stray
}

/** Why a rule cannot be used: its FHIRPath, its table, its hours; undefined where it can. */
export function faultOf(rule: Rule, codes: Codes): Fault | undefined {
  for (const part of ['applies', 'expression'] as const) {
    const written = rule[part]
    if (written === null) continue
    if (!parses(written)) return { part }
    const stray = strayElement(written, rule.type)
    if (stray) return { part, stray }
  }
  if (rule.measure === 'listed' && !codes(rule.parameter ?? '')) return { part: 'parameter' }
  if (rule.measure === 'within' && !(Number(rule.parameter) > 0)) return { part: 'parameter' }
  return undefined
}

function parses(written: string): boolean {
  try {
    return Boolean(ready(written)) && hasKnownFunctions(written)
  } catch {
    return false
  }
}

/** Makes a rule ready. */
export function testOf(rule: Rule & { readonly code: string }, codes: Codes): Test {
  const { code, weight, type } = rule
  const applies = rule.applies === null ? undefined : ready(rule.applies)
  const found = ready(rule.expression)
  const measured = measures[rule.measure](rule, codes)
  return {
    ...{ code, weight, type },
    judge(given) {
      const variables = given.patient ? { '%patient': given.patient } : {}
      if (applies && !isTrue(applies(given.resource, variables))) return undefined
      return measured(found(given.resource, variables), given)
    },
  }
}

const isTrue = (values: ReturnType<Found>): boolean => values.length > 0 && values[0] !== false

type Measured = (values: ReturnType<Found>, given: Given) => Verdict | undefined
type Making = (rule: Rule, codes: Codes) => Measured

const measures: Readonly<Record<QualityTerms['measure'], Making>> = {
  /** The expression is true; nothing found is not true. */
  holds(rule) {
    const places = placesOfUntrue(rule.expression)
    return (values, given) =>
      values.length === 1 && values[0] === true ? passed : failing('', places(given))
  },

  /** Every code found stands in the table; whether there is one at all is another rule's question. */
  listed(rule, codes) {
    const table = codes(rule.parameter ?? '')
    const places = placesOfValues(rule.expression)
    return (values, given) => {
      if (values.length === 0 || !table) return undefined
      const strange = values.filter((value) => !table.has(String(value)))
      if (strange.length === 0) return passed
      const isStrange = (value: unknown) => !table.has(String(value))
      return failing(strange.map(shown).join('、'), places(given, isStrange))
    }
  },

  /** It was stored no later than so many hours after the moment found; a bare day ends at midnight in China. */
  within(rule) {
    const hours = Number(rule.parameter)
    const places = placesOfValues(rule.expression)
    return ([value], given) => {
      const moment = momentOf(value)
      if (moment === undefined) return undefined
      const late = (given.storedAt.getTime() - moment) / HOUR
      if (late > RETROSPECTIVE_HOURS) return undefined
      return late <= hours ? passed : failing(`${Math.ceil(late)} h`, places(given))
    }
  },
}

function momentOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const moment = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T24:00:00+08:00` : value)
  return Number.isNaN(moment) ? undefined : moment
}
