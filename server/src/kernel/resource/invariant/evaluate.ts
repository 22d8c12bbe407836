import { evalFhirPathTyped, toTypedValue } from '@medplum/core'
import { Beyond, compile } from './compile.ts'
import type { Values } from './value.ts'

/** What an expression finds in an object; `variables` by their names with the percent sign. */
export type Found = (object: object, variables?: Readonly<Record<string, object>>) => Values

/** Makes an expression of FHIRPath ready; throws where it cannot be parsed. What cannot be evaluated finds nothing. */
export function ready(expression: string): Found {
  try {
    const compiled = compile(expression)
    return (object) => compiled([object], { root: object, self: object })
  } catch (error) {
    if (!(error instanceof Beyond)) throw error
    return slowly(expression)
  }
}

function slowly(expression: string): Found {
  return (object, variables = {}) => {
    const focus = toTypedValue(object)
    const known = Object.entries(variables).map(([name, value]) => [name, toTypedValue(value)])
    const all = { '%resource': focus, '%context': focus, ...Object.fromEntries(known) }
    try {
      return evalFhirPathTyped(expression, [focus], all).map(({ value }) => value)
    } catch {
      return []
    }
  }
}
