import type { ReferralStatus } from '@tongmai/api/referral/flow'
import type { Outcome } from '@tongmai/api/referral/shape'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { ReferralRow } from './store/row.ts'

type Own = Resource & { readonly id: string }

const SNOMED_REFERRAL = {
  coding: [{ system: 'http://snomed.info/sct', code: '3457005', display: 'Patient referral' }],
  text: '双向转诊',
}
const ICD10 = 'http://hl7.org/fhir/sid/icd-10'
const NUMBER = 'urn:tongmai:referral-number'
export const STATUS = 'urn:tongmai:referral-status'

type Coded = { readonly system?: Json; readonly code?: Json }

const codingsIn = (concepts: Json): readonly Coded[] =>
  (Array.isArray(concepts) ? concepts : [concepts]).flatMap((one) =>
    typeof one === 'object' && one !== null && 'coding' in one && Array.isArray(one.coding)
      ? (one.coding as Coded[])
      : [],
  )

const isNumbered = ({ identifier }: Resource): boolean =>
  [identifier]
    .flat()
    .some((one) => typeof one === 'object' && one !== null && 'system' in one && one.system === NUMBER)

/** Whether it is a referral of this platform: a request by its category, the work on it by our states, both by our numbers. */
export function isOurs(resource: Resource): boolean {
  if (isNumbered(resource)) return true
  if (resource.resourceType === 'ServiceRequest')
    return codingsIn(resource.category).some(
      ({ system, code }) => system === 'http://snomed.info/sct' && code === '3457005',
    )
  return codingsIn(resource.businessStatus).some(({ system }) => system === STATUS)
}

/** Where a referral stands, in the words of ServiceRequest.status. */
export function requestStatus(status: ReferralStatus): string {
  if (status === 'draft' || status === 'internalReview') return 'draft'
  if (status === 'closed' || status === 'firstFollowUpDone') return 'completed'
  if (status === 'expired') return 'on-hold'
  const revoked: readonly ReferralStatus[] = ['rejected', 'declinedByPatient', 'withdrawn', 'cancelled']
  return revoked.includes(status) ? 'revoked' : 'active'
}

const taskStatuses: Partial<Record<ReferralStatus, string>> = {
  draft: 'draft',
  internalReview: 'draft',
  submitted: 'requested',
  infoRequested: 'on-hold',
  accepted: 'accepted',
  downReferralSubmitted: 'requested',
  takenOver: 'accepted',
  closed: 'completed',
  firstFollowUpDone: 'completed',
  rejected: 'rejected',
  expired: 'on-hold',
  declinedByPatient: 'cancelled',
  withdrawn: 'cancelled',
  cancelled: 'cancelled',
}

/** Where a referral stands, in the words of Task.status. */
export const taskStatusOf = (status: ReferralStatus): string => taskStatuses[status] ?? 'in-progress'

const priorities = { routine: 'routine', urgent: 'urgent', emergency: 'stat' } as const
const to = (type: string, id: string | null): Json => (id ? { reference: `${type}/${id}` } : undefined)

/** The request itself: a ServiceRequest with the category of referrals. */
export function toServiceRequest(r: ReferralRow): Own {
  const { diagnosis } = r.form
  return {
    resourceType: 'ServiceRequest',
    id: r.id,
    identifier: [{ system: NUMBER, value: r.number }],
    ...(r.parentId ? { basedOn: [{ reference: `ServiceRequest/${r.parentId}` }] } : {}),
    status: requestStatus(r.status),
    intent: 'order',
    category: [SNOMED_REFERRAL],
    priority: priorities[r.urgency],
    code: {
      coding: [{ system: 'urn:tongmai:referral-direction', code: r.direction }],
      text: { up: '上转', down: '下转', sideways: '平转' }[r.direction],
    },
    subject: { reference: `Patient/${r.residentId}` },
    authoredOn: (r.submittedAt ?? r.writtenAt).toISOString(),
    requester: to('Practitioner', r.fromPractitionerId) ?? to('Organization', r.fromInstitutionId),
    performer: [to('Practitioner', r.toPractitionerId), to('Organization', r.toInstitutionId)].filter(
      Boolean,
    ),
    ...(r.arrangement ? { occurrenceDateTime: r.arrangement.at.toISOString() } : {}),
    ...(diagnosis
      ? {
          reasonCode: [
            {
              coding: [{ system: ICD10, code: diagnosis.code, display: diagnosis.text }],
              text: diagnosis.text,
            },
          ],
        }
      : {}),
    ...(r.form.excerpts.length
      ? { supportingInfo: r.form.excerpts.map((e) => ({ reference: `${e.type}/${e.id}`, display: e.title })) }
      : {}),
    ...(r.form.reason ? { note: [{ text: r.form.reason }] } : {}),
  }
}

/** The work it is for the receiver: a Task whose businessStatus is our own state. */
export function toTask(r: ReferralRow): Own {
  return {
    resourceType: 'Task',
    id: r.id,
    identifier: [{ system: NUMBER, value: r.number }],
    status: taskStatusOf(r.status),
    businessStatus: { coding: [{ system: STATUS, code: r.status }] },
    intent: 'order',
    priority: priorities[r.urgency],
    code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' }] },
    focus: { reference: `ServiceRequest/${r.id}` },
    for: { reference: `Patient/${r.residentId}` },
    authoredOn: (r.submittedAt ?? r.writtenAt).toISOString(),
    lastModified: r.since.toISOString(),
    requester: { reference: `Organization/${r.fromInstitutionId}` },
    owner: { reference: `Organization/${r.toInstitutionId}` },
    ...(r.due ? { restriction: { period: { end: r.due.toISOString() } } } : {}),
    ...(r.ending
      ? { statusReason: { coding: [{ code: r.ending.reason }], text: r.ending.note || r.ending.reason } }
      : {}),
  }
}

const section = (title: string, text: string): Json[] =>
  text
    ? [
        {
          title,
          text: {
            status: 'generated',
            div: `<div xmlns="http://www.w3.org/1999/xhtml">${asHtml(text)}</div>`,
          },
        },
      ]
    : []

const asHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br/>')

export interface Discharge {
  readonly id: string
  readonly row: ReferralRow
  readonly outcome: Outcome
  readonly authorId: string | null
  readonly at: Date
}

/** Whether a Composition is the summary that ended a referral of this platform. */
export const isOurSummary = (resource: Resource): boolean => isNumbered(resource)

/** The discharge summary as it enters the record: a Composition, LOINC 18842-5. */
export function toDischargeSummary({ id, row, outcome, authorId, at }: Discharge): Own {
  return {
    resourceType: 'Composition',
    id,
    identifier: { system: NUMBER, value: row.number },
    status: 'final',
    type: {
      coding: [{ system: 'http://loinc.org', code: '18842-5', display: 'Discharge summary' }],
      text: '出院小结',
    },
    subject: { reference: `Patient/${row.residentId}` },
    date: at.toISOString(),
    author: [to('Practitioner', authorId) ?? { reference: `Organization/${row.toInstitutionId}` }],
    custodian: { reference: `Organization/${row.toInstitutionId}` },
    title: `出院小结 ${outcome.diagnosis.text}`,
    section: [
      ...section('诊断', `${outcome.diagnosis.text} (${outcome.diagnosis.code})`),
      ...section('小结', outcome.summary),
      ...section('主要检查结果', outcome.mainResults),
      ...section('治疗经过', outcome.treatment),
      ...section('下一步治疗方案及康复建议', outcome.nextPlan),
    ],
  }
}
