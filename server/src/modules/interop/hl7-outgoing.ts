import { unescape as percentDecoded } from 'node:querystring'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { ReferralRow } from '../referral/index.ts'
import { line, stampOf } from './hl7-answer.ts'
import { escaped } from './hl7-message.ts'
import { OWN } from './hl7-referral.ts'
import { type Charset, charsetName } from './hl7-text.ts'
import { standingOf, type ToldKind } from './hl7-told.ts'

/** A referral as our own message says it (HL7 v2.5.1, chapter 11); what v2 has no field for is OBX of 99TONGMAI. */

/** One side of a referral, as PRD names it. */
export interface Party {
  readonly code: string
  readonly name: string
  readonly department: { readonly code: string; readonly name: string } | null
  readonly practitioner: { readonly id: string; readonly name: string } | null
}

/** The number under which the addressed institution's system knows it, and who gave that number. */
export interface OwnNumber {
  readonly number: string
  readonly by: string
}

export interface Outgoing {
  readonly kind: ToldKind
  readonly controlId: string
  readonly at: Date
  readonly charset: Charset
  readonly to: { readonly institutionId: string; readonly application: string; readonly facility: string }
  readonly referral: ReferralRow
  readonly ownNumber: OwnNumber | undefined
  readonly sender: Party
  readonly receiver: Party
  readonly patient: Resource | null
}

/** A segment by the numbers of its fields. */
const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const last = Math.max(0, ...Object.keys(fields).map(Number))
  return line(name, ...Array.from({ length: last }, (_, n) => fields[n + 1] ?? ''))
}

type Node = { readonly [name: string]: Json }
const nodes = (value: Json): Node[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is Node & { [key: string]: Json } =>
      typeof one === 'object' && one !== null && !Array.isArray(one),
  )
const text = (value: Json): string => (typeof value === 'string' ? escaped(value) : '')

const header = ({ kind, controlId, at, charset, to }: Outgoing): string => {
  const [type, trigger] = kind.split('^')
  return line(
    ...[
      'MSH',
      '^~\\&',
      'TONGMAI',
      'ALLIANCE',
      escaped(to.application),
      escaped(to.facility),
      stampOf(at),
      '',
    ],
    ...[`${type}^${trigger}^${type}_I12`, controlId, 'P', '2.5.1', '', '', '', '', '', charsetName[charset]],
  )
}

const urgencies = { emergency: 'S', urgent: 'A', routine: 'R' } as const
const directions = { up: '上转', down: '下转', sideways: '平转' } as const

/** Who is asked counts by our number and answers with it; who sent by a number of its own finds that one in RF1-6. */
function request({ kind, referral, ownNumber, to }: Outgoing): string {
  const { direction, urgency, status, ending, form, number, submittedAt, validUntil } = referral
  const ours = `${escaped(number)}^TONGMAI`
  const theirs = ownNumber ? `${escaped(ownNumber.number)}^^${escaped(ownNumber.by)}` : ''
  const isSender = to.institutionId === referral.fromInstitutionId
  const isOver = kind === 'REF^I14' || status === 'rejected'
  const why =
    isOver && ending ? `${ending.reason}^${escaped(ending.note)}^${OWN}` : `^${escaped(form.reason)}`
  return segment('RF1', {
    1: kind === 'REF^I14' ? '' : standingOf(status),
    2: urgencies[urgency],
    3: `${direction}^${directions[direction]}^${OWN}`,
    6: isSender && theirs ? theirs : ours,
    7: submittedAt ? stampOf(submittedAt) : '',
    8: validUntil ? stampOf(validUntil) : '',
    10: why,
    11: isSender && theirs ? ours : theirs,
  })
}

const provider = (role: 'RP' | 'RT', party: Party): string => {
  const { code, name, department, practitioner } = party
  const place = [name, department?.name].filter(Boolean).join(' ')
  return segment('PRD', {
    1: role,
    2: escaped(practitioner?.name ?? ''),
    4: `${escaped(department?.code ?? '')}^^^${escaped(code)}^^^^^${escaped(place)}`,
    7: practitioner ? `${practitioner.id}^TONGMAI` : '',
  })
}

/** The numbers by which the addressed system can know the person: its own, and those of nobody in particular. */
function numbers(identifiers: Json, institutionId: string): string[] {
  const own = `urn:tongmai:hl7:${institutionId}:`
  return nodes(identifiers).flatMap(({ system, value }) => {
    if (typeof system !== 'string' || typeof value !== 'string') return []
    if (system.startsWith(own))
      return [`${escaped(value)}^^^${escaped(percentDecoded(system.slice(own.length)))}^MR`]
    const [, oid] = /^urn:oid:([\d.]+)$/.exec(system) ?? []
    return oid ? [`${escaped(value)}^^^&${oid}&ISO^NI`] : []
  })
}

