import type { Ctx } from '../../ctx.ts'
import { Refusal, refuse } from '../../refusal.ts'
import { type Parameter, searchable } from '../parameter.ts'
import { type Condition, every, some } from './condition.ts'
import { type Part, placed, readFilter, type Test } from './filter-syntax.ts'
import { chained } from './linked.ts'
import { compared, parameterCondition } from './parameter-condition.ts'

/** What `_filter` asks (R4, search_filter): `name co "张" and (birthdate ge 1950 or not (phone pr true))`. */

const bad = (problem: string): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: '_filter', problem }] })

/** A value as it would stand in an address: a comma is none between values, `|` and `$` part as ever. */
const escaped = (value: string): string => value.replace(/[\\,]/g, '\\$&')

const ordered = new Set(['gt', 'lt', 'ge', 'le', 'ap', 'sa', 'eb'])

/** A plain search's modifier and value. */
interface Plain {
  readonly modifier?: string
  readonly value: string
}
type Kind = Parameter['kind']
type Means = (value: string, kind: Kind) => Plain | undefined

const under =
  (modifier: string, ...kinds: Kind[]): Means =>
  (value, kind) =>
    kinds.includes(kind) ? { modifier, value: escaped(value) } : undefined

/** What an operation means for a kind of parameter; nothing where it means none. */
const ops: Readonly<Record<string, Means>> = {
  eq: (value, kind) => ({ ...(kind === 'string' ? { modifier: 'is' } : {}), value: escaped(value) }),
  sw: (value, kind) => (kind === 'string' ? { value: escaped(value) } : under('below', 'uri')(value, kind)),
  co: under('contains', 'string', 'uri'),
  ew: under('ends', 'string', 'uri'),
  re: (value, kind) => (kind === 'reference' ? { value: escaped(value) } : undefined),
  ss: under('above', 'token'),
  sb: under('below', 'token'),
  po: under('overlaps', 'date'),
  in: (value, kind) => (kind === 'token' ? { modifier: 'in', value } : undefined),
  pr: (value) =>
    ['true', 'false'].includes(value) ? { modifier: 'missing', value: String(value === 'false') } : undefined,
}

function plainly(kind: Kind, op: string, value: string): Plain | undefined {
  if (ordered.has(op))
    return ['date', 'number', 'quantity'].includes(kind) ? { value: op + escaped(value) } : undefined
  return Object.hasOwn(ops, op) ? ops[op]?.(value, kind) : undefined
}

interface Asked {
  readonly type: string
  readonly value: string
  readonly may: (type: string) => boolean
  /** A parameter that every type has. */
  readonly everywhere: (ctx: Ctx, type: string, name: string, value: string) => Promise<Condition | undefined>
}

const pathOf = ({ steps }: Test): string => steps.map(({ name }) => name).join('.')
const said = (test: Test): string => `${pathOf(test)} ${test.op} ${test.value}`

/** What a part asks of a type; undefined where the type knows no such parameter. */
async function asks(ctx: Ctx, asked: Asked, part: Part): Promise<Condition | undefined> {
  if (part.kind === 'test') return compare(ctx, asked, part)
  if (part.kind === 'not') {
    const of = await asks(ctx, asked, part.of)
    return of && { kind: 'not', of }
  }
  const of: Condition[] = []
  for (const one of part.of) {
    const condition = await asks(ctx, asked, one)
    if (!condition) return undefined
    of.push(condition)
  }
  return part.kind === 'or' ? some(of) : every(of)
}

async function compare(ctx: Ctx, asked: Asked, test: Test): Promise<Condition | undefined> {
  const { type } = asked
  const { steps, op, value, at } = test
  if (op === 'ne') {
    // An unequal value is a value.
    const there = await compare(ctx, asked, { ...test, op: 'pr', value: 'true' })
    const same = await compare(ctx, asked, { ...test, op: 'eq' })
    return there && same && every([there, { kind: 'not', of: same }])
  }
  if (steps.length > 1) return onward(ctx, asked, test)
  const parameter = searchable(type).parameters.get(pathOf(test))
  if (!parameter) return onAll(ctx, asked, test)
  const plain =
    plainly(parameter.kind, op, value) ??
    bad(placed(at, `${said(test)} is no test of what is a ${parameter.kind}`))
  const asking = { type, parameter, modifier: plain.modifier, value: plain.value, name: '_filter' }
  try {
    return ['is', 'ends', 'contains', 'overlaps'].includes(plain.modifier ?? '')
      ? compared(ctx, asking)
      : await parameterCondition(ctx, asking)
  } catch (error) {
    throw locating(error, test)
  }
}

/** The same refusal, saying at which test. */
function locating(error: unknown, test: Test): unknown {
  if (!(error instanceof Refusal)) return error
  const problems = error.extra.fields ?? []
  const fields = problems.map(({ path, problem }) => ({
    path,
    problem: placed(test.at, `${said(test)} ${problem}`),
  }))
  return new Refusal(error.kind, error.code, { ...error.extra, fields })
}

/** What points at something of which the rest of the path says more, and for which holds what stands in the bracket. */
function onward(ctx: Ctx, asked: Asked, test: Test): Promise<Condition | undefined> {
  const [first, ...steps] = test.steps
  const ask = async (inner: Ctx, of: string) => {
    const there = { ...asked, type: of }
    const rest = await compare(inner, there, { ...test, steps })
    if (!rest || !first?.within) return rest
    const held = await asks(inner, there, first.within)
    return held && every([rest, held])
  }
  const { type, may } = asked
  return chained(ctx, { type, name: pathOf(test), value: test.value, may, ask })
}

/** `_id`, `_lastUpdated` and the like. */
function onAll(ctx: Ctx, { type, everywhere }: Asked, test: Test): Promise<Condition | undefined> {
  const [path, { op, value }] = [pathOf(test), test]
  if (path === '_lastUpdated' && (op === 'eq' || ordered.has(op)))
    return everywhere(ctx, type, path, `${op}${value}`)
  const isPlain = (path === '_id' || path === 'id' || path === '_list') && (op === 'eq' || op === 'in')
  return isPlain ? everywhere(ctx, type, path === 'id' ? '_id' : path, value) : Promise.resolve(undefined)
}

/** The first test that the type, or what it points at, knows nothing of. */
async function unknownIn(ctx: Ctx, asked: Asked, part: Part): Promise<Test | undefined> {
  if (part.kind === 'test') return (await compare(ctx, asked, part)) ? undefined : part
  for (const one of [part.of].flat()) {
    const unknown = await unknownIn(ctx, asked, one)
    if (unknown) return unknown
  }
  return undefined
}

/** What `_filter` asks; 400, naming what of it and where, where it is not understood or not offered. */
export async function filtered(ctx: Ctx, asked: Asked): Promise<Condition> {
  const part = read(asked.value)
  const condition = await asks(ctx, asked, part)
  if (condition) return condition
  const test = await unknownIn(ctx, asked, part)
  return bad(
    placed(test?.at ?? 1, `${test ? said(test) : asked.value} is nothing that ${asked.type} is asked for`),
  )
}

function read(text: string): Part {
  try {
    return readFilter(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return bad(error.message)
  }
}
