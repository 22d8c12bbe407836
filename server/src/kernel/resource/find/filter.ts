import type { Ctx } from '../../ctx.ts'
import { refuse } from '../../refusal.ts'
import { type Parameter, searchable } from '../parameter.ts'
import { type Condition, every, some } from './condition.ts'
import { chained } from './linked.ts'
import { compared, parameterCondition } from './parameter-condition.ts'

/** What `_filter` asks (R4, search_filter): `name co "张" and (birthdate ge 1950 or not (phone pr true))`. */

const testsMost = 50
const deepest = 10

const tokens = /"((?:[^"\\]|\\.)*)"|([()[\]])|[^\s()[\]"]+/gsu

/** A word, what stood between quotes, or a bracket. */
interface Token {
  readonly text: string
  readonly kind: 'word' | 'quoted' | 'sign'
}

function tokensOf(text: string): Token[] {
  const rest = text.replace(tokens, '').trim()
  if (rest !== '') throw new SyntaxError(`${rest} is not understood`)
  return [...text.matchAll(tokens)].map(([whole, quoted, sign]): Token => {
    if (sign) return { text: sign, kind: 'sign' }
    return quoted === undefined ? { text: whole, kind: 'word' } : { text: unquoted(whole), kind: 'quoted' }
  })
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string
  } catch {
    throw new SyntaxError(`${text} is no JSON string`)
  }
}

/** One test: a parameter, or a chain of them, an operation and a value. */
interface Test {
  readonly path: string
  readonly op: string
  readonly value: string
}

type Compare = (test: Test) => Promise<Condition>

/** Reads a filter by descent; throws a `SyntaxError` where it is none. */
class Filter {
  private at = 0
  private tests = 0
  private readonly tokens: readonly Token[]
  private readonly compare: Compare

  constructor(text: string, compare: Compare) {
    this.tokens = tokensOf(text)
    this.compare = compare
  }

  async whole(): Promise<Condition> {
    const condition = await this.joined(0)
    return this.at < this.tokens.length ? this.wrong('has more than one filter') : condition
  }

  /** R4 does not say which of `and` and `or` comes first: a mixture needs brackets. */
  private async joined(depth: number): Promise<Condition> {
    const of = [await this.one(depth)]
    let sign: string | undefined
    for (let next = this.word(); next === 'and' || next === 'or'; next = this.word()) {
      if (sign !== undefined && next !== sign)
        return this.wrong('joins by and and or: say by brackets which comes first')
      sign = next
      this.at++
      of.push(await this.one(depth))
    }
    return sign === 'or' ? some(of) : every(of)
  }

  private async one(depth: number): Promise<Condition> {
    if (depth > deepest) return this.wrong('is too deep')
    if (this.word() === 'not') {
      this.at++
      return { kind: 'not', of: await this.bracket(depth) }
    }
    return this.sign() === '(' ? this.bracket(depth) : this.test()
  }

  private async bracket(depth: number): Promise<Condition> {
    if (this.sign() !== '(') return this.wrong('wants a bracket here')
    this.at++
    const inner = await this.joined(depth + 1)
    if (this.sign() !== ')') return this.wrong('has a bracket that is not closed')
    this.at++
    return inner
  }

  private test(): Promise<Condition> {
    const [path, op, value] = this.tokens.slice(this.at, this.at + 3)
    if (op?.text === '[') return this.wrong('tests in square brackets are not offered')
    const isWhole = path?.kind === 'word' && op?.kind === 'word' && value && value.kind !== 'sign'
    if (!isWhole || ++this.tests > testsMost) return this.wrong('wants parameter, operation and value')
    this.at += 3
    return this.compare({ path: path.text, op: op.text, value: value.text })
  }

  private readonly word = () =>
    this.tokens[this.at]?.kind === 'word' ? this.tokens[this.at]?.text : undefined
  private readonly sign = () =>
    this.tokens[this.at]?.kind === 'sign' ? this.tokens[this.at]?.text : undefined

  private wrong(problem: string): never {
    throw new SyntaxError(problem)
  }
}

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

/** What one test asks; undefined where the type knows no such parameter. */
async function compare(ctx: Ctx, asked: Asked, test: Test): Promise<Condition | undefined> {
  const { type, may } = asked
  const { path, op, value } = test
  if (op === 'ne') {
    // An unequal value is a value.
    const there = await compare(ctx, asked, { ...test, op: 'pr', value: 'true' })
    const same = await compare(ctx, asked, { ...test, op: 'eq' })
    return there && same && every([there, { kind: 'not', of: same }])
  }
  if (path.includes('.')) {
    const ask = (inner: Ctx, of: string, rest: string) =>
      compare(inner, { ...asked, type: of }, { ...test, path: rest })
    return chained(ctx, { type, name: path, value, may, ask })
  }
  const parameter = searchable(type).parameters.get(path)
  if (!parameter) return onAll(ctx, asked, test)
  const plain =
    plainly(parameter.kind, op, value) ?? bad(`${path} ${op} ${value} is no test of a ${parameter.kind}`)
  const said = { type, parameter, modifier: plain.modifier, value: plain.value, name: '_filter' }
  return ['is', 'ends', 'contains'].includes(plain.modifier ?? '')
    ? compared(ctx, said)
    : parameterCondition(ctx, said)
}

/** `_id`, `_lastUpdated` and the like. */
function onAll(
  ctx: Ctx,
  { type, everywhere }: Asked,
  { path, op, value }: Test,
): Promise<Condition | undefined> {
  if (path === '_lastUpdated' && (op === 'eq' || ordered.has(op)))
    return everywhere(ctx, type, path, `${op}${value}`)
  const isPlain = (path === '_id' || path === 'id' || path === '_list') && (op === 'eq' || op === 'in')
  return isPlain ? everywhere(ctx, type, path === 'id' ? '_id' : path, value) : Promise.resolve(undefined)
}

/** What `_filter` asks; 400, naming what of it, where it is not understood or not offered. */
export async function filtered(ctx: Ctx, asked: Asked): Promise<Condition> {
  const known = async (test: Test) =>
    (await compare(ctx, asked, test)) ??
    bad(`${test.path} ${test.op} ${test.value} is nothing that ${asked.type} is asked for`)
  try {
    return await new Filter(asked.value, known).whole()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return bad(error.message)
  }
}
