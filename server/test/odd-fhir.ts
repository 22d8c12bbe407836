import fc from 'fast-check'
import type { Resource } from '../src/kernel/resource/owner.ts'
import { resourceTypes } from '../src/kernel/resource/shape.ts'
import { toXml } from '../src/modules/interop/to-xml.ts'
import { examplesOf } from './r4-parameter.ts'

/** Texts, values and bodies that nobody should send. */

const oddTexts = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '￿',
    '\u202e张伟',
    '𠮷',
    '张三',
    'é',
    '\\',
    '\\|',
    '|',
    '||',
    ',',
    '$',
    '$$',
  ],
  ...[
    "'",
    '"',
    "';drop table x;--",
    '%',
    '%00',
    '%zz',
    '_',
    '*',
    '(',
    '[',
    '{',
    '<a>',
    '&lt;',
    '../..',
    '/',
    '#',
    '?',
    ':',
  ],
  ...'__proto__ constructor prototype toString hasOwnProperty null undefined true NaN Infinity'.split(' '),
  ...[
    '0',
    '-1',
    '1e999',
    '9'.repeat(40),
    '-9223372036854775809',
    '2147483648',
    '0.1e-400',
    '1.7976931348623157e309',
    '0x10',
  ],
  ...[
    '0000',
    '9999-12-31',
    '2024-02-30',
    '2024-13-01',
    '-0001-01-01',
    '+275760-09-13T00:00:00Z',
    '2024-01-01T25:00:00Z',
    '24:00',
    'ge',
    'ge2024',
    'lt9999',
    'ap0',
  ],
  ...[
    'http://',
    'http://loinc.org|',
    'urn:uuid:',
    'Patient/',
    '/Patient',
    'Patient/_history/1',
    '#',
    '#x',
    '@',
    'x'.repeat(5_000),
    '张'.repeat(400),
  ],
]
export const odd = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
)
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  odd,
  fc.constantFrom<unknown>(null, true, 0, -0, 1e308, -1, 0.1, 2 ** 53, [], {}, [[]], [null], { a: [{}] }),
  fc.jsonValue({ maxDepth: 3 }),
)

export const common =
  'Patient Observation Encounter Condition MedicationRequest ServiceRequest Task Practitioner PractitionerRole Organization Location HealthcareService ValueSet CodeSystem ConceptMap Subscription Group DocumentReference Binary Consent Provenance Basic AllergyIntolerance Immunization DiagnosticReport Composition Schedule Slot Appointment'.split(
    ' ',
  )
type Tree = { [name: string]: unknown }

/** The resource with one of its values, somewhere, replaced by another, or with one more. */
function mutated(value: unknown, dice: readonly number[], by: unknown, name: string): unknown {
  const [first = 0, ...rest] = dice
  if (typeof value !== 'object' || value === null || rest.length === 0) return by
  const keys = Object.keys(value)
  const key = keys[first % (keys.length + 1)]
  if (Array.isArray(value)) {
    const copy = [...value]
    copy[key === undefined ? copy.length : Number(key)] = mutated(copy[Number(key)], rest, by, name)
    return copy
  }
  const copy: Tree = { ...value }
  const own = key ?? name
  Object.defineProperty(copy, own, {
    value: mutated((value as Tree)[own], rest, by, name),
    ...{ enumerable: true, configurable: true, writable: true },
  })
  return copy
}

const samples = new Map<string, readonly Resource[]>()
function samplesOf(of: string): readonly Resource[] {
  const known =
    samples.get(of) ??
    (resourceTypes.includes(of)
      ? examplesOf(of)
          .filter((one) => written(one).length < 100_000)
          .slice(0, 6)
      : [])
  samples.set(of, known)
  return known.length > 0 ? known : [{ resourceType: of } as unknown as Resource]
}

/** An example of the type about this patient, a little or not at all spoilt. */
const resourceOf = (of: string, patientId: string): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...samplesOf(of)),
      fc.option(fc.tuple(fc.array(fc.nat(20), { minLength: 2, maxLength: 7 }), oddValue, odd), { freq: 2 }),
    )
    .map(([sample, change]) => {
      const about = JSON.parse(
        JSON.stringify(sample).replace(/"Patient\/[^"]+"/g, `"Patient/${patientId}"`),
      ) as unknown
      return change ? mutated(about, ...change) : about
    })