const sexes: Readonly<Record<string, string>> = { male: 'M', female: 'F', other: 'O' }

function person({ patient, referral, to }: Outgoing): string {
  const known = numbers(patient?.identifier, to.institutionId)
  const [name] = nodes(patient?.name)
  const given = [name?.given].flat().map(text).join('')
  const [address] = nodes(patient?.address)
  const phones = nodes(patient?.telecom).flatMap(({ system, value }) =>
    system === 'phone' ? text(value) : [],
  )
  const street = text(address?.text) || [address?.line].flat().map(text).join('')
  return segment('PID', {
    1: '1',
    3: known.length > 0 ? known.join('~') : `${referral.residentId}^^^TONGMAI^PI`,
    5: name?.family ? `${text(name.family)}^${given}` : text(name?.text),
    7: text(patient?.birthDate).replaceAll('-', ''),
    8: sexes[text(patient?.gender)] ?? 'U',
    11: `${street}^^${text(address?.city)}^${text(address?.state)}^${text(address?.postalCode)}`.replace(
      /\^+$/,
      '',
    ),
    13: phones.join('~'),
  })
}

function reasons({ form }: ReferralRow): string[] {
  const { diagnosis, allergies, reason, consent } = form
  return [
    ...(diagnosis ? [`DG1|1||${escaped(diagnosis.code)}^${escaped(diagnosis.text)}^I10`] : []),
    ...(allergies ? [`AL1|1|DA|^${escaped(allergies)}`] : []),
    ...(reason ? [`NTE|1||${escaped(reason)}`] : []),
    ...(consent
      ? [
          segment('CON', {
            ...{ 1: '1', 11: consent.agreed ? 'A' : 'R', 13: stampOf(consent.at) },
            ...{ 24: escaped(consent.signer), 25: consent.relation },
          }),
        ]
      : []),
  ]
}

/** What has a name in the API and no field in v2; empty ones fall away. */
function ownWords({
  form,
  arrangement,
  returnNote,
  outcome,
  ending,
  status,
}: ReferralRow): [string, string][] {
  const all: [string, string | undefined][] = [
    ['firstImpression', form.firstImpression],
    ['pastHistory', form.pastHistory],
    ['treatmentSoFar', form.treatmentSoFar],
    ['attention', form.attention],
    ...form.indications.map((one): [string, string] => ['indications', one]),
    ['arrangement.at', arrangement ? stampOf(arrangement.at) : ''],
    ['arrangement.place', arrangement?.place],
    ['arrangement.instructions', arrangement?.instructions],
    ['advice', status === 'rejected' ? ending?.advice : ''],
    ['returnNote.diagnosisResult', returnNote?.diagnosisResult],
    ['returnNote.mainResults', returnNote?.mainResults],
    ['returnNote.treatment', returnNote?.treatment],
    ['returnNote.nextPlan', returnNote?.nextPlan],
    ['returnNote.rehabPlan', returnNote?.rehabPlan],
    ...(returnNote?.medicines ?? []).map((one): [string, string] => [
      'returnNote.medicines',
      medicineText(one),
    ]),
    ['outcome.result', outcome?.result],
    ['outcome.diagnosis', outcome ? `${outcome.diagnosis.code} ${outcome.diagnosis.text}` : ''],
    ['outcome.summary', outcome?.summary],
    ['outcome.nextPlan', outcome?.nextPlan],
  ]
  return all.filter((one): one is [string, string] => Boolean(one[1]))
}

const medicineText = (one: { name: string; dose: string; route: string; frequency: string }): string =>
  [one.name, one.dose, one.route, one.frequency].filter(Boolean).join(' ')

/** The whole message, its lines ended by CR. One that calls off says which, between whom, of whom and why, no more. */
export function outgoingText(about: Outgoing): string {
  const { kind, referral, sender, receiver } = about
  const isOff = kind === 'REF^I14'
  const words = isOff ? [] : ownWords(referral)
  return [
    header(about),
    request(about),
    provider('RP', sender),
    provider('RT', receiver),
    person(about),
    ...(isOff ? [] : reasons(referral)),
    ...words.map(([name, said], n) => `OBX|${n + 1}|TX|${name}^^${OWN}||${escaped(said)}||||||F`),
    '',
  ].join('\r')
}

/** The same message under another number (MSH-10). */
export const renumbered = (message: string, controlId: string): string => {
  const [head = '', ...rest] = message.split(/(\r\n|\r|\n)/)
  const fields = head.split('|')
  if (fields.length > 9) fields[9] = controlId
  return [fields.join('|'), ...rest].join('')
}
