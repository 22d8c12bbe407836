import { beyond } from '../comparable.ts'
import { ownersOf } from '../owner.ts'
import { searchable } from '../parameter.ts'
import type { Bind } from './condition.ts'

/** One key of an order. */
export interface Sort {
  readonly code: string
  readonly descending: boolean
}

/** What is kept as a digest has no order that would mean anything, and a cursor would carry it out. */
const isBlind = (type: string, code: string): boolean =>
  ownersOf(type).some(({ blinded }) => blinded?.[code] !== undefined)

/** `-date,_id` as keys; undefined where one is no parameter of the type, or one that is kept as a digest. */
export function sortsIn(type: string, text: string): readonly Sort[] | undefined {
  const sorts = text
    .split(',')
    .filter(Boolean)
    .map((one) => ({ code: one.replace(/^-/, ''), descending: one.startsWith('-') }))
  const isKnown = ({ code }: Sort) =>
    code === '_id' ||
    code === '_lastUpdated' ||
    (searchable(type).parameters.has(code) && !isBlind(type, code))
  return sorts.length > 0 && sorts.length <= 5 && sorts.every(isKnown) ? sorts : undefined
}

/** What rows are ordered by, as a text that compares right; what has no value comes last. */
function valueSql(type: string, { code, descending }: Sort, bind: Bind): string {
  if (code === '_id') return 'r.id collate "C"'
  if (code === '_lastUpdated')
    return `to_char(r.updated_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') collate "C"`
  const { parameters, slots } = searchable(type)
  const names = parameters.get(code)?.slots.filter((name) => slots.has(name)) ?? []
  const within = names
    .map(
      (name) =>
        `(k >= ${bind.add(`${name}=`)} and k < ${bind.add(`${name}=${slots.get(name)?.kind === 'date' ? '~' : beyond}`)})`,
    )
    .join(' or ')
  const pick = descending ? 'max' : 'min'
  const value = `(select ${pick}(substr(k, position('=' in k) + 1)) from unnest(r.keys) k where ${within || 'false'})`
  return `coalesce(${value}, ${bind.add(descending ? '' : beyond)}::text) collate "C"`
}

/** The order as SQL: columns to select (`s0`, `s1` …), `order by`, and where the next page begins. */
export function sortSql(type: string, sorts: readonly Sort[], bind: Bind) {
  const columns = sorts.map((sort, n) => `${valueSql(type, sort, bind)} as s${n}`)
  const order = [
    ...sorts.map(({ descending }, n) => `s${n}${descending ? ' desc' : ''}`),
    'resident_id',
    'id',
  ]
  return { columns, order: order.join(', ') }
}

/** Rows that come after the last one shown: `values` are its s0, s1 … resident and id. */
export function afterSql(sorts: readonly Sort[], values: readonly string[], bind: Bind): string {
  const keys = [
    ...sorts.map(({ descending }, n) => ({ sql: `x.s${n}`, cast: 'text', descending })),
    { sql: 'x.resident_id', cast: 'uuid', descending: false },
    { sql: 'x.id', cast: 'text', descending: false },
  ]
  const bound = values.map((value, n) => `${bind.add(value)}::${keys[n]?.cast ?? 'text'}`)
  const alternatives = keys.map(({ sql, descending }, n) => {
    const same = keys.slice(0, n).map((key, m) => `${key.sql} = ${bound[m]}`)
    return `(${[...same, `${sql} ${descending ? '<' : '>'} ${bound[n]}`].join(' and ')})`
  })
  return `(${alternatives.join(' or ')})`
}