const entry = (patientId: string): fc.Arbitrary<unknown> =>
  fc.constantFrom(...common).chain((of) =>
    fc.record(
      {
        fullUrl: fc.oneof(fc.constantFrom('urn:uuid:0', 'http://a/b'), odd),
        resource: resourceOf(of, patientId),
        request: fc.record(
          {
            method: fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'), odd),
            url: fc.oneof(fc.constantFrom(of, `${of}/1`, `${of}?_id=1`, `${of}/${patientId}`), odd),
            ifMatch: odd,
            ifNoneExist: odd,
          },
          { requiredKeys: ['method', 'url'] },
        ),
      },
      { requiredKeys: ['request'] },
    ),
  )

const operation = fc.record(
  {
    op: fc.oneof(fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'), odd),
    path: fc.oneof(fc.constantFrom('/status', '/code/coding/0', '/id', '/name/-', '/__proto__/x', ''), odd),
    from: odd,
    value: oddValue,
  },
  { requiredKeys: ['op', 'path'] },
)
const partNames = 'name valueString valueCode valueCoding resource part valueInteger valueUri'.split(' ')
const parameters = fc.record({
  resourceType: fc.constant('Parameters'),
  parameter: fc.array(
    fc.oneof(
      oddValue,
      fc.dictionary(
        fc.constantFrom(...partNames),
        fc.oneof(
          fc.constantFrom('operation', 'type', 'path', 'Patient.name', 'resource', 'query', 'count'),
          oddValue,
        ),
      ),
    ),
    { maxLength: 3 },
  ),
})
const graphql = fc
  .tuple(
    fc.constantFrom(...common, '__schema', '__proto__'),
    fc.constantFrom('', 'List', 'Connection'),
    fc.oneof(
      odd,
      fc.constantFrom('id: 1', '_count: -1', 'name: ["a", null]', '_id: {a: 1}', '_cursor: "W10"'),
    ),
    fc.oneof(
      odd,
      fc.constantFrom(
        '{ id }',
        '{ id { x } }',
        '{ ...f }',
        '{ __typename }',
        '{ edges { resource { id } } count }',
        '@flatten { id meta @flatten @first { x: versionId @singleton } }',
        '@slice(path: "$index") { id }',
        '@slice(path: "a[9].b.__proto__") @flatten @singleton { __proto__: id }',
        '@slice(path: 1) { id }',
      ),
    ),
  )
  .map(([of, kind, args, rest]) => ({ query: `{ ${of}${kind}${args ? `(${args})` : ''} ${rest} }` }))

const json = 'application/fhir+json'
const media = fc.oneof(
  { weight: 12, arbitrary: fc.constant(json) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        'application/json',
        'application/json-patch+json',
        'text/plain',
        'application/graphql',
        'application/pdf',
        'image/png; a=b',
        'nonsense',
        '',
      ],
      ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/fhir+ndjson'],
    ),
  },
)

export type Body = { readonly content: string; readonly text: string }

const deep = (levels: number) => `{"resourceType":"Basic","x":${'['.repeat(levels)}${']'.repeat(levels)}}`
const written = (value: unknown): string => JSON.stringify(value) ?? 'null'

/** Half of the XML of a resource, or all of it with a sign exchanged. */
function brokenXml(value: unknown, at: number, by: string): string {
  try {
    const text = toXml(value as Resource)
    const cut = at % (text.length + 1)
    return by === '' ? text : text.slice(0, cut) + by + text.slice(cut + (at % 3))
  } catch {
    return `<${by}/>`
  }
}

export const bodyOf = (of: string, patientId: string): fc.Arbitrary<Body> => {
  const resource = resourceOf(of, patientId)
  const asJson = (value: fc.Arbitrary<unknown>) =>
    fc.tuple(value, media).map(([body, content]) => ({ content, text: written(body) }))
  return fc.oneof(
    { weight: 6, arbitrary: asJson(resource) },
    { weight: 2, arbitrary: asJson(fc.array(operation, { maxLength: 3 })) },
    { weight: 2, arbitrary: asJson(parameters) },
    { weight: 2, arbitrary: asJson(graphql) },
    {
      weight: 3,
      arbitrary: asJson(
        fc.record({
          resourceType: fc.constant('Bundle'),
          type: fc.constantFrom('transaction', 'batch', 'collection', 'x'),
          entry: fc.array(entry(patientId), { maxLength: 3 }),
        }),
      ),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(resource, fc.nat(), odd)
        .map(([value, at, by]) => ({ content: 'application/fhir+xml', text: brokenXml(value, at, by) })),
    },
    { weight: 1, arbitrary: fc.tuple(odd, media).map(([text, content]) => ({ content, text })) },
    { weight: 1, arbitrary: asJson(oddValue) },
    {
      weight: 1,
      arbitrary: fc.constantFrom({ content: json, text: deep(90) }, { content: json, text: deep(5_000) }),
    },
  )
}
