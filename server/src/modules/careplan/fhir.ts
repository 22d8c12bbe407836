import type { Form } from '@tongmai/api/careplan/form'
import { type Answer, type Answers, isMeasured, type Question, unitOf } from '@tongmai/api/careplan/form'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { EnrolmentRow } from './store/enrolment.ts'
import type { FollowUpRow } from './store/follow-up.ts'
import type { SelfAnswerRow } from './store/self-answer.ts'

type Own = Resource & { readonly id: string }

const MARK = 'urn:tongmai:careplan'

/** Whether a CarePlan, Goal, Questionnaire or QuestionnaireResponse is one of this platform's own. */
export const isOurs = (resource: Resource): boolean => {
  const marks = Array.isArray(resource.identifier) ? resource.identifier : [resource.identifier]
  return marks.some(
    (one) => typeof one === 'object' && one !== null && 'system' in one && one.system === MARK,
  )
}

const mark = (id: string): Json => ({ system: MARK, value: id })
const to = (type: string, id: string): Json => ({ reference: `${type}/${id}` })
const statusOf = (e: EnrolmentRow): string => (e.status === 'active' ? 'active' : 'completed')

/** An enrolment with its plan. */
export const toCarePlan = (e: EnrolmentRow, title: string): Own => ({
  resourceType: 'CarePlan',
  id: e.id,
  identifier: [mark(e.id)],
  status: statusOf(e),
  intent: 'plan',
  title: `${title}照护计划`,
  description: e.plan,
  subject: to('Patient', e.residentId),
  period: { start: e.enrolledOn, ...(e.endedOn ? { end: e.endedOn } : {}) },
  created: e.enrolledOn,
  author: to('Organization', e.institutionId),
  ...(e.practitionerId ? { contributor: [to('Practitioner', e.practitionerId)] } : {}),
  ...(e.goals.length > 0 ? { goal: [to('Goal', e.id)] } : {}),
  note: [{ text: e.plain }],
})

/** What the plan wants to reach: one Goal with a target for each. */
export const toGoal = (e: EnrolmentRow): Own => ({
  resourceType: 'Goal',
  id: e.id,
  identifier: [mark(e.id)],
  lifecycleStatus: statusOf(e),
  description: { text: e.goals.map((one) => `${one.text} ${one.target}`).join('；') },
  subject: to('Patient', e.residentId),
  startDate: e.enrolledOn,
  target: e.goals.map((one) => ({ measure: { text: one.text }, detailString: one.target })),
})

/** A device on loan, as the resident's. */
export const toDevice = (
  d: { readonly id: string; readonly serial: string; readonly model: string; readonly institutionId: string },
  residentId: string,
): Own => ({
  resourceType: 'Device',
  id: d.id,
  identifier: [mark(d.id)],
  status: 'active',
  serialNumber: d.serial,
  deviceName: [{ name: d.model, type: 'model-name' }],
  owner: to('Organization', d.institutionId),
  patient: to('Patient', residentId),
})

function valuesOf(q: Question, given: Answer): Json[] {
  const unit = unitOf(q)
  if (typeof given === 'boolean') return [{ valueBoolean: given }]
  if (typeof given === 'number') {
    if (!unit) return [{ valueDecimal: given }]
    const quantity = {
      value: given,
      unit: unit.display,
      system: 'http://unitsofmeasure.org',
      code: unit.code,
    }
    return [{ valueQuantity: quantity }]
  }
  if (q.type !== 'choice') return [{ valueString: String(given) }]
  const chosen = Array.isArray(given) ? given : [given]
  return chosen.map((code) => {
    const known = q.answerOption?.find(({ valueCoding }) => valueCoding.code === code)?.valueCoding
    return { valueCoding: { code, display: known?.display ?? code } }
  })
}

/** A form that was filled in: at a follow-up, or at a step of a pathway. */
export type Answered = Pick<FollowUpRow, 'id' | 'residentId' | 'doneAt' | 'doneBy' | 'answers'>

/** The answers to a form. */
export const toResponse = (f: Answered, form: Form): Own => ({
  resourceType: 'QuestionnaireResponse',
  id: f.id,
  identifier: mark(f.id),
  questionnaire: `${form.questionnaire.url}|${form.version}`,
  status: 'completed',
  subject: to('Patient', f.residentId),
  ...(f.doneAt ? { authored: f.doneAt.toISOString() } : {}),
  ...(f.doneBy ? { author: to('Practitioner', f.doneBy) } : {}),
  item: itemsOf(form, f.answers ?? {}),
})

const itemsOf = (form: Form, answers: Answers): Json =>
  form.questionnaire.item.flatMap((q) => {
    const given = answers[q.linkId]
    return given === undefined ? [] : [{ linkId: q.linkId, text: q.text, answer: valuesOf(q, given) }]
  })

/** What a resident answered before a follow-up; whoever stands for them is no resource of this store. */
export const toSelfResponse = (a: SelfAnswerRow, form: Form): Own => ({
  resourceType: 'QuestionnaireResponse',
  id: a.id,
  identifier: mark(a.id),
  questionnaire: `${form.questionnaire.url}|${a.formVersion}`,
  status: 'completed',
  subject: to('Patient', a.residentId),
  authored: a.answeredAt.toISOString(),
  source: a.byProxy ? { type: 'RelatedPerson', display: '代办人' } : to('Patient', a.residentId),
  item: itemsOf(form, a.answers),
})

/** A form as it is asked, with the document it comes from. */
export const toQuestionnaire = ({ code, version, source, questionnaire }: Form): Own => ({
  ...(questionnaire as unknown as Resource),
  id: `${code}-${version}`,
  identifier: [mark(`${code}-${version}`)],
  subjectType: ['Patient'],
  description: source,
})

const LOINC = 'http://loinc.org'
const laboratory = new Set(['1558-6', '4548-4'])

const quantity = (q: Question, value: number): Json => {
  const unit = unitOf(q)
  return { value, unit: unit?.display, system: 'http://unitsofmeasure.org', code: unit?.code }
}

/** What was measured at a follow-up as Observations; the two blood pressures are one. */
export function toObservations(f: Answered, form: Form): Resource[] {
  const measured = form.questionnaire.item.flatMap((q) => {
    const given = f.answers?.[q.linkId]
    return isMeasured(q) && typeof given === 'number' && q.code
      ? [{ q, value: given, code: q.code[0]?.code ?? '' }]
      : []
  })
  const base = (code: string, text: string) => ({
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: laboratory.has(code) ? 'laboratory' : 'vital-signs',
          },
        ],
      },
    ],
    code: { coding: [{ system: LOINC, code }], text },
    subject: to('Patient', f.residentId),
    effectiveDateTime: f.doneAt?.toISOString(),
    ...(f.doneBy ? { performer: [to('Practitioner', f.doneBy)] } : {}),
    derivedFrom: [to('QuestionnaireResponse', f.id)],
  })
  const isPressure = ({ code }: { code: string }) => code === '8480-6' || code === '8462-4'
  const pressures = measured.filter(isPressure)
  const single = measured
    .filter((one) => !isPressure(one))
    .map(({ q, value, code }) => ({ ...base(code, q.text), valueQuantity: quantity(q, value) }))
  if (pressures.length === 0) return single
  const component = pressures.map(({ q, value, code }) => ({
    code: { coding: [{ system: LOINC, code }], text: q.text },
    valueQuantity: quantity(q, value),
  }))
  return [{ ...base('85354-9', '血压'), component }, ...single]
}
