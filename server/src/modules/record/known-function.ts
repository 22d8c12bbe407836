import { evalFhirPathTyped, toTypedValue } from '@medplum/core'
import { functions } from '../../kernel/resource/invariant/functions.ts'

/** What stands before a bracket and calls nothing. */
const operators = new Set(['and', 'or', 'xor', 'implies', 'in', 'div', 'mod'])

/** Whether FHIRPath as we evaluate it has every function that an expression calls: one that it has not would find nothing, ever. */
export function hasKnownFunctions(expression: string): boolean {
  const bare = expression.replace(/'(?:\\.|[^'\\])*'/g, '')
  return [...bare.matchAll(/([a-zA-Z]\w*)\s*\(/g)].every(([, name = '']) => isKnown(name))
}

function isKnown(name: string): boolean {
  if (operators.has(name) || Object.hasOwn(functions, name)) return true
  try {
    evalFhirPathTyped(`${name}()`, [toTypedValue({})])
    return true
  } catch (error) {
    // Any other complaint is about what it was given.
    return !String(error).includes('Unrecognized function')
  }
}
