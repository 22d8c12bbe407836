import { expect, test } from 'vitest'
import type { Resource } from '../../kernel/resource/owner.ts'
import { faultOf, testOf, type Verdict } from './judge-quality.ts'

const codes = (table: string) => (table === 'colours' ? new Set(['red', 'blue']) : undefined)
const storedAt = new Date('2026-11-20T08:00:00Z')
const rule = (more: object) => ({
  ...{ code: 'r', weight: 1, type: 'Observation', applies: null, measure: 'holds' as const, parameter: null },
  ...{ expression: 'true', ...more },
})
const judge = (terms: object, resource: object, patient?: object): Verdict | undefined =>
  testOf(rule(terms), codes).judge({
    resource: { resourceType: 'Observation', ...resource } as Resource,
    patient: patient as Resource | undefined,
    storedAt,
  })

test('what holds passes, what is false or nothing at all fails', () => {
  expect(judge({ expression: "status = 'final'" }, { status: 'final' })?.failed).toBe(false)
  expect(judge({ expression: 'value.exists()' }, {})?.failed).toBe(true)
  expect(judge({ expression: "status = 'final'" }, {})?.failed).toBe(true)
})

test('a rule says nothing of what it does not apply to', () => {
  expect(judge({ applies: 'value.exists()', expression: 'false' }, {})).toBeUndefined()
  expect(judge({ applies: "status = 'final'", expression: 'false' }, { status: 'amended' })).toBeUndefined()
})

test('a code that stands in no table is named; without a code nothing is judged', () => {
  const terms = { measure: 'listed', expression: 'code.coding.code', parameter: 'colours' }
  const coded = (...list: string[]) => ({ code: { coding: list.map((code) => ({ code })) } })
  expect(judge(terms, coded('red', 'blue'))).toMatchObject({ failed: false, detail: '' })
  expect(judge(terms, coded('red', 'green'))).toMatchObject({ failed: true, detail: 'green' })
  expect(judge(terms, {})).toBeUndefined()
})

test('what fails says where: the coding, the repeat, or the element that is not there', () => {
  const coded = (...all: string[]) => ({ code: { coding: all.map((code) => ({ code })) } })
  const listed = { measure: 'listed', expression: 'code.coding.code', parameter: 'colours' }
  const placed = (terms: object, resource: object) =>
    judge(terms, resource)?.places.map(({ path, missing }) => (missing ? `-${path}` : path))
  expect(placed(listed, coded('red', 'green'))).toEqual(['code.coding[1].code'])
  expect(placed({ expression: 'performer.exists() or encounter.exists()' }, {})).toEqual([
    ...['-performer', '-encounter'],
  ])
  // Of two that must be so, only what is not.
  const both = { expression: 'code.coding.code.exists() and valueQuantity.unit.exists()' }
  expect(placed(both, { ...coded('a'), valueQuantity: { value: 1 } })).toEqual(['-valueQuantity.unit'])
  const components = [70, 700].map((value) => ({ valueQuantity: { value } }))
  const range = 'component.valueQuantity.value.all($this >= 20 and $this <= 200)'
  expect(placed({ expression: range }, { component: components })).toEqual([
    'component[1].valueQuantity.value',
  ])
  const whole = '(component.where(code.coding.exists()).valueQuantity | valueQuantity).exists()'
  expect(placed({ expression: whole }, {})).toEqual(['-component.valueQuantity', '-valueQuantity'])
  expect(placed({ expression: "status != 'final'" }, { status: 'final' })).toEqual(['status'])
  expect(placed({ expression: 'false' }, {})).toEqual([])
  const late = { measure: 'within', expression: 'effectiveDateTime', parameter: '24' }
  expect(placed(late, { effectiveDateTime: '2026-11-18' })).toEqual(['effectiveDateTime'])
})

test('what fails says what stands there, a number with its unit, and of a registration nothing', () => {
  const foundIn = (terms: object, resource: object) =>
    judge(terms, resource)?.places.map(({ found }) => found)
  const range = { expression: 'valueQuantity.value >= 40 and valueQuantity.value <= 300' }
  expect(foundIn(range, { valueQuantity: { value: 700, unit: 'mmHg' } })).toEqual(['700 mmHg'])
  const all = { expression: 'component.valueQuantity.value.all($this <= 200)' }
  const components = [70, 700].map((value) => ({ valueQuantity: { value, code: 'mm[Hg]' } }))
  expect(foundIn(all, { component: components })).toEqual(['700 mmHg'])
  expect(foundIn({ expression: "status = 'final'" }, { status: 'amended' })).toEqual(['amended'])
  expect(foundIn({ expression: 'performer.exists()' }, {})).toEqual([undefined])
  const born = { type: 'Patient', expression: "birthDate < '2000-01-01'" }
  expect(foundIn(born, { resourceType: 'Patient', birthDate: '2020-01-01' })).toEqual([undefined])
})

