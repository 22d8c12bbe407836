import type { Fact } from '@tongmai/api/record'
import { dayOf } from '../../kernel/day.ts'
import type { Resource } from '../../kernel/resource/owner.ts'

/** A fact of the record with the resource it was read from. */
export interface Told {
  readonly fact: Fact
  readonly resource: Resource
  /** How unsure its source is of it, in words. */
  readonly doubt: string | null
}

/** One section of an International Patient Summary: its LOINC code, and what of the record belongs there. */
export interface Section {
  readonly code: string
  readonly display: string
  readonly title: string
  readonly types: readonly string[]
  readonly takes: (told: Told) => boolean
  /** The same thing once, the latest of those that have one name. */
  readonly once: boolean
  readonly most: number
  /** What IPS has said where nothing is known: a resource of this type with this code. */
  readonly unknown?: { readonly type: string; readonly code: string; readonly display: string }
}

const wrong = new Set(['entered-in-error', 'refuted', 'not-taken', 'draft'])
const past = new Set(['resolved', 'inactive', 'remission'])
const ended = new Set(['completed', 'stopped', 'cancelled', 'not-taken'])

const isOver = ({ fact }: Told): boolean =>
  past.has(fact.status ?? '') || (fact.until !== null && fact.status === null)
const isVital = ({ fact }: Told): boolean => /^vital-signs?$/.test(fact.category ?? '')
const isSocial = ({ fact }: Told): boolean => fact.category === 'social-history'
const isRight = ({ fact }: Told): boolean => !wrong.has(fact.status ?? '')

/** The sections of IPS in its order; the first three stand in every summary (IPS, Composition-uv-ips). */
export const sections: readonly Section[] = [
  {
    ...{ code: '11450-4', display: 'Problem list - Reported', title: '当前问题', types: ['Condition'] },
    ...{ takes: (one) => !isOver(one), once: true, most: 200 },
    unknown: { type: 'Condition', code: 'no-problem-info', display: 'No information about problems' },
  },
  {
    ...{ code: '48765-2', display: 'Allergies and adverse reactions Document', title: '过敏与不良反应' },
    ...{ types: ['AllergyIntolerance'], takes: (one) => !isOver(one), once: true, most: 200 },
    unknown: {
      ...{ type: 'AllergyIntolerance', code: 'no-allergy-info' },
      display: 'No information about allergies',
    },
  },
  {
    ...{ code: '10160-0', display: 'History of Medication use Narrative', title: '用药' },
    ...{ types: ['MedicationStatement', 'MedicationRequest'], once: true, most: 200 },
    takes: ({ fact }) => !ended.has(fact.status ?? ''),
    unknown: {
      ...{ type: 'MedicationStatement', code: 'no-medication-info' },
      display: 'No information about medications',
    },
  },
  {
    ...{ code: '11369-6', display: 'History of Immunization Narrative', title: '预防接种' },
    ...{ types: ['Immunization'], takes: ({ fact }) => fact.status === 'completed', once: false, most: 100 },
  },
  {
    ...{ code: '47519-4', display: 'History of Procedures Document', title: '手术与操作' },
    ...{ types: ['Procedure'], takes: () => true, once: true, most: 100 },
  },
  {
    ...{
      code: '30954-2',
      display: 'Relevant diagnostic tests/laboratory data Narrative',
      title: '检验与检查',
    },
    ...{ types: ['Observation'], once: true, most: 200 },
    takes: (one) => !isVital(one) && !isSocial(one),
  },
  {
    ...{ code: '8716-3', display: 'Vital signs', title: '生命体征', types: ['Observation'] },
    ...{ takes: isVital, once: true, most: 50 },
  },
  {
    ...{
      code: '11348-0',
      display: 'History of Past illness Narrative',
      title: '既往史',
      types: ['Condition'],
    },
    ...{ takes: isOver, once: true, most: 100 },
  },
  {
    ...{ code: '29762-2', display: 'Social history Narrative', title: '社会史', types: ['Observation'] },
    ...{ takes: isSocial, once: true, most: 50 },
  },
  {
    ...{ code: '18776-5', display: 'Plan of care note', title: '照护计划', types: ['CarePlan'] },
    ...{ takes: ({ fact }) => fact.status === 'active', once: true, most: 20 },
  },
]

/** What belongs into a section, the latest first. */
export function toldIn(section: Section, told: readonly Told[]): readonly Told[] {
  const seen = new Set<string>()
  return told
    .filter((one) => section.types.includes(one.fact.type) && isRight(one) && section.takes(one))
    .filter(({ fact: { label } }) => !section.once || (!seen.has(label.text) && seen.add(label.text)))
    .slice(0, section.most)
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)

/** Text as a narrative of FHIR. */
export const narrative = (inner: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">${inner}</div>`,
})

const contentOf = ({ fact: { values, note }, doubt }: Told): string => {
  const said = values.map(({ label, text }) => (values.length > 1 ? `${label.text} ${text}` : text))
  return [doubt, ...said, note].filter(Boolean).join('；')
}

/** The section as people read it. */
export function tableOf(told: readonly Told[]): string {
  if (told.length === 0) return '<p>档案中没有这方面的信息；不等于没有。</p>'
  const rows = told.map((one) => {
    const { fact } = one
    const { text, original } = fact.label
    const cells = [
      fact.at ? dayOf(fact.at) : '日期不详',
      original ? `${text}（${original}）` : text,
      contentOf(one),
    ]
    return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
  })
  return `<table><thead><tr><th>日期</th><th>名称</th><th>内容</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}
