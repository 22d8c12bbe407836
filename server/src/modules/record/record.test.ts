import { expect, test } from 'vitest'
import { terms } from '../../../../scripts/fhir-terms.ts'
import { entryOf } from '../../kernel/resource/bundle/entry.ts'
import { openLinks, relink } from '../../kernel/resource/bundle/link.ts'
import { concernOf } from '../../kernel/resource/concern.ts'
import { exactIn } from '../../kernel/resource/exact.ts'
import { aheadOf, happenedAt, startOf } from '../../kernel/resource/happened.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'
import { linesOf } from './detail.ts'
import { factOf } from './fact.ts'
import { codeSystemOf, valueSetOf } from './fhir.ts'
import { readR4 } from './gateway.ts'
import { keysOf } from './identity-key.ts'
import { r4Shown } from './index/r4-terms.ts'
import { allListed } from './index/shipped.ts'
import { labelOf } from './label.ts'
import { openUntil } from './open-until.ts'
import { summaryOf } from './summary.ts'
import { unitOf } from './unit.ts'
import { valuesOf } from './value.ts'

const now = new Date('2026-11-22T02:00:00Z')
const kept = (at: string | null = '2024-01-01T00:00:00Z', id = 'x') => ({
  id,
  version: 1,
  updatedAt: now,
  happenedAt: at === null ? null : new Date(at),
})
const ucum = 'http://unitsofmeasure.org'
const pressure: Resource = {
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '55284-4', display: 'Blood Pressure' }] },
  component: [
    {
      code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
      valueQuantity: { value: 152.4567, unit: 'mm[Hg]', system: ucum, code: 'mm[Hg]' },
    },
    {
      code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] },
      valueQuantity: { value: 91, unit: 'mm[Hg]', system: ucum, code: 'mm[Hg]' },
    },
  ],
}

test('a known code is read in Chinese, and the source’s words stand beside it', () => {
  const concept = {
    coding: [{ system: 'http://snomed.info/sct', code: '444814009', display: 'Viral sinusitis (disorder)' }],
  }
  expect(labelOf(concept)).toMatchObject({
    text: '病毒性鼻窦炎',
    original: 'Viral sinusitis',
    code: '444814009',
  })
})

test('an unknown code keeps the words of its source', () => {
  expect(labelOf({ coding: [{ system: 'urn:x', code: '1', display: 'Something' }] })).toMatchObject({
    text: 'Something',
    original: null,
  })
  expect(labelOf(undefined).text).toBe('未注明')
})

test('a blood pressure is two values in millimetres of mercury', () => {
  const values = valuesOf(pressure as never)
  expect(values.map(({ label, text }) => `${label.text} ${text}`)).toEqual([
    '收缩压 152.46 mmHg',
    '舒张压 91 mmHg',
  ])
})

test('a value is as exact as it was written, to the hundredth', () => {
  const shown = (value: string) =>
    valuesOf(exactIn(`{"code":{"text":"K"},"valueQuantity":{"value":${value},"unit":"mmol/L"}}`))[0]
  expect(shown('1.50')).toMatchObject({ text: '1.50 mmol/L', number: 1.5 })
  expect(['5.0', '5', '0.050', '4.123456', '1.5E1'].map((value) => shown(value)?.text)).toEqual(
    ['5.0', '5', '0.05', '4.12', '15'].map((value) => `${value} mmol/L`),
  )
})

test('a value outside the range its source gives is flagged, one without a range is not', () => {
  const potassium = (value: number, range: object) =>
    valuesOf({ code: { text: 'K' }, valueQuantity: { value, unit: 'mmol/L' }, ...range } as never)[0]?.flag
  const range = { referenceRange: [{ low: { value: 3.5 }, high: { value: 5.3 } }] }
  expect([potassium(6, range), potassium(3, range), potassium(4, range), potassium(9, {})]).toEqual([
    'high',
    'low',
    'normal',
    null,
  ])
})

test('units are written as people write them', () => {
  expect([unitOf('Cel'), unitOf('10*3/uL'), unitOf('mmol/L')]).toEqual(['℃', '×10³/μL', 'mmol/L'])
})

test('a claim is no line of a record', () => {
  expect(factOf({ resourceType: 'Claim' }, kept())).toBeUndefined()
})

