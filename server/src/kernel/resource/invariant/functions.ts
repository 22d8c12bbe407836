import { type Around, type Compiled, isNode, isSame, truth, type Value, type Values } from './value.ts'

/** The functions of FHIRPath that invariants use, each made ready with its arguments. */
type Build = (args: readonly Compiled[]) => Compiled

const yes: Values = [true]
const no: Values = [false]
const flag = (value: boolean): Values => (value ? yes : no)

const nothing: Compiled = () => []
const each = (criterion: Compiled, one: Value, { root }: Around): Values =>
  criterion([one], { root, self: one })
const holds = (criterion: Compiled, one: Value, around: Around): boolean =>
  truth(each(criterion, one, around)) === true

const ofAll =
  (answer: (focus: Values) => Values): Build =>
  () =>
  (focus) =>
    answer(focus)

/** A function of the one text in focus; of none it is nothing. */
const ofText =
  (answer: (text: string, argument: string) => Value): Build =>
  ([argument = nothing]) =>
  (focus, around) => {
    const [text] = focus
    if (typeof text !== 'string') return []
    return [answer(text, String(argument(focus, around)[0] ?? ''))]
  }

const patterns = new Map<string, RegExp>()
/** The patterns come from the definitions, never from a caller. */
function patternOf(text: string): RegExp {
  const known = patterns.get(text) ?? new RegExp(`^(?:${text})$`)
  patterns.set(text, known)
  return known
}

function isDistinct(focus: Values): boolean {
  if (focus.every((one) => !isNode(one))) return new Set(focus).size === focus.length
  return new Set(focus.map((one) => JSON.stringify(one))).size === focus.length
}

/** All values within a value, at any depth. */
function descendants(value: Value): Value[] {
  if (Array.isArray(value)) return value.flatMap(descendants)
  if (!isNode(value)) return []
  return Object.values(value).flatMap((inner) => [
    ...(Array.isArray(inner) ? inner : [inner]),
    ...descendants(inner),
  ])
}

const children = (value: Value): Value[] =>
  isNode(value) ? Object.values(value).flatMap((inner) => (Array.isArray(inner) ? inner : [inner])) : []

export const functions: Readonly<Record<string, Build>> = {
  exists:
    ([criterion]) =>
    (focus, around) =>
      flag(criterion ? focus.some((one) => holds(criterion, one, around)) : focus.length > 0),
  empty: ofAll((focus) => flag(focus.length === 0)),
  not: ofAll((focus) => {
    const value = truth(focus)
    return value === undefined ? [] : flag(!value)
  }),
  count: ofAll((focus) => [focus.length]),
  first: ofAll((focus) => focus.slice(0, 1)),
  last: ofAll((focus) => focus.slice(-1)),
  tail: ofAll((focus) => focus.slice(1)),
  hasValue: ofAll((focus) => flag(focus.length === 1 && !isNode(focus[0]))),
  isDistinct: ofAll((focus) => flag(isDistinct(focus))),
  allFalse: ofAll((focus) => flag(focus.every((one) => one === false))),
  children: ofAll((focus) => focus.flatMap(children)),
  descendants: ofAll((focus) => focus.flatMap(descendants)),
  trace: ofAll((focus) => focus),
  toInteger: ofAll((focus) => focus.flatMap((one) => (/^-?\d+$/.test(String(one)) ? [Number(one)] : []))),
  toString: ofAll((focus) => focus.slice(0, 1).map(String)),
  where:
    ([criterion = nothing]) =>
    (focus, around) =>
      focus.filter((one) => holds(criterion, one, around)),
  all:
    ([criterion = nothing]) =>
    (focus, around) =>
      flag(focus.every((one) => truth(each(criterion, one, around)) !== false)),
  select:
    ([projection = nothing]) =>
    (focus, around) =>
      focus.flatMap((one) => each(projection, one, around)),
  iif:
    ([criterion = nothing, then = nothing, otherwise = nothing]) =>
    (focus, around) =>
      truth(criterion(focus, around)) === true ? then(focus, around) : otherwise(focus, around),
  intersect:
    ([other = nothing]) =>
    (focus, around) => {
      const others = other([around.self], around)
      return focus.filter((one) => others.some((two) => isSame(one, two)))
    },
  combine:
    ([other = nothing]) =>
    (focus, around) => [...focus, ...other([around.self], around)],
  startsWith: ofText((text, start) => text.startsWith(start)),
  contains: ofText((text, part) => text.includes(part)),
  matches: ofText((text, pattern) => patternOf(pattern).test(text)),
}
