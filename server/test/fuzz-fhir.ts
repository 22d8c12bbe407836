import fc from 'fast-check'
import { searchable } from '../src/kernel/resource/parameter.ts'
import { resourceTypes } from '../src/kernel/resource/shape.ts'
import { bodyOf, common, odd } from './odd-fhir.ts'

/** Requests that nobody should send, made from FHIR's own words: each must be answered, none with a 500. */

/** One request as it is injected. */
export interface Odd {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | undefined
}

const type = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...common) },
  { weight: 10, arbitrary: fc.constantFrom(...resourceTypes) },
  { weight: 1, arbitrary: odd },
)

/** Percent-encodes bytes, whatever they are; sometimes leaves a text as it is. */
const encoded = (text: string, isRaw: boolean): string =>
  isRaw
    ? text.replace(/[^\x21-\x7e]/g, '')
    : [...Buffer.from(text, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

const part = (values: fc.Arbitrary<string>) =>
  fc
    .tuple(values, fc.nat(9))
    .map(([text, dice]) => (/^[\w$.-]+$/.test(text) ? text : encoded(text, dice === 0)))

const controls =
  '_id _lastUpdated _count _sort _summary _elements _total _include _revinclude _include:iterate _has _format _pretty _cursor _type _since _at _contained _text _content _tag _profile _security _filter _query _list query variables operationName url filter code system offset count mode identifier'.split(
    ' ',
  )
const modifiers =
  'exact contains missing not text in not-in above below of-type identifier Patient iterate'.split(' ')
const values =
  'ge2024-01-01 2024 http://loinc.org|6298-4 true false 张 Patient/1 male gt5 5|| final Observation:patient Patient:* -date code,-date json xml application/fhir+xml 1 Observation:patient:Patient 5.4|http://unitsofmeasure.org|mg 30|120|5|km a$b a$b$c http://hl7.org/fhir/sid/icd-10|I21 http://hl7.org/fhir/sid/icd-10|I20-I25 urn:tongmai:code-system:gbt-2260|110000'.split(
    ' ',
  )

const queryOf = (of: string) => {
  const codes = [...searchable(of).parameters.keys()]
  const code = fc.constantFrom(...(codes.length > 0 ? codes : ['_id']), ...controls)
  const name = fc.oneof(
    { weight: 6, arbitrary: code },
    { weight: 3, arbitrary: fc.tuple(code, fc.constantFrom(...modifiers)).map((both) => both.join(':')) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(code, fc.constantFrom('name', 'identifier', 'subject.name', '_id', 'x'))
        .map((both) => both.join('.')),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...common), fc.constantFrom('patient', 'subject', 'x'), code)
        .map((all) => `_has:${all.join(':')}`),
    },
    { weight: 1, arbitrary: odd },
  )
  const value = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 4, arbitrary: odd })
  return fc
    .array(fc.tuple(part(name), part(value)), { maxLength: 3 })
    .map((pairs) => (pairs.length > 0 ? `?${pairs.map((pair) => pair.join('=')).join('&')}` : ''))
}

const header = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').trim()
/** Said by one in twelve. */
const seldom = (values: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 11, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values })
const orOdd = (...usual: string[]) =>
  seldom(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: odd.map(header) }),
  )
const headers = fc
  .record({
    prefer: orOdd('return=minimal', 'return=OperationOutcome', 'handling=strict', 'respond-async'),
    accept: orOdd('*/*', 'application/fhir+xml', 'application/fhir+json;q=0.5', 'text/html', 'image/*'),
    'x-security-context': orOdd('Patient/1', 'Patient', '1'),
    'if-match': orOdd('W/"1"', '*', '"1"'),
    'if-none-match': orOdd('W/"1"', '*'),
    'if-none-exist': orOdd('identifier=a|b', '?_id=1', '_id', 'name=x'),
    'if-modified-since': orOdd('Wed, 01 Jan 2025 00:00:00 GMT'),
    'idempotency-key': orOdd('a-key-of-enough-length'),
    'x-practitioner': orOdd('nobody'),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

/** One request to one of these routes (`POST /:type/_search`), about this patient. */
export function oddRequest(routes: readonly string[], patientId: string): fc.Arbitrary<Odd> {
  // What stands behind these is the most.
  const main = routes.filter((route) => /^\w+ \/(:type(\/:id|\/_search|\/\$validate)?)?$/.test(route))
  const route = fc.oneof(fc.constantFrom(...routes), fc.constantFrom(...main))
  return fc.tuple(route, type).chain(([asked, of]) => {
    const [method = '', pattern = ''] = asked.split(' ')
    const ids = part(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(patientId, 'a1', '1') },
        { weight: 1, arbitrary: odd },
      ),
    )
    const hasBody = method !== 'GET' && method !== 'DELETE'
    return fc
      .record({
        names: fc.array(ids, { minLength: 3, maxLength: 3 }),
        query: queryOf(of),
        headers,
        body: hasBody ? bodyOf(of, patientId) : fc.constant(undefined),
      })
      .map(({ names, query, headers: more, body }) => {
        let at = 0
        const path = pattern.replace(/:\w+|\*/g, (name) =>
          name === ':type' || name === ':of'
            ? /^\w+$/.test(of)
              ? of
              : encoded(of, false)
            : (names[at++] ?? '1'),
        )
        return {
          method: method as Odd['method'],
          url: `/fhir/R4${path === '/' ? '' : path}${query}`,
          headers: {
            ...(more as Record<string, string>),
            ...(body?.content ? { 'content-type': body.content } : {}),
          },
          payload: body?.text,
        }
      })
  })
}
