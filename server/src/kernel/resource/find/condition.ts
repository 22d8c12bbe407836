import { beyond } from '../comparable.ts'

/** From here to before there. */
export type Range = readonly [string, string]

/** What a value must be: one of these, or within one of these ranges, and pass the test. */
export interface Leaf {
  readonly exact?: readonly string[]
  readonly ranges?: readonly Range[]
  /** SQL over the value. */
  readonly test?: (value: string, bind: Bind) => string
  /** Ranges in which an index finds at least all that match, where these are others. */
  readonly seek?: readonly Range[]
}

/** What a search asks of a row `r` of the store. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** One of the values of a slot is as the leaf says; `weight` tells how much it narrows (the least, the most). */
  | {
      readonly kind: 'value'
      readonly slot: string
      readonly leaf: Leaf
      /** The slot under which the index finds at least all that match. */
      readonly index: string | undefined
      readonly weight: number
    }
  /** It is one of these patients' (by FHIR id, or by the owner's), whom the actor may see. */
  | { readonly kind: 'patient'; readonly ids: readonly string[] }
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  | { readonly kind: 'updated'; readonly since?: Date; readonly before?: Date }
  /** What can be read in it, or in its narrative, is as the regular expression says. */
  | {
      readonly kind: 'written'
      readonly pattern: string
      readonly hint: string | undefined
      readonly isNarrative: boolean
    }

export const every = (of: readonly Condition[]): Condition =>
  of.length === 1 && of[0] ? of[0] : { kind: 'all', of }
export const some = (of: readonly Condition[]): Condition =>
  of.length === 1 && of[0] ? of[0] : { kind: 'any', of }

/** The values of a statement, each under its number. */
export class Bind {
  readonly values: unknown[]

  constructor(values: readonly unknown[]) {
    this.values = [...values]
  }

  add(value: unknown): string {
    return `$${this.values.push(value)}`
  }
}

/** Everything that begins so. */
export const prefixed = (text: string): Range => [text, text + beyond]
/** All values of a slot. */
export const anything: Range = ['', beyond]

const within = (value: string, ranges: readonly Range[], bind: Bind): string =>
  ranges.map(([low, high]) => `(${value} >= ${bind.add(low)} and ${value} < ${bind.add(high)})`).join(' or ')

/** SQL that is true for a value as the leaf wants it. */
export function leafSql({ exact = [], ranges = [], test }: Leaf, value: string, bind: Bind): string {
  const either = [
    ...(exact.length > 0 ? [`${value} = any (${bind.add(exact)}::text[])`] : []),
    ...(ranges.length > 0 ? [within(value, ranges, bind)] : []),
  ]
  const place = either.length > 0 ? `(${either.join(' or ')})` : 'false'
  return test ? `${place} and ${test(value, bind)}` : place
}

const named = (slot: string, value: string) => `${slot}=${value}`

function valueSql(condition: Condition & { kind: 'value' }, bind: Bind): string {
  const { slot, leaf } = condition
  const { exact = [], ranges = [], test } = leaf
  const keys = exact.map((one) => named(slot, one))
  if (ranges.length === 0 && !test) return `r.keys && ${bind.add(keys)}::text[]`
  const keyRanges = ranges.map(([low, high]): Range => [named(slot, low), named(slot, high)])
  const value = `substr(k, ${slot.length + 2})`
  const whole = leafSql(
    { exact: keys, ranges: keyRanges, ...(test ? { test: () => test(value, bind) } : {}) },
    'k',
    bind,
  )
  return `exists (select from unnest(r.keys) k where ${whole})`
}

const hasNarrative = `position('"div":"<' in r.content) > 0`
/** Accents and wide letters, by which the JSON may write otherwise what is looked for in plain letters. */
const otherwise = String.raw`[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]`