test('what is going on stands apart from what is over, and each thing once', () => {
  const condition = (text: string, status: string) =>
    ({
      resourceType: 'Condition',
      code: { text },
      clinicalStatus: { coding: [{ code: status }] },
    }) as Resource
  const measurements = [
    condition('高血压', 'active'),
    condition('高血压', 'active'),
    condition('咽炎', 'resolved'),
    condition('高血压', 'resolved'),
    { ...condition('误记', 'active'), status: 'entered-in-error', clinicalStatus: null } as Resource,
  ].flatMap((resource, i) => {
    const fact = factOf(resource, kept('2024-01-01T00:00:00Z', String(i)))
    return fact ? [{ fact, range: null }] : []
  })
  const summary = summaryOf('r', measurements, {})
  expect(summary.problems.map(({ label }) => label.text)).toEqual(['高血压'])
  expect(summary.pastProblems.map(({ label }) => label.text)).toEqual(['咽炎'])
})

test('what is only suspected says so while it goes on', () => {
  const coded = (code: string) => ({ coding: [{ code }] })
  const status = (clinical: string, verification: string) => {
    const state = { clinicalStatus: coded(clinical), verificationStatus: coded(verification) }
    return factOf({ resourceType: 'Condition', ...state } as Resource, kept())?.status
  }
  expect([status('active', 'provisional'), status('active', 'confirmed')]).toEqual(['provisional', 'active'])
  expect([status('resolved', 'provisional'), status('active', 'refuted')]).toEqual(['resolved', 'refuted'])
})

test('a trend shows the latest value and the way to it, oldest first', () => {
  const measurements = ['2024-03-01', '2023-03-01', '2022-03-01'].flatMap((day, i) => {
    const fact = factOf(pressure, kept(`${day}T00:00:00Z`, String(i)))
    return fact ? [{ fact: { ...fact, institution: { id: 'i', name: '市一院' } }, range: null }] : []
  })
  const [trend] = summaryOf('r', measurements, {}).vitals
  expect(trend?.latest.id).toBe('0')
  expect(trend?.series.map(({ label }) => label.text)).toEqual(['收缩压', '舒张压'])
  expect(trend?.series[0]?.points.map(({ id }) => id)).toEqual(['2', '1', '0'])
  expect(trend?.series[0]?.points[0]).toMatchObject({ where: '市一院' })
})

test('every element of a fact can be read as words', () => {
  const lines = linesOf({ ...pressure, effectivePeriod: { start: '2024-01-01', end: '2024-01-02' } })
  expect(lines.find(({ name }) => name === 'code')?.text).toBe('血压')
  expect(lines.find(({ name }) => name === 'effectivePeriod')?.text).toBe('2024-01-01 – 2024-01-02')
})

test('doses, files, codes and numbers are read as words, not as what programs compare', () => {
  const said = (resource: object) =>
    Object.fromEntries(
      linesOf({ resourceType: 'X', ...resource } as Resource).map((one) => [one.name, one.text]),
    )
  const repeat = { frequency: 2, period: 1, periodUnit: 'd', when: ['C'] }
  const duration = { value: 30, unit: 'd', system: ucum, code: 'd' }
  expect(
    said({
      dosageInstruction: [{ timing: { repeat }, doseAndRate: [{ doseQuantity: { value: 1, unit: '片' } }] }],
      dispenseRequest: { quantity: { value: 60, unit: '片' }, expectedSupplyDuration: duration },
      occurrenceTiming: { repeat },
    }),
  ).toEqual({
    ...{ dosageInstruction: '每天 2 次，每次 1 片，吃饭时', dispenseRequest: '共 60 片，供 30 天' },
    occurrenceTiming: '每天 2 次，吃饭时',
  })
  const attachment = {
    ...{ contentType: 'image/png', url: 'Binary/x', title: '心电图.png', size: 2511, hash: 'cT1P=' },
  }
  expect(
    said({
      ...{
        content: [{ attachment }],
        modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'MR' }],
      },
      series: [{ uid: '1.2.3', numberOfInstances: 206, description: '轴位' }],
      identifier: [
        { system: 'urn:a', value: 'MZ0012' },
        { system: 'urn:b', value: '01a2179a-35e9-7000-b26e-1bf3f2741fa4' },
      ],
    }),
  ).toEqual({
    content: '心电图.png，PNG，2 KB',
    modality: '磁共振',
    series: '轴位，206 幅',
    identifier: 'MZ0012',
  })
})

test('an encounter opens the record while it lasts and for some days after, an old one does not', () => {
  const encounter = (status: string, end?: string) =>
    openUntil({ resourceType: 'Encounter', status, ...(end ? { period: { end } } : {}) }, now, 90)
  expect(encounter('in-progress')).toEqual(new Date('2027-02-20T02:00:00Z'))
  expect(encounter('finished', '2026-11-01T00:00:00Z')).toEqual(new Date('2027-01-30T00:00:00Z'))
  expect(encounter('finished', '2011-01-01')).toBeUndefined()
  expect(encounter('planned')).toBeUndefined()
})

