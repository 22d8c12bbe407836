import type { StepRecord } from '@tongmai/api/careplan/following-pathway'
import type { Criterion, Guideline, PathwayStep } from '@tongmai/api/careplan/pathway'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { FollowedRow } from './store/followed-pathway.ts'
import type { PathwayRow } from './store/pathway.ts'

type Own = Resource & { readonly id: string }

const MARK = 'urn:tongmai:careplan'
const mark = (id: string): Json => ({ system: MARK, value: id })
const to = (type: string, id: string): Json => ({ reference: `${type}/${id}` })
const urlOf = (p: Pick<PathwayRow, 'line'>): string => `urn:uuid:${p.line}`

const literal = (value: Criterion['value']): string =>
  typeof value === 'string' ? `'${value}'` : String(value)
const applies = (expression: string): Json => ({
  ...{ kind: 'applicability', expression: { language: 'text/fhirpath', expression } },
})

/** FHIR joins conditions by and: what is joined by or is one expression, and what is off never applies. */
function conditionsOf(step: PathwayStep): Json[] {
  if (step.guideline === null) return [applies('false')]
  const all = step.criteria.map(({ fact, operator, value }) => `%${fact} ${operator} ${literal(value)}`)
  return step.when === 'any' && all.length > 1 ? [applies(all.join(' or '))] : all.map(applies)
}

/** A step; one that no guideline names is there to be read, and says that it is not in use. */
function actionOf(step: PathwayStep, guidelines: ReadonlyMap<string, Guideline>): Json {
  const stands = step.guideline ? guidelines.get(step.guideline) : undefined
  const citation = stands ? `${stands.name}〔${stands.mark}〕` : '待临床确认，未启用'
  const condition = conditionsOf(step)
  return {
    ...{ id: step.code, prefix: step.phase, title: step.title, description: step.text },
    ...{ textEquivalent: citation, priority: step.urgent ? 'urgent' : 'routine' },
    ...(stands ? { documentation: [{ type: 'citation', citation }] } : {}),
    ...(condition.length > 0 ? { condition } : {}),
    ...(step.form ? { definitionCanonical: `urn:tongmai:form:${step.form}` } : {}),
    ...(step.repeatDays
      ? { timingTiming: { repeat: { frequency: 1, period: step.repeatDays, periodUnit: 'd' } } }
      : {}),
  }
}

/** A pathway that is or was in force, with its steps. */
export const toPlanDefinition = (p: PathwayRow, guidelines: ReadonlyMap<string, Guideline>): Own => ({
  ...{ resourceType: 'PlanDefinition', id: p.id, identifier: [mark(p.id)], url: urlOf(p) },
  ...{ version: String(p.version), title: p.title, description: p.note || p.title },
  status: p.status === 'published' ? 'active' : 'retired',
  type: {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type', code: 'clinical-protocol' },
    ],
  },
  ...(p.publishedOn ? { date: p.publishedOn, approvalDate: p.publishedOn } : {}),
  ...(p.basedOn ? { relatedArtifact: [{ type: 'derived-from', display: p.basedOn }] } : {}),
  action: p.steps.map((step) => actionOf(step, guidelines)),
})

const activityOf = (step: PathwayStep, records: readonly StepRecord[]): Json => {
  const last = records.find((one) => one.step === step.code)
  const status = last ? (last.outcome === 'done' ? 'completed' : 'cancelled') : 'not-started'
  return {
    detail: {
      ...{ status: step.guideline ? status : 'on-hold', description: step.title },
      ...(step.guideline ? {} : { statusReason: { text: '待临床确认' } }),
      ...(last?.outcome === 'skipped' ? { statusReason: { text: last.note } } : {}),
    },
    ...(last ? { progress: [{ time: last.at.toISOString(), text: last.note || step.title }] } : {}),
  }
}

/** A resident on a pathway, with what was done at each step. */
export const toPathwayPlan = (on: {
  readonly row: FollowedRow
  readonly pathway: PathwayRow
  readonly records: readonly StepRecord[]
}): Own => ({
  ...{ resourceType: 'CarePlan', id: on.row.id, identifier: [mark(on.row.id)] },
  ...{ status: on.row.endedOn ? 'completed' : 'active', intent: 'plan', title: on.pathway.title },
  instantiatesCanonical: [`${urlOf(on.pathway)}|${on.pathway.version}`],
  subject: to('Patient', on.row.residentId),
  period: { start: on.row.startedOn, ...(on.row.endedOn ? { end: on.row.endedOn } : {}) },
  author: to('Organization', on.row.institutionId),
  activity: on.pathway.steps.map((step) => activityOf(step, on.records)),
})
