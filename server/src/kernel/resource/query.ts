import type { Alternative } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { isKeepable } from '../keepable.ts'
import { refuse } from '../refusal.ts'
import { spanOfDate } from './comparable.ts'
import { type Condition, every, some } from './find/condition.ts'
import { filtered } from './find/filter.ts'
import { fullText } from './find/full-text.ts'
import { type Include, includeIn } from './find/include.ts'
import { chained, pointedAt } from './find/linked.ts'
import { listed } from './find/listed.ts'
import { parameterCondition, unsupported } from './find/parameter-condition.ts'
import { type Sort, sortsIn } from './find/sort.ts'
import { searchedBy } from './narrow.ts'
import { searchable } from './parameter.ts'
import { cursorShape, type Match, type Query, search } from './search.ts'

/** What the words of a search mean, and which of its parameters were understood (they make the `self` link). */
export interface Asked {
  readonly query: Query
  readonly understood: readonly (readonly [string, string])[]
  readonly includes: readonly Include[]
  /** What of each resource is wanted: everything, a summary, elements; `count` wants none. */
  readonly shape: Shape
  /** Whether the number of all matches is wanted. */
  readonly total: boolean
}

export interface Shape {
  readonly summary: 'false' | 'true' | 'text' | 'data' | 'count'
  readonly elements: readonly string[]
}

/** How a search is to be taken. */
export interface How {
  /** Unknown parameters are refused. */
  readonly strict: boolean
  /** Whether the caller may look at resources of a type; includes and chains keep to it. */
  readonly may?: (type: string) => boolean
  /** Holds besides what is asked: a compartment. */
  readonly within?: Condition | undefined
}

const most = 200
const usual = 50

const bad = (name: string, problem = 'is not understood'): never =>
  refuse('invalid', 'record.bad-search', { fields: [{ path: name, problem }] })

/** The first moment a search names, of the years a database can hold; 400 for anything else. */
export const momentIn = (name: string, text: string): Date => new Date(spanIn(name, text).low)

/** The first and the last moment of the time that a search names. */
export function timeIn(name: string, text: string): { from: Date; to: Date } {
  const { low, high } = spanIn(name, text)
  return { from: new Date(low), to: new Date(high) }
}

const spanIn = (name: string, text: string) => spanOfDate(text.replace(' ', '+')) ?? bad(name)

function updatedIn(name: string, value: string): Condition {
  const [, prefix = 'eq', text = ''] = /^(ge|gt|le|lt|sa|eb|eq)?(.+)$/.exec(value) ?? []
  const { low, high } = spanIn(name, text)
  const after = new Date(high + 1)
  const from = new Date(low)
  if (prefix === 'ge') return { kind: 'updated', since: from }
  if (prefix === 'gt' || prefix === 'sa') return { kind: 'updated', since: after }
  if (prefix === 'le') return { kind: 'updated', before: after }
  if (prefix === 'lt' || prefix === 'eb') return { kind: 'updated', before: from }
  return { kind: 'updated', since: from, before: after }
}

/** Where the next page begins, as the `next` link carries it. */
export const cursorOf = (after: readonly string[]): string =>
  Buffer.from(JSON.stringify(after)).toString('base64url')

