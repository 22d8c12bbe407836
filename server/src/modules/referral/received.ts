import {
  moves,
  nextStatus,
  type ReferralDirection,
  type ReferralMove,
  type ReferralStatus,
  referralFlow,
} from '@tongmai/api/referral/flow'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { requestStatus, STATUS, taskStatusOf } from './fhir.ts'

/** What FHIR's names cannot say of a referral comes as an extension whose parts are called as the API calls them. */
export const FIELDS = 'urn:tongmai:referral-fields'
const DIRECTION = 'urn:tongmai:referral-direction'
const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

type Node = { readonly [name: string]: Json }

const isNode = (value: Json): value is Node & { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: Json): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode)
const text = (value: Json): string => (typeof value === 'string' ? value : '')

const codeIn = (concepts: Json, system: string): Node | undefined =>
  nodes(concepts)
    .flatMap(({ coding }) => nodes(coding))
    .find((coding) => coding.system === system)

/** The id in `Organization/7`. */
const idIn = (reference: Json, type: string): string | undefined => {
  const [, found] = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})$`).exec(text(reference)) ?? []
  return found
}
const firstId = (references: Json, type: string): string | undefined =>
  nodes(references).flatMap(({ reference }) => idIn(reference, type) ?? [])[0]

const lists = new Set(['indications', 'medicines', 'attachments'])

/** An extension's parts as an object: `url` is the name, a value or further parts are the value. */
function fieldsOf(extensions: Json): Record<string, Json> {
  const object: Record<string, Json> = {}
  for (const one of nodes(extensions)) {
    const name = text(one.url)
    const given = Object.entries(one).find(([key]) => /^value[A-Z]/.test(key))?.[1]
    const value = given === undefined ? fieldsOf(one.extension) : given
    if (name === '' || name === '__proto__') continue
    const before = object[name]
    object[name] = lists.has(name) ? [...(Array.isArray(before) ? before : []), value] : value
  }
  return object
}

const own = (resource: Resource): Record<string, Json> =>
  fieldsOf(nodes(resource.extension).find(({ url }) => url === FIELDS)?.extension)

const urgencies: Readonly<Record<string, string>> = { urgent: 'urgent', asap: 'urgent', stat: 'emergency' }

/** The patient a ServiceRequest is for, by FHIR id. */
export const patientOf = ({ subject }: Resource): string | undefined => firstId(subject, 'Patient')

/**
 * A ServiceRequest of another system as the body with which the web writes a referral; its shape is checked by the
 * API's. Whom it goes to may still be a department, or what it offers, of the same id.
 */
export function draftIn(resource: Resource, residentId: string): Record<string, Json> {
  const { toDepartmentId = null, wantedOn = null, returnNote = null, ...form } = own(resource)
  const reason = nodes(resource.reasonCode)[0]
  const diagnosis = codeIn(resource.reasonCode, ICD10)
  const excerpts = nodes(resource.supportingInfo).flatMap(({ reference, display }) => {
    const [, type, id] = /^([A-Z]\w+)\/([A-Za-z0-9.-]{1,64})$/.exec(text(reference)) ?? []
    return type && id ? [{ type, id, title: text(display) || type }] : []
  })
  return {
    residentId,
    direction: codeIn(resource.code, DIRECTION)?.code ?? 'up',
    urgency: urgencies[text(resource.priority)] ?? 'routine',
    toInstitutionId:
      firstId(resource.performer, 'Organization') ?? firstId(resource.performer, 'HealthcareService'),
    toPractitionerId: firstId(resource.performer, 'Practitioner') ?? null,
    toDepartmentId,
    wantedOn,
    returnNote,
    form: {
      reason: nodes(resource.note)
        .map((note) => text(note.text))
        .join('\n'),
      firstImpression: text(reason?.text),
      excerpts,
      ...(diagnosis
        ? { diagnosis: { code: diagnosis.code, text: text(diagnosis.display) || text(reason?.text) } }
        : {}),
      ...form,
    },
  }
}

/** From which elements `draftIn` and `saidWith` read what has one of its own; all else stands in the extension. */
const elements: Readonly<Record<'ServiceRequest' | 'Task', Readonly<Record<string, string>>>> = {
  ServiceRequest: {
    residentId: 'subject',
    direction: 'code',
    urgency: 'priority',
    toInstitutionId: 'performer',
    toPractitionerId: 'performer',
    'form.reason': 'note',
    'form.firstImpression': 'reasonCode',
    'form.diagnosis': 'reasonCode',
    'form.excerpts': 'supportingInfo',
  },
  Task: { reason: 'statusReason', comment: 'statusReason' },
}

/** Where in the resource stands what the API calls `path`, as FHIRPath. */
export function elementOf(type: 'ServiceRequest' | 'Task', path: string): string {
  const said = path.replace(/^body\./, '')
  const [head = '', next] = said.split('.')
  const element = elements[type][head === 'form' ? `form.${next}` : head]
  if (element) return `${type}.${element}`
  const names = said
    .replace(/^form\./, '')
    .split('.')
    .filter((name) => !/^\d*$/.test(name))
  return [FIELDS, ...names].reduce((at, url) => `${at}.extension.where(url='${url}')`, type)
}

/** The referral a Task is about: its own id, or that of the ServiceRequest in focus. */
export const requestOf = ({ focus }: Resource): string | undefined => firstId(focus, 'ServiceRequest')

/** What the move is told: reason and words from where FHIR has them, all else from the extension. */
export function saidWith(resource: Resource): Record<string, Json> {
  const reason = nodes(resource.statusReason)[0]
  const code = nodes(reason?.coding)[0]?.code
  const note = nodes(resource.note).at(-1)
  const comment = text(reason?.text) || text(note?.text)
  return { ...(code ? { reason: code } : {}), ...(comment ? { comment } : {}), ...own(resource) }
}

type Stand = { readonly direction: ReferralDirection; readonly status: ReferralStatus }

/** By which move one comes from here to a state; of several, the first in the API's order. */
const moveTo = ({ direction, status }: Stand, to: ReferralStatus): ReferralMove | undefined =>
  moves.find((move) => move !== 'expire' && nextStatus(direction, status, move) === to)

/** A Task without a state of ours says what it wants by its status. */
const wishes: Readonly<Record<string, readonly ReferralMove[]>> = {
  accepted: ['accept', 'takeOver'],
  rejected: ['reject'],
  'on-hold': ['askSupplement'],
  'in-progress': ['depart', 'arrive', 'startCare', 'treat', 'planDown'],
  completed: ['followUp', 'close'],
  requested: ['supplement', 'reopen'],
}

/** What a Task asks for, compared with where its referral stands: a move, nothing, or what nobody can do from here. */
export function moveIn(
  resource: Resource,
  stand: Stand,
  isSender: boolean,
): ReferralMove | 'nothing' | undefined {
  const wanted = codeIn(resource.businessStatus, STATUS)?.code as ReferralStatus | undefined
  if (wanted !== undefined && wanted !== stand.status) return moveTo(stand, wanted)
  const status = text(resource.status)
  if (status === taskStatusOf(stand.status)) return 'nothing'
  if (status === 'cancelled') return isSender ? 'withdraw' : 'cancel'
  const open: object = referralFlow[stand.direction][stand.status]
  const wish = wishes[status] ?? []
  return wish.find((move) => Object.hasOwn(open, move)) ?? wish[0]
}

/** What a ServiceRequest asks for: to be called back, or nothing. */
export function recallIn(resource: Resource, status: ReferralStatus): 'withdraw' | 'nothing' | undefined {
  if (resource.status === requestStatus(status)) return 'nothing'
  return resource.status === 'revoked' || resource.status === 'entered-in-error' ? 'withdraw' : undefined
}
