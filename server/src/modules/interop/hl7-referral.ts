import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { line } from './hl7-answer.ts'
import {
  at,
  escaped,
  type Message,
  repetitions,
  type Segment,
  segmentOf,
  segmentsOf,
  wholeText,
} from './hl7-message.ts'
import { conceptIn, momentIn, said, Wrong } from './hl7-value.ts'

/** Referrals as HL7 v2 says them (chapter 11): RF1 is the request, PRD who sends and who receives, DG1 why. */

/** Our own names in OBX-3.3 and codes in RF1-3.3: what v2 has no field for is called as the API calls it. */
export const OWN = '99TONGMAI'
const FIELDS = 'urn:tongmai:referral-fields'
const DIRECTION = 'urn:tongmai:referral-direction'
export const NUMBER = 'urn:tongmai:referral-number'

const required = (message: Message, name: string): Segment => {
  const segment = segmentOf(message, name)
  if (!segment) throw new Wrong('interop.segment-missing', name)
  return segment
}

/** Under which number the sender knows the referral (RF1-6), and who gave it. */
export function originIn(message: Message): { readonly number: string; readonly by: string } {
  const rf1 = required(message, 'RF1')
  const number = at(rf1, 6)
  if (number === '') throw new Wrong('interop.field-missing', 'RF1-6')
  return { number, by: at(rf1, 6, 3) || at(rf1, 6, 2) }
}

/** Our own number of the referral that is answered: where it says that we gave it, else RF1-11, else RF1-6. */
export function numberIn(message: Message): string {
  const rf1 = required(message, 'RF1')
  const ours = [11, 6].find((field) => isOurs(rf1, field))
  return (ours && at(rf1, ours)) || at(rf1, 11) || at(rf1, 6) || missing('RF1-11')
}

const isOurs = (rf1: Segment, field: number): boolean =>
  [2, 3].some((component) => at(rf1, field, component) === 'TONGMAI')

/** Under which number the other side keeps what we sent it (RF1-11), and who gave it; undefined where it is ours or none. */
export function keptUnder(message: Message): { readonly number: string; readonly by: string } | undefined {
  const rf1 = segmentOf(message, 'RF1')
  const number = at(rf1, 11)
  if (!rf1 || number === '' || isOurs(rf1, 11)) return undefined
  return { number, by: at(rf1, 11, 3) || at(rf1, 11, 2) }
}

/** How an RRI answers the request, where it does: accepted or rejected. */
export function answerIn(message: Message): 'A' | 'R' | undefined {
  if (at(message.header, 9, 1) !== 'RRI') return undefined
  const status = at(segmentOf(message, 'RF1'), 1)
  return status === 'A' || status === 'R' ? status : undefined
}

function missing(place: string): never {
  throw new Wrong('interop.field-missing', place)
}

const party = (message: Message, role: 'RP' | 'RT'): Segment | undefined =>
  segmentsOf(message, 'PRD').find((one) => at(one, 1) === role)

/** To whom it goes: the codes of institution and department (PRD-4 of role RT); else the receiver named in MSH-6. */
export function receiverIn(message: Message): { readonly institution: string; readonly department: string } {
  const prd = party(message, 'RT')
  const institution = at(prd, 4, 4) || at(message.header, 6)
  return { institution: institution || missing('PRD-4'), department: at(prd, 4, 1) }
}

/** The department that answers: PRD-4.1 of role RT in an RRI. */
export const departmentIn = (message: Message): string =>
  at(message.header, 9, 1) === 'RRI' ? at(party(message, 'RT'), 4) : ''

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whose act the message is: the id of our Practitioner in PRD-7, of who refers (REF) or who answers (RRI). */
export function actingIn(message: Message): string | undefined {
  const type = at(message.header, 9, 1)
  if (type !== 'REF' && type !== 'RRI') return undefined
  const id = at(party(message, type === 'REF' ? 'RP' : 'RT'), 7).toLowerCase()
  return uuid.test(id) ? id : undefined
}

const priorities: Readonly<Record<string, string>> = { S: 'stat', A: 'asap', R: 'routine' }

const value = (url: string, text: string): Json => ({ url, valueString: text })

/** What OBX says under our own names, allergies of AL1, and the consent of CON, as the extension's parts. */
function fieldsIn(message: Message, departmentId: string | undefined): Json[] {
  const own = segmentsOf(message, 'OBX').filter((obx) => at(obx, 3, 3) === OWN)
  const allergies = segmentsOf(message, 'AL1').map((al1) => at(al1, 3, 2) || at(al1, 3))
  return [
    ...(departmentId ? [value('toDepartmentId', departmentId)] : []),
    ...own.filter((obx) => !at(obx, 3).includes('.')).map((obx) => value(at(obx, 3), wholeText(obx, 5))),
    ...(allergies.length > 0 ? [value('allergies', allergies.filter(Boolean).join('、'))] : []),
    ...consentIn(message),
  ]
}

