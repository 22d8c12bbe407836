import { type Atom, parseFhirPath } from '@medplum/core'
import { partsOf } from './atom.ts'
import { functions } from './functions.ts'
import { type Compiled, childrenOf, compared, isSame, truth, type Value, type Values } from './value.ts'

/** What this compiler leaves to the whole FHIRPath evaluator. */
export class Beyond extends Error {}

const constants: Readonly<Record<string, Value>> = { '%ucum': 'http://unitsofmeasure.org' }

/**
 * Compiles an expression of the definitions into closures over JSON: what most invariants say takes well below a
 * microsecond so. `Beyond` says that it uses what only the whole evaluator knows.
 */
export function compile(expression: string): Compiled {
  return compileAtom(parseFhirPath(expression).child)
}

function compileAtom(atom: Atom): Compiled {
  const { name, args, operator, left, right, expr, value } = partsOf(atom)
  if (name !== undefined && args) return called(name, args)
  if (name !== undefined) return symbol(name)
  if (operator !== undefined && left && right) return infix(operator, left, right)
  if (expr && left) return indexed(compileAtom(left), compileAtom(expr))
  if (value) {
    const literal = [value.value]
    return () => literal
  }
  throw new Beyond(String(operator))
}

function symbol(name: string): Compiled {
  if (name === '$this' || name === '%context') return (_focus, { self }) => [self]
  if (name === '%resource') return (_focus, { root }) => [root]
  if (name.startsWith('%')) {
    if (!Object.hasOwn(constants, name)) throw new Beyond(name)
    const constant = [constants[name]]
    return () => constant
  }
  return (focus) => {
    if (focus.length === 1) return childrenOf(focus[0], name)
    return focus.flatMap((one) => childrenOf(one, name))
  }
}

function called(name: string, args: readonly Atom[]): Compiled {
  const build = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (!build) throw new Beyond(name)
  return build(args.map(compileAtom))
}

const indexed =
  (list: Compiled, index: Compiled): Compiled =>
  (focus, around) => {
    const found = list(focus, around)[Number(index(focus, around)[0])]
    return found === undefined ? [] : [found]
  }

const yes: Values = [true]
const no: Values = [false]
const said = (value: boolean | undefined): Values => (value === undefined ? [] : value ? yes : no)

type Logic = (a: boolean | undefined, b: () => boolean | undefined) => boolean | undefined

const logics: Readonly<Record<string, Logic>> = {
  and: (a, b) => (a === false ? false : b() === false ? false : a && b()),
  or: (a, b) => (a === true ? true : b() === true ? true : a === undefined ? undefined : b()),
  xor: (a, b) => {
    const other = b()
    return a === undefined || other === undefined ? undefined : a !== other
  },
  implies: (a, b) => (a === false ? true : b() === true ? true : a === undefined ? undefined : b()),
}

type Comparison = (a: Values, b: Values) => boolean | undefined

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function ordered(holds: (order: number) => boolean): Comparison {
  return (a, b) => {
    if (a.length === 0 || b.length === 0) return undefined
    const order = compared(a[0], b[0])
    return order === undefined ? undefined : holds(order)
  }
}

const areSame: Comparison = (a, b) => {
  if (a.length === 0 || b.length === 0) return undefined
  return a.length === b.length && a.every((one, at) => isSame(one, b[at]))
}
const inverse = (value: boolean | undefined) => (value === undefined ? undefined : !value)
const holds = (list: Values, one: Values): boolean | undefined =>
  one.length === 0 ? undefined : list.some((other) => isSame(other, one[0]))

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': areSame,
  '!=': (a, b) => inverse(areSame(a, b)),
  in: (a, b) => holds(b, a),
  contains: (a, b) => holds(a, b),
  ...Object.fromEntries(Object.entries(orders).map(([name, order]) => [name, ordered(order)])),
}

const sums: Readonly<Record<string, (a: Values, b: Values) => Values>> = {
  '|': (a, b) => [...a, ...b.filter((one) => !a.some((other) => isSame(other, one)))],
  '&': (a, b) => [`${a[0] ?? ''}${b[0] ?? ''}`],
  '+': (a, b) => (a.length && b.length ? [(a[0] as number) + (b[0] as number)] : []),
}

function infix(operator: string, leftAtom: Atom, rightAtom: Atom): Compiled {
  const left = compileAtom(leftAtom)
  if (operator === '.') {
    const right = compileAtom(rightAtom)
    return (focus, around) => right(left(focus, around), around)
  }
  const right = compileAtom(rightAtom)
  const logic = logics[operator]
  if (logic)
    return (focus, around) => said(logic(truth(left(focus, around)), () => truth(right(focus, around))))
  const comparison = comparisons[operator]
  if (comparison) return (focus, around) => said(comparison(left(focus, around), right(focus, around)))
  const sum = sums[operator]
  if (sum) return (focus, around) => sum(left(focus, around), right(focus, around))
  throw new Beyond(operator)
}
