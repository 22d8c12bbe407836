import type { DocumentHeader } from '@tongmai/api/record/document'
import { all, attribute, first, type Tag, wordsIn } from './cda-tree.ts'

/** Documents of WS/T 500 carry templates below this arc (卫生信息共享文档), those of C-CDA below the other. */
const CHINESE = '2.16.156.10011.'
const CONSOLIDATED = '2.16.840.1.113883.10.20.22.'

/** HL7's `20240506083000+0800`, as exact as it is; a day without a zone is China's. */
export function momentOf(stamp: string | undefined): Date | null {
  const [, y, mo = '01', d = '01', h = '00', mi = '00', s = '00', zone] =
    /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.\d+)?([+-]\d{4})?$/.exec(stamp ?? '') ?? []
  if (!y) return null
  const offset = zone ? `${zone.slice(0, 3)}:${zone.slice(3)}` : '+08:00'
  const moment = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}${offset}`)
  const year = moment.getUTCFullYear()
  return year >= 1900 && year < 2100 ? moment : null
}

const dayIn = (stamp: string | undefined): string | null => {
  const [, y, m, d] = /^(\d{4})(\d{2})(\d{2})/.exec(stamp ?? '') ?? []
  return y ? `${y}-${m}-${d}` : null
}

/** A name in one piece, or family and given as the script writes them. */
function nameOf(tag: Tag | undefined): string | null {
  if (!tag) return null
  const family = all(tag, 'family').map(wordsIn).join(' ')
  const given = all(tag, 'given').map(wordsIn).join(' ')
  if (!family && !given) return wordsIn(tag) || null
  return /\p{Script=Han}/u.test(family) ? family + given : [given, family].filter(Boolean).join(' ')
}

/** GB/T 2261.1 says 1 and 2, HL7 says M and F. */
const sexes: Readonly<Record<string, 'male' | 'female'>> = { 1: 'male', 2: 'female', M: 'male', F: 'female' }

const number = (tag: Tag): { root: string; extension: string }[] => {
  const [root, extension] = [attribute(tag, 'root'), attribute(tag, 'extension')]
  return root && extension ? [{ root, extension }] : []
}

function standardOf(root: Tag): DocumentHeader['standard'] {
  const templates = all(root, 'templateId').map((tag) => attribute(tag, 'root') ?? '')
  if (templates.some((template) => template.startsWith(CONSOLIDATED))) return 'C-CDA'
  const realm = attribute(first(root, 'realmCode'), 'code')
  return realm === 'CN' || templates.some((template) => template.startsWith(CHINESE)) ? 'WS/T 500' : 'CDA'
}

/** What the header of a CDA document says; what it leaves out is null. */
export function headerOf(root: Tag): DocumentHeader {
  const role = first(root, 'recordTarget/patientRole')
  const patient = first(role, 'patient')
  const code = first(root, 'code')
  const sex = attribute(first(patient, 'administrativeGenderCode'), 'code') ?? ''
  const id = first(root, 'id')
  const authors = all(root, 'author/assignedAuthor').flatMap(
    (author) =>
      nameOf(first(author, 'assignedPerson/name')) ??
      nameOf(first(author, 'representedOrganization/name')) ??
      [],
  )
  const title = wordsIn(first(root, 'title'))
  const display = attribute(code, 'displayName') ?? ''
  return {
    standard: standardOf(root),
    title: title || display || '未命名文书',
    type: attribute(code, 'code')
      ? { system: attribute(code, 'codeSystem') ?? '', code: attribute(code, 'code') ?? '', display }
      : null,
    number: id ? (number(id)[0] ?? null) : null,
    at: momentOf(attribute(first(root, 'effectiveTime'), 'value')),
    authors: [...new Set(authors)],
    custodian: nameOf(first(root, 'custodian/assignedCustodian/representedCustodianOrganization/name')),
    patient: {
      name: nameOf(first(patient, 'name')),
      sex: Object.hasOwn(sexes, sex) ? (sexes[sex] ?? null) : null,
      birthDate: dayIn(attribute(first(patient, 'birthTime'), 'value')),
      ids: [...all(role, 'id'), ...all(patient, 'id')].flatMap(number),
    },
  }
}

/** Whom the document is compared with: a resident as opened, the identity number masked. */
export interface Person {
  readonly name: string
  readonly sex: string
  readonly birthDate: string | null
  readonly idMasked: string | null
}

/** The arc of the Chinese identity number (WS/T 500, 2.16.156.10011.1.3). */
const IDENTITY = '2.16.156.10011.1.3'

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s·•.]/g, '')
    .toLowerCase()

function isSameName(one: string, other: string): boolean {
  if (plain(one) === plain(other)) return true
  const parts = (name: string) => name.trim().split(/\s+/).map(plain).toSorted().join(' ')
  return parts(one) === parts(other)
}

const fitsMask = (value: string, masked: string): boolean =>
  value.length === masked.length && [...masked].every((sign, at) => sign === '*' || sign === value[at])

/** In what a document speaks of somebody else than this person; `nobody` where it names none. */
export function strangeIn({ patient }: DocumentHeader, person: Person): string[] {
  const { name, sex, birthDate, ids } = patient
  const identity = ids.find(({ root }) => root === IDENTITY)?.extension
  if (name === null && identity === undefined) return ['nobody']
  const isKnown = person.sex === 'male' || person.sex === 'female'
  return [
    ...(name !== null && !isSameName(name, person.name) ? ['name'] : []),
    ...(sex !== null && isKnown && sex !== person.sex ? ['sex'] : []),
    ...(birthDate !== null && person.birthDate !== null && birthDate !== person.birthDate
      ? ['birthDate']
      : []),
    ...(identity && person.idMasked && !fitsMask(identity, person.idMasked) ? ['identity'] : []),
  ]
}