/** When and where the patient is expected: OBX `arrangement.at` and others, the doctor in PRD-7 of role RT. */
function arrangementIn(message: Message, departmentId: string | undefined): Json[] {
  const said = (name: string): string => {
    const obx = segmentsOf(message, 'OBX').find((one) => at(one, 3, 3) === OWN && at(one, 3) === name)
    return obx ? wholeText(obx, 5) : ''
  }
  const moment = momentIn(said('arrangement.at'), 'OBX-5')
  if (!moment) return []
  const practitionerId = actingIn(message)
  const [place, instructions] = [said('arrangement.place'), said('arrangement.instructions')]
  const extension = [
    { url: 'at', valueDateTime: moment },
    ...(departmentId ? [value('departmentId', departmentId)] : []),
    ...(practitionerId ? [value('practitionerId', practitionerId)] : []),
    ...(place ? [value('place', place)] : []),
    ...(instructions ? [value('instructions', instructions)] : []),
  ]
  return [{ url: 'arrangement', extension }]
}

/** CON: status A is given; who signed (24), what they are to the patient (25), when (13). */
function consentIn(message: Message): Json[] {
  const con = segmentOf(message, 'CON')
  if (!con) return []
  const moment = momentIn(at(con, 13), 'CON-13')
  const signer = at(con, 24) + at(con, 24, 2)
  return [
    {
      url: 'consent',
      extension: [
        { url: 'agreed', valueBoolean: at(con, 11) === 'A' },
        ...(signer ? [value('signer', signer)] : []),
        value('relation', at(con, 25) || '0'),
        ...(moment ? [{ url: 'at', valueDateTime: moment }] : []),
      ],
    },
  ]
}

/** REF^I12 as the ServiceRequest that another system would post; the same rules then hold as for the web. */
export function requestIn(
  message: Message,
  about: {
    patientId: string
    organizationId: string
    departmentId: string | undefined
    institutionId: string
  },
): Resource {
  const { patientId, organizationId, departmentId, institutionId } = about
  const rf1 = required(message, 'RF1')
  const reasons = segmentsOf(message, 'DG1').flatMap((dg1) => {
    const concept = conceptIn(dg1, repetitions(dg1, 3)[0] ?? '', institutionId)
    return concept ? [concept] : []
  })
  const words = [at(rf1, 10, 2) || at(rf1, 10), ...segmentsOf(message, 'NTE').map((nte) => wholeText(nte, 3))]
  const direction = at(rf1, 3, 3) === OWN ? at(rf1, 3) : ''
  return {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '3457005' }] }],
    priority: priorities[at(rf1, 2)] ?? 'routine',
    subject: { reference: `Patient/${patientId}` },
    performer: [{ reference: `Organization/${organizationId}` }],
    note: words.filter(Boolean).map((text) => ({ text })),
    extension: [{ url: FIELDS, extension: fieldsIn(message, departmentId) }],
    ...said({
      code: direction ? { coding: [{ system: DIRECTION, code: direction }] } : undefined,
      reasonCode: reasons.length > 0 ? reasons : undefined,
    }),
  }
}

/** RF1-1 (HL7 table 0283) as the status a Task asks for. */
const answers: Readonly<Record<string, string>> = { A: 'accepted', R: 'rejected' }

/** RRI, or REF^I14, as the Task that makes the move; reason and words go with it. */
export function taskIn(
  message: Message,
  of: { requestId: string; number: string; institutionId: string; departmentId?: string | undefined },
): Resource {
  const rf1 = required(message, 'RF1')
  const isCancelled = at(message.header, 9, 2) === 'I14'
  const status = isCancelled ? 'cancelled' : answers[at(rf1, 1)]
  if (!status) throw new Wrong('interop.bad-value', 'RF1-1', 'is neither A nor R')
  const reason = conceptIn(rf1, repetitions(rf1, 10)[0] ?? '', of.institutionId)
  const words = segmentsOf(message, 'NTE').map((nte) => wholeText(nte, 3))
  const own = [...fieldsIn(message, undefined), ...arrangementIn(message, of.departmentId)]
  return {
    resourceType: 'Task',
    status,
    intent: 'order',
    identifier: [{ system: NUMBER, value: of.number }],
    focus: { reference: `ServiceRequest/${of.requestId}` },
    ...said({
      statusReason: reason,
      note: words.length > 0 ? words.map((text) => ({ text })) : undefined,
      extension: own.length > 0 ? [{ url: FIELDS, extension: own }] : undefined,
    }),
  }
}

/** RF1-1 of what stands here: accepted, rejected, or still pending. */
const standing: Readonly<Record<string, string>> = {
  accepted: 'A',
  'in-progress': 'A',
  completed: 'A',
  rejected: 'R',
}

/** The segments of RRI that follow MSA: where the referral stands, its number here, and the parties as they were said. */
export function answerLines(message: Message, of: { number: string; taskStatus: string }): string[] {
  const { field, component } = message.header.delimiters
  const isStandard = field === '|' && component === '^'
  const said = (name: string) =>
    isStandard ? segmentsOf(message, name).map(({ fields }) => fields.join('|')) : []
  const origin = originIn(message)
  const rf1 = line(
    ...[
      'RF1',
      standing[of.taskStatus] ?? 'P',
      '',
      '',
      '',
      '',
      `${escaped(origin.number)}^^${escaped(origin.by)}`,
    ],
    ...['', '', '', '', `${escaped(of.number)}^TONGMAI`],
  )
  return [rf1, ...said('PRD'), ...said('PID')]
}