test('of alternatives each is enough, of what must be together all are needed', () => {
  const eitherOf = (expression: string, resource: object = {}) =>
    judge({ expression }, resource)?.places.map(({ path, either }) => [path, either])
  expect(eitherOf('performer.exists() or encounter.exists() or issued.exists()')).toEqual([
    ...[
      ['performer', 0],
      ['encounter', 0],
      ['issued', 0],
    ],
  ])
  expect(eitherOf('(component.value | valueQuantity).exists()')).toEqual([
    ...[
      ['component.value', 0],
      ['valueQuantity', 0],
    ],
  ])
  const both = [
    ['performer', undefined],
    ['encounter', undefined],
  ]
  expect(eitherOf('performer.exists() and encounter.exists()')).toEqual(both)
  expect(eitherOf('(performer.exists() and encounter.exists()) or issued.exists()')).toEqual([
    ...[...both, ['issued', undefined]],
  ])
  const two = '(performer.exists() or encounter.exists()) and (issued.exists() or device.exists())'
  expect(eitherOf(two)).toEqual([
    ['performer', 0],
    ['encounter', 0],
    ['issued', 1],
    ['device', 1],
  ])
  expect(eitherOf("status = 'final' or status = 'amended'", { status: 'x' })).toEqual([['status', undefined]])
})

test('lateness counts from the moment, a bare day from its midnight in China, an old history not at all', () => {
  const terms = { measure: 'within', expression: 'effectiveDateTime', parameter: '24' }
  const at = (effectiveDateTime: string) => judge(terms, { effectiveDateTime })
  expect(at('2026-11-19T16:00:00+08:00')?.failed).toBe(false)
  expect(at('2026-11-19T15:59:00+08:00')).toMatchObject({ failed: true, detail: '25 h' })
  expect(at('2026-11-19')?.failed).toBe(false)
  expect(at('2026-11-18')?.failed).toBe(true)
  expect(at('2020-01-01')).toBeUndefined()
  expect(at('soon')).toBeUndefined()
})

test('a resource is compared with whom it concerns', () => {
  const terms = { expression: "%patient.gender != 'male'" }
  expect(judge(terms, {}, { resourceType: 'Patient', gender: 'male' })?.failed).toBe(true)
  expect(judge(terms, {}, { resourceType: 'Patient', gender: 'female' })?.failed).toBe(false)
})

test('an unusable rule says which part is wrong', () => {
  const partOf = (more: object) => faultOf(rule(more), codes)?.part
  expect(partOf({ expression: 'value.exists(' })).toBe('expression')
  expect(partOf({ expression: "code.where(text = 'a(b)').exist()" })).toBe('expression')
  expect(partOf({ expression: "(status = 'x') and (code.exists() or (1 in (1 | 2)))" })).toBeUndefined()
  expect(partOf({ applies: ')(' })).toBe('applies')
  expect(partOf({ measure: 'listed', parameter: 'shapes' })).toBe('parameter')
  expect(partOf({ measure: 'within', parameter: '-1' })).toBe('parameter')
  expect(partOf({})).toBeUndefined()
})

test('a rule that names what R4 does not have says so, and what may be meant', () => {
  const stray = (expression: string, more: object = {}) =>
    faultOf(rule({ expression, ...more }), codes)?.stray
  expect(stray('Observation.efectiveDateTime.exists()')).toEqual({
    ...{ element: 'Observation.efectiveDateTime', near: 'effectiveDateTime' },
  })
  expect(stray("code.codings.where(system = 'x').exists()")).toMatchObject({ near: 'coding' })
  expect(stray("component.where(code.coding.where(kode = '1').exists()).exists()")).toMatchObject({
    element: 'Coding.kode',
  })
  expect(stray('value.ofType(Quantity).units')).toEqual({ element: 'Quantity.units', near: 'unit' })
  expect(stray('(value as Quantty).unit.exists()')).toEqual({ element: 'Quantty', near: undefined })
  expect(stray('%patient.birthdate <= %resource.issued')).toMatchObject({ near: 'birthDate' })
  expect(stray('status.exists() and (issued.exists() implies zzz)')).toEqual({
    ...{ element: 'Observation.zzz', near: undefined },
  })
  expect(stray('issued.zzz')).toMatchObject({ element: 'instant.zzz' })
  expect(stray('true', { applies: 'valueQuantty.exists()' })).toMatchObject({ near: 'valueQuantity' })
})

test('nothing that R4 has is taken for a slip', () => {
  for (const expression of [
    'effective.exists() and effectivePeriod.start <= issued',
    'subject.resolve().whatever.exists() or contained.anything.exists()',
    'value.ofType(FHIR.Quantity).unit | (value as CodeableConcept).text',
    "extension('urn:x').value.exists() and issued.extension.url.exists()",
    'component.select(value | referenceRange.low).exists() and $this.component[0].code.exists()',
    'iif(issued.exists(), issued, effectiveDateTime).substring(0, issued.length()).exists()',
  ])
    expect(faultOf(rule({ expression }), codes)).toBeUndefined()
})
