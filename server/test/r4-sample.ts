import type { Json, Resource } from '../src/kernel/resource/owner.ts'
import { shapeOf } from '../src/kernel/resource/shape.ts'
import type { Published } from './r4-parameter.ts'

/** Resources made from the words of a search parameter, where no official example has a value for it. */

type Node = { [name: string]: Json }

const samples: Readonly<Record<string, Json>> = {
  boolean: true,
  decimal: 2.5,
  integer: 7,
  positiveInt: 7,
  unsignedInt: 7,
  string: 'Sample text',
  markdown: 'Sample text',
  code: 'sample',
  id: 'sample',
  uri: 'http://example.org/sample',
  url: 'http://example.org/sample',
  canonical: 'http://example.org/sample',
  oid: 'urn:oid:1.2.3',
  date: '2020-05-06',
  dateTime: '2020-05-06T07:08:09Z',
  instant: '2020-05-06T07:08:09Z',
  Coding: { system: 'http://example.org/s', code: 'sample' },
  CodeableConcept: { coding: [{ system: 'http://example.org/s', code: 'sample' }] },
  Identifier: { system: 'http://example.org/i', value: 'sample-1' },
  Quantity: { value: 2.5, system: 'http://unitsofmeasure.org', code: 'mg' },
  SimpleQuantity: { value: 2.5, system: 'http://unitsofmeasure.org', code: 'mg' },
  Age: { value: 25, system: 'http://unitsofmeasure.org', code: 'a' },
  Range: { low: { value: 1 }, high: { value: 3 } },
  Money: { value: 12.5, currency: 'CNY' },
  Period: { start: '2020-05-06', end: '2020-05-08' },
  Timing: { event: ['2020-05-06'] },
  HumanName: { family: 'Sample', given: ['Given'], text: 'Given Sample' },
  Address: { line: ['Line'], city: 'City', state: 'State', postalCode: '12345', country: 'CN', use: 'home' },
  Attachment: { url: 'http://example.org/sample' },
  'Location.position': { latitude: 30, longitude: 120 },
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** An element filled in along the path; choices take the type that is asked for, or each in turn. */
function fill(
  type: string,
  path: readonly string[],
  wanted: { types: readonly string[]; target?: string | undefined; filter: Node },
): Node[] {
  const [first = '', ...rest] = path
  const elements = [...(shapeOf(type)?.elements.values() ?? [])]
  const own = elements.filter(({ name, choice }) => name === first || choice === `${first}[x]`)
  return own.flatMap((element) => {
    if (
      element.choice &&
      rest.length === 0 &&
      wanted.types.length > 0 &&
      !wanted.types.some((one) => element.name === first + upper(one))
    )
      return []
    const made =
      rest.length > 0 ? fill(element.type, rest, wanted) : [sampleOf(element.type, wanted.target ?? 'Basic')]
    return made.map((value) => {
      const filled =
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? { ...wanted.filter, ...value }
          : value
      return { [element.name]: element.list ? [filled as Json] : (filled as Json) }
    })
  })
}

function sampleOf(type: string, target: string): Json {
  if (type === 'Reference') return { reference: `${target}/sample-1` }
  if (type === 'Resource') return { resourceType: target, id: 'sample-1' }
  if (type === 'ContactPoint') return { system: 'phone', value: '13800000000' }
  return samples[type] ?? {}
}

/** Resources of the type with a value at each path of the parameter. */
export function madeFor(type: string, parameter: Published): Resource[] {
  if (parameter.type === 'composite') return compositeFor(type, parameter)
  return pathsOf(type, parameter.expression ?? '').flatMap((one) =>
    fill(type, one.path, { ...one, target: one.target ?? parameter.target?.[0] ?? 'Basic' }).map(
      (node) => ({ resourceType: type, ...node }) as unknown as Resource,
    ),
  )
}

function compositeFor(type: string, parameter: Published): Resource[] {
  const context = pathsOf(type, parameter.expression ?? '')[0]
  if (!context) return []
  const paths = (parameter.component ?? []).map(
    ({ expression }) =>
      pathsOf(
        type,
        expression.startsWith('%')
          ? `${type}.${expression.slice(10)}`
          : `${type}.${[...context.path, expression.replace(/\|.*$/, '').trim()].join('.')}`,
      )[0],
  )
  const nodes = paths.map((one) => (one ? (fill(type, one.path, one)[0] ?? {}) : {}))
  return [{ resourceType: type, ...nodes.reduce(merged, {}) } as unknown as Resource]
}

function merged(one: Node, other: Node): Node {
  const both = { ...one }
  for (const [name, value] of Object.entries(other)) {
    const before = both[name]
    both[name] =
      Array.isArray(before) && Array.isArray(value)
        ? [merged(before[0] as Node, value[0] as Node)]
        : typeof before === 'object' && before !== null && !Array.isArray(before)
          ? merged(before, value as Node)
          : value
  }
  return both
}

function pathsOf(type: string, expression: string) {
  return expression
    .split('|')
    .map((one) => one.trim().replace(/^\((.*)\)$/, '$1'))
    .map((one) => (/^[a-z]/.test(one) ? `${type}.${one}` : one))
    .filter((one) => ['Resource', 'DomainResource', type].includes(/^\w+/.exec(one)?.[0] ?? ''))
    .map((one) => {
      const only = /resolve\(\) is (\w+)/.exec(one)?.[1]
      const [, element, value] = /where\((\w+)='([^']+)'\)/.exec(one) ?? []
      const types = [...one.matchAll(/ofType\((\w+)\)/g)].map(([, name]) =>
        name === 'DateTime' ? 'dateTime' : String(name),
      )
      const path = one
        .replace(/\.(where|ofType|exists)\((?:[^()]|\(\))*\)/g, '')
        .replace('[0]', '')
        .split('.')
        .slice(1)
      return { path, types, target: only, filter: element ? { [element]: value as Json } : {} }
    })
}
