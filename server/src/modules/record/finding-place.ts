import {
  type Atom,
  DotAtom,
  evalFhirPathTyped,
  FhirPathAtom,
  FunctionAtom,
  parseFhirPath,
  type TypedValue,
} from '@medplum/core'
import type { FindingPlace } from '@tongmai/api/record/quality'
import { type Parts, partsOf } from '../../kernel/resource/invariant/atom.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { unitOf } from './unit.ts'

/** What a rule was asked of. */
interface Asked {
  readonly resource: Resource
  readonly patient: Resource | undefined
}

/** So many places are shown of one finding. */
const MOST = 5

/** Tells where the values are that an expression finds and `isWrong` says are wrong, by element and repeat. */
export function placesOfValues(expression: string) {
  const atom = parseFhirPath(expression).child
  return (asked: Asked, isWrong: (value: unknown) => boolean = () => true): FindingPlace[] =>
    shown(
      evaluate(atom, asked)
        .filter(({ value }) => isWrong(value))
        .flatMap(pathOf),
    )
}

/** Tells what makes an expression untrue: elements that are there and wrong, or that are not there. */
export function placesOfUntrue(expression: string) {
  const atom = parseFhirPath(expression).child
  return (asked: Asked): FindingPlace[] =>
    shown(numbered(blamed(atom, asked).flatMap((one) => placesOf(one, asked))))
}

type Placed = FindingPlace & Pick<Blamed, 'of'>

function placesOf({ atom, of }: Blamed, asked: Asked): Placed[] {
  if (rootOf(atom) === '%patient') return []
  const there = evaluate(atom, asked).flatMap((one) =>
    pathOf(one).map((place) => ({ ...place, ...foundAt(one, place.path, asked), of })),
  )
  if (there.length > 0) return there
  const names = namesOf(atom)
  return names.map((path) => ({ path, missing: true, of: of ?? (names.length > 1 ? atom : undefined) }))
}

/** Alternatives get the number of what they are alternatives of; who is alone needs none. */
function numbered(places: readonly Placed[]): FindingPlace[] {
  const groups = [...new Set(places.flatMap(({ of }) => of ?? []))]
  return places.map(({ of, ...place }) => {
    const others = of ? places.filter((one) => one.of === of && one.path !== place.path) : []
    return of && others.length > 0 ? { ...place, either: groups.indexOf(of) } : place
  })
}

const FOUND_MAX = 60

/** What stands at a place, a number with the unit beside it; nothing of a registration, which is protected. */
function foundAt({ value }: TypedValue, path: string, { resource }: Asked): { found?: string } {
  if (typeof value === 'object' || value === undefined || resource.resourceType === 'Patient') return {}
  const beside = path.endsWith('.value') ? standing(resource, path.slice(0, -'.value'.length)) : undefined
  const { unit, code } = (beside ?? {}) as { unit?: unknown; code?: unknown }
  const found = [String(value), unitOf(String(code ?? unit ?? ''))].filter(Boolean).join(' ')
  return { found: found.slice(0, FOUND_MAX) }
}

const standing = (resource: Resource, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], resource)

const shown = (places: readonly FindingPlace[]): FindingPlace[] =>
  [...new Map(places.filter(({ path }) => path).map((one) => [one.path, one])).values()].slice(0, MOST)

/** Evaluates a part with the path of everything it finds; what cannot be evaluated finds nothing. */
function evaluate(atom: Atom, { resource, patient }: Asked): TypedValue[] {
  const focus = { type: resource.resourceType, value: resource, path: resource.resourceType }
  const about = patient ? { '%patient': { type: 'Patient', value: patient } } : {}
  try {
    const whole = new FhirPathAtom('', atom)
    return evalFhirPathTyped(whole, [focus], { '%resource': focus, '%context': focus, ...about })
  } catch {
    return []
  }
}

/** `Condition.code.coding[1].code` as `code.coding[1].code`. */
const pathOf = (found: TypedValue & { path?: unknown }): FindingPlace[] =>
  typeof found.path === 'string' && found.path.includes('.')
    ? [{ path: found.path.slice(found.path.indexOf('.') + 1), missing: false }]
    : []

const logic = new Set(['and', 'or', 'xor'])
/** These say something about what stands before them. */
const verdicts = new Set([
  ...['exists', 'empty', 'not', 'hasValue', 'allTrue', 'anyTrue', 'count', 'isDistinct', 'matches'],
  ...['startsWith', 'endsWith', 'contains', 'length', 'substring', 'toString', 'lower', 'upper'],
])

/** A part that is to blame, and of which alternatives it is one. */
interface Blamed {
  readonly atom: Atom
  readonly of?: Atom | undefined
}

/** Of parts that are blamed in an `or`: each is enough, unless several of them belong together. */
const alternatives = (parts: readonly Blamed[], of: Atom): Blamed[] =>
  hasAnd(of) ? [...parts] : parts.map(({ atom }) => ({ atom, of }))

function hasAnd(atom: Atom | undefined): boolean {
  const { operator, left, right } = partsOf(atom)
  return operator === 'and' || (operator === 'or' && (hasAnd(left) || hasAnd(right)))
}

/** The parts of an untrue expression that say what was looked at; in `and` those that are untrue themselves. */
function blamed(atom: Atom | undefined, asked: Asked): Blamed[] {
  const { name, args, operator, left, right, value } = partsOf(atom)
  if (!atom || value !== undefined) return []
  if (operator === '.') return blamedOfCall(atom, partsOf(right), asked)
  if (operator === 'implies') return blamed(right, asked)
  if (operator && logic.has(operator)) {
    const parts = [left, right]
      .filter((one) => one && !isTrue(one, asked))
      .flatMap((one) => blamed(one, asked))
    return operator === 'or' ? alternatives(parts, atom) : parts
  }
  if (operator && operator !== '|' && operator !== 'as')
    return [...blamed(left, asked), ...blamed(right, asked)]
  return name !== undefined && args ? [] : [{ atom }]
}

function blamedOfCall(atom: Atom, { name, args }: Parts, asked: Asked): Blamed[] {
  const { left } = partsOf(atom)
  if (!args || name === undefined || !left) return [{ atom }]
  // Of all that must be so, what is not.
  if (name === 'all' && args[0]) {
    const untrue = new DotAtom(args[0], new FunctionAtom('not', []))
    return [{ atom: new DotAtom(left, new FunctionAtom('where', [untrue])) }]
  }
  return verdicts.has(name) ? blamed(left, asked) : [{ atom }]
}

function isTrue(atom: Atom, asked: Asked): boolean {
  const [first] = evaluate(atom, asked)
  return first?.value === true
}

function rootOf(atom: Atom): string | undefined {
  const { name, left } = partsOf(atom)
  return name ?? (left && rootOf(left))
}

/** The names of the elements that a part looks for, what it asks of them left out: `component.valueQuantity.value`. */
function namesOf(atom: Atom | undefined): string[] {
  const { name, args, operator, left, right, expr } = partsOf(atom)
  if (name !== undefined) return args || /^[%$]/.test(name) ? [''] : [name]
  if (operator === '|') return [...namesOf(left), ...namesOf(right)]
  if (operator === 'as' || expr) return namesOf(left)
  if (operator !== '.') return []
  return namesOf(left).flatMap((one) => namesOf(right).map((two) => [one, two].filter(Boolean).join('.')))
}