/** What `cursorOf` wrote; 400 for anything else. */
export function afterIn(name: string, cursor: string): readonly string[] {
  const text = Buffer.from(cursor, 'base64url').toString()
  try {
    const parts: unknown = JSON.parse(text)
    const isRight =
      Array.isArray(parts) &&
      parts.length <= 9 &&
      parts.every((one) => typeof one === 'string' && isKeepable(one))
    return isRight ? (parts as string[]) : bad(name)
  } catch {
    return bad(name)
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function requireCursor(query: Query): void {
  if (!query.after) return
  const { length, resident } = cursorShape(query)
  if (query.after.length !== length || !uuid.test(query.after[resident] ?? '')) bad('_cursor')
}

interface Draft {
  readonly ctx: Ctx
  readonly type: string
  readonly may: (type: string) => boolean
  conditions: Condition[]
  includes: Include[]
  sorts: readonly Sort[]
  limit: number
  after?: readonly string[]
  summary: Shape['summary']
  elements: readonly string[]
  total: boolean
}

const summaries: readonly string[] = ['false', 'true', 'text', 'data', 'count']

const elementsIn = (value: string): string[] =>
  value
    .split(',')
    .map((one) => one.replace(/^[A-Z]\w*\./, '').replace(/\..*$/, ''))
    .filter(Boolean)

/** What of a resource a read wants; undefined where that is all of it. */
export function shapeIn(params: URLSearchParams): Shape | undefined {
  const elements = elementsIn(params.get('_elements') ?? '')
  const summary = params.get('_summary') || 'false'
  if (!summaries.includes(summary) || summary === 'count') bad('_summary')
  if (summary === 'false' && elements.length === 0) return undefined
  return { summary: summary as Shape['summary'], elements }
}

/** Parameters that say how to answer and not what to find. */
const controls: Readonly<Record<string, (draft: Draft, value: string, name: string) => void>> = {
  _count: (draft, value, name) => {
    const count = Number(value)
    const isRight = /^\d{1,9}$/.test(value)
    draft.limit = isRight ? Math.min(Math.max(count, 1), most) : bad(name)
    if (count === 0) draft.summary = 'count'
  },
  _cursor: (draft, value, name) => {
    draft.after = afterIn(name, value)
  },
  _sort: (draft, value, name) => {
    draft.sorts = sortsIn(draft.type, value) ?? bad(name, 'is no order of this type')
  },
  _summary: (draft, value, name) => {
    draft.summary = summaries.includes(value) ? (value as Shape['summary']) : bad(name)
  },
  _elements: (draft, value) => {
    draft.elements = elementsIn(value)
  },
  _total: (draft, value, name) => {
    if (!['none', 'estimate', 'accurate'].includes(value)) bad(name)
    draft.total = value !== 'none'
  },
  _contained: (_draft, value, name) => {
    if (value !== 'false')
      bad(name, 'only false is supported: contained resources are read with what holds them')
  },
  _query: (_draft, _value, name) => bad(name, 'there are no named queries'),
}

/** Parameters that change nothing in what is found; the links keep them. */
const indifferent = new Set(['_format', '_pretty'])

const linking = /^_(rev)?include(:iterate|:recurse)?$/

const isCriterion = (name: string): boolean =>
  !linking.test(name) && !indifferent.has(name) && !Object.hasOwn(controls, name)

/** What is no parameter of a type and takes no modifier. */
const unmodified = new Set([
  ...['_id', '_lastUpdated', '_list', '_text', '_content', '_filter', '_include', '_revinclude'],
  ...[...Object.keys(controls), ...indifferent],
])

/** What one parameter asks of resources of a type; undefined where the type knows no such parameter. */
async function conditionOf(
  ctx: Ctx,
  type: string,
  { name, value, may }: { name: string; value: string; may: (type: string) => boolean },
): Promise<Condition | undefined> {
  const ask = (inner: Ctx, of: string, asked: string, wanted: string) =>
    conditionOf(inner, of, { name: asked, value: wanted, may })
  if (name.startsWith('_has:')) return pointedAt(ctx, { type, name, value, may, ask })
  const [code = '', modifier] = name.split(':')
  if (modifier !== undefined && unmodified.has(code)) return unsupported(name, modifier)
  if (name === '_id') return { kind: 'id', ids: value.split(',').filter(Boolean) }
  if (name === '_lastUpdated') return updatedIn(name, value)
  if (name === '_list') return may('List') ? listed(ctx, type, value) : { kind: 'id', ids: [] }
  if (name === '_text' || name === '_content') return fullText(ctx, { type, name, value })
  if (name === '_filter')
    return filtered(ctx, {
      type,
      value,
      may,
      everywhere: (inner, of, asked, wanted) => ask(inner, of, asked, wanted),
    })
  if (name.includes('.')) return chained(ctx, { type, name, value, may, ask })
  const parameter = searchable(type).parameters.get(code)
  return parameter && parameterCondition(ctx, { type, parameter, modifier, value, name })
}

/** So many values are sought at once; ids are looked up together, however many. */
const valuesMost = 1_000

function requireFew(params: URLSearchParams): void {
  let values = 0
  for (const [name, value] of params) {
    values += name === '_id' || name === '_elements' ? 1 : value.split(',').length
    if (values > valuesMost) bad(name, `the search has more than ${valuesMost} values`)
  }
}

/** Understands a search. Unknown parameters are left out of `self`; under `strict` they are refused 400. */
export async function askedFor(ctx: Ctx, type: string, params: URLSearchParams, how: How): Promise<Asked> {
  const { strict, may = () => true, within } = how
  requireFew(params)
  const draft: Draft = {
    ...{ ctx, type, may, conditions: within ? [within] : [], includes: [], sorts: [], limit: usual },
    ...{ summary: 'false', elements: [], total: false },
  }
  const understood: [string, string][] = []
  for (const [name, value] of params) {
    if (await take(draft, name, value)) understood.push([name, value])
    else if (strict && value !== '')
      refuse('invalid', 'record.unknown-parameter', { fields: [{ path: name, problem: 'is not supported' }] })
  }
  const narrowed = searchedBy(ctx.actor, type)
  if (narrowed) draft.conditions.push(await someOf(ctx, type, narrowed))
  const { conditions, includes, sorts, limit, after, summary, elements, total } = draft
  const query = { type, condition: every(conditions), sorts, limit, after }
  requireCursor(query)
  return { query, understood, includes, shape: { summary, elements }, total }
}

/** One of these alternatives, each of which wants all it names; what is not understood is never met. */
async function someOf(ctx: Ctx, type: string, alternatives: readonly Alternative[]): Promise<Condition> {
  const found: Condition[] = []
  for (const one of alternatives) {
    const needs: Condition[] = []
    for (const [name, value] of one)
      needs.push((await conditionOf(ctx, type, { name, value, may: () => true })) ?? some([]))
    found.push(every(needs))
  }
  return some(found)
}

/** Takes one parameter into the draft; false where nobody knows it, or it says nothing. */
async function take(draft: Draft, name: string, value: string): Promise<boolean> {
  if (value === '') return false
  if (indifferent.has(name)) return true
  if (linking.test(name)) {
    draft.includes.push(includeIn(draft.type, name, value) ?? bad(name))
    return true
  }
  const control = Object.hasOwn(controls, name) ? controls[name] : undefined
  if (control) {
    control(draft, value, name)
    return true
  }
  const condition = await conditionOf(draft.ctx, draft.type, { name, value, may: draft.may })
  if (condition) draft.conditions.push(condition)
  return condition !== undefined
}

/** What a conditional create, update, delete or reference means: at most two matches, all parameters understood. */
export async function matchesOf(ctx: Ctx, type: string, query: string): Promise<readonly Match[]> {
  const asked = await askedFor(ctx, type, new URLSearchParams(query), { strict: true })
  if (!asked.understood.some(([name]) => isCriterion(name)))
    refuse('precondition', 'record.condition-without-criteria')
  return (await search(ctx, { ...asked.query, sorts: [], limit: 2 })).found
}
