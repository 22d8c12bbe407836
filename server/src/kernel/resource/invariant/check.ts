import { evalFhirPathTyped, type TypedValue, toTypedValue } from '@medplum/core'
import { rules as written } from '../rules.gen.ts'
import { Beyond, compile } from './compile.ts'
import type { Compiled } from './value.ts'

/** A rule that the definitions give for a type (`per-1`: start is not after end). */
export interface Rule {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly expression: string
  readonly human: string
  /** False where the object breaks the rule; `root` is the resource it lies in. */
  readonly holds: (object: object, root: object) => boolean
}

/** Rules that are not held, with the reason. */
export const notHeld: Readonly<Record<string, string>> = {
  'txt-1': 'the narrative is checked for what could run in it, not for its tags',
  'txt-2': 'the narrative is checked for what could run in it, not for its tags',
  'dom-r4b': 'belongs to R4B',
}

type Table = Record<string, [key: string, severity: Rule['severity'], expression: string, human: string][]>
let table: Table | undefined
const made = new Map<string, readonly Rule[]>()

/** The rules of a type, compiled when they are first asked for. */
export function rulesOf(type: string): readonly Rule[] {
  const known = made.get(type)
  if (known) return known
  table ??= JSON.parse(written) as Table
  const rules = (Object.hasOwn(table, type) ? (table[type] ?? []) : [])
    .filter(([key]) => !Object.hasOwn(notHeld, key))
    .map(([key, severity, expression, human]) => ({
      key,
      severity,
      expression,
      human,
      holds: holder(expression),
    }))
  made.set(type, rules)
  return rules
}

/** Every type that has rules. */
export const typesWithRules = (): readonly string[] => Object.keys(JSON.parse(written) as Table)

function holder(expression: string): Rule['holds'] {
  const compiled = compiledOrNot(expression)
  if (!compiled) return slowly(expression)
  return (object, root) => {
    const found = compiled([object], { root, self: object })
    return !(found.length === 1 && found[0] === false)
  }
}

function compiledOrNot(expression: string): Compiled | undefined {
  try {
    return compile(expression)
  } catch (error) {
    if (error instanceof Beyond) return undefined
    throw error
  }
}

/** By the whole evaluator; what it cannot evaluate is not held against the resource. */
function slowly(expression: string): Rule['holds'] {
  return (object, root) => {
    const focus: TypedValue = toTypedValue(object)
    const variables = {
      '%resource': toTypedValue(root),
      '%context': focus,
      '%ucum': toTypedValue('http://unitsofmeasure.org'),
    }
    try {
      const found = evalFhirPathTyped(expression, [focus], variables)
      return !(found.length === 1 && found[0]?.value === false)
    } catch {
      return true
    }
  }
}