const entry = (fullUrl: string | undefined, resource: Resource, index: number) =>
  entryOf({ fullUrl, resource, request: { method: 'POST', url: resource.resourceType } } as never, index)

test('an Organization is known by its identifier wherever it is met, a claim’s group number is no identity', () => {
  const organization = (url: string): Resource =>
    ({ resourceType: 'Organization', identifier: [{ system: 's', value: 'v' }], name: url }) as Resource
  const one = keysOf([entry('urn:uuid:1', organization('a'), 0)]).get(0) ?? []
  const two = keysOf([entry('urn:uuid:2', organization('b'), 0)]).get(0) ?? []
  expect(one.filter((key) => two.includes(key))).toHaveLength(1)
  const claim: Resource = { resourceType: 'Claim', identifier: [{ system: 'group', value: '999' }] }
  expect(keysOf([entry('urn:uuid:3', claim, 0)]).get(0)).toEqual(['urn:uuid:3'])
})

test('pointers are replaced where they stand, and only there', () => {
  const resource: Resource = {
    resourceType: 'Observation',
    subject: { reference: 'urn:uuid:1' },
    identifier: [{ value: 'urn:uuid:1' }],
  }
  expect(openLinks(resource)).toEqual(['urn:uuid:1'])
  expect(relink(resource, (link) => (link === 'urn:uuid:1' ? 'Patient/7' : undefined))).toEqual({
    ...resource,
    subject: { reference: 'Patient/7' },
  })
})

test('whom a resource concerns is read from its own references', () => {
  const about = (more: object) => concernOf({ resourceType: 'Observation', ...more } as Resource)
  expect(about({ subject: { reference: 'Patient/7/_history/2' } })).toEqual({
    kind: 'patient',
    patientId: '7',
  })
  expect(about({ subject: { reference: 'Group/7' } }).kind).toBe('unknown')
  expect(concernOf({ resourceType: 'Organization' }).kind).toBe('open')
  expect(
    concernOf({
      resourceType: 'Appointment',
      participant: [{ actor: { reference: 'Location/1' } }, { actor: { reference: 'Patient/9' } }],
    }),
  ).toEqual({ kind: 'patient', patientId: '9' })
})

test('a bare year is its first day in China', () => {
  expect(startOf('2024')).toEqual(new Date('2023-12-31T16:00:00Z'))
  expect(happenedAt({ resourceType: 'Condition', onsetDateTime: '2024-05' })).toEqual(
    new Date('2024-04-30T16:00:00Z'),
  )
})

test('only what has begun cannot lie ahead', () => {
  const procedure = (status: string) =>
    aheadOf({ resourceType: 'Procedure', status, performedDateTime: '2099-01-01' }, now)
  expect([procedure('completed'), procedure('preparation')]).toEqual(['performedDateTime', undefined])
})

test('a shape that R4 does not know is refused element by element', () => {
  const paths = problemsOf({
    resourceType: 'Observation',
    status: 'fine',
    code: {},
    valueString: 'a',
    valueInteger: 1,
    colour: 'red',
    category: { text: 'x' },
    effectiveDateTime: '2024-02-30',
  }).map(({ path }) => path)
  expect(paths).toEqual([
    'Observation.status',
    'Observation.code',
    'Observation.value.ofType(integer)',
    'Observation.colour',
    'Observation.category',
    'Observation.effective.ofType(dateTime)',
  ])
  expect(problemsOf(pressure)).toEqual([])
})

test('narrative that would run in a browser is refused', () => {
  const text = (div: string) =>
    problemsOf({ resourceType: 'Basic', code: { text: 'x' }, text: { status: 'generated', div } })
  expect(text('<div xmlns="http://www.w3.org/1999/xhtml">ok</div>')).toEqual([])
  expect(text('<div><script>alert(1)</script></div>')).toHaveLength(1)
})

test('the code systems and value sets of R4 are those that HL7 publishes, without SNOMED CT and LOINC', () => {
  const held = readR4()
  expect(held).toEqual(terms())
  const systems = held.sets.flatMap(({ parts }) => parts.map(({ system }) => system))
  expect(systems.filter((one) => /snomed|loinc/.test(one))).toEqual([])
})

test('of the code systems and value sets that come along, no two are read under one id', () => {
  const shown = [...allListed.flatMap((one) => [codeSystemOf(one), valueSetOf(one)]), ...r4Shown()]
  const names = shown.map(({ resourceType, id }) => `${resourceType}/${id}`)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})