/** What does not stand in the JSON at all needs no closer reading. */
function writtenSql({ pattern, hint, isNarrative }: Condition & { kind: 'written' }, bind: Bind): string {
  const reads = `kernel.readable(r.content, ${isNarrative}) ~ ${bind.add(pattern)}::text`
  if (isNarrative) return `(${hasNarrative} and ${reads})`
  if (hint === undefined) return reads
  const stands = /[a-z0-9]/.test(hint)
    ? `lower(r.content collate "C") ~ ${bind.add(hint)}::text or r.content ~ '${otherwise}'`
    : /^\p{Script=Han}+$/u.test(hint)
      ? `position(${bind.add(hint)}::text in r.content) > 0`
      : `r.content ~ ${bind.add(hint)}::text`
  return `((${hasNarrative} or ${stands}) and ${reads})`
}

const patientIds = (column: string, ids: string) =>
  `select p.resident_id from kernel.resource p where p.type = 'Patient' and p.${column} = any (${ids}::text[]) and not p.deleted`

/** The residents behind these patients and whoever is the same person, as far as row-level security shows them. */
export function residentsSql(ids: readonly string[], bind: Bind): string {
  const list = bind.add(ids)
  return `r.resident_id = any (array(with p as (${patientIds('id', list)} union all ${patientIds('own_id', list)})
    select p.resident_id from p union all
    select s.other_id from p join kernel.same_person s on s.resident_id = p.resident_id))`
}

/** The condition as SQL over `r`. */
export function sqlOf(condition: Condition, bind: Bind): string {
  switch (condition.kind) {
    case 'all':
      return `(${condition.of.map((one) => sqlOf(one, bind)).join(' and ') || 'true'})`
    case 'any':
      return `(${condition.of.map((one) => sqlOf(one, bind)).join(' or ') || 'false'})`
    case 'not':
      return `not ${sqlOf(condition.of, bind)}`
    case 'value':
      return valueSql(condition, bind)
    case 'patient':
      return residentsSql(condition.ids, bind)
    case 'id': {
      const ids = bind.add(condition.ids)
      return `(r.id = any (${ids}::text[]) or r.own_id = any (${ids}::text[]))`
    }
    case 'written':
      return writtenSql(condition, bind)
    case 'updated':
      return [
        ...(condition.since ? [`r.updated_at >= ${bind.add(condition.since)}`] : []),
        ...(condition.before ? [`r.updated_at < ${bind.add(condition.before)}`] : []),
      ].join(' and ')
  }
}

/** Whether whatever lies among those keys matches, so that nothing else need be looked at. */
export const isSought = (condition: Condition): boolean =>
  condition.kind === 'value' &&
  condition.index === condition.slot &&
  condition.leaf.test === undefined &&
  condition.leaf.seek === undefined

/** The keys among which an index finds all that the condition may match; undefined where only looking at rows tells. */
export function seekOf(condition: Condition): { ranges: readonly Range[]; weight: number } | undefined {
  if (condition.kind === 'value') {
    const { index, leaf, weight } = condition
    if (index === undefined) return undefined
    const exact = (leaf.exact ?? []).map((one): Range => [named(index, one), `${named(index, one)}\x01`])
    const ranges = (leaf.seek ?? leaf.ranges ?? []).map(
      ([low, high]): Range => [named(index, low), named(index, high)],
    )
    return { ranges: [...exact, ...ranges], weight }
  }
  if (condition.kind === 'all') {
    const seeks = condition.of.flatMap((one) => seekOf(one) ?? [])
    return seeks.toSorted((a, b) => a.weight - b.weight)[0]
  }
  if (condition.kind !== 'any') return undefined
  const seeks = condition.of.map(seekOf)
  if (seeks.some((one) => one === undefined)) return undefined
  const known = seeks.flatMap((one) => one ?? [])
  return {
    ranges: known.flatMap(({ ranges }) => ranges),
    weight: Math.max(0, ...known.map(({ weight }) => weight)),
  }
}
