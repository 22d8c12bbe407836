import type { Sex } from '@tongmai/api/workforce/practitioner'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { Same } from '../../kernel/same-person.ts'
import { foreignNumbers, type Numbered } from './identifier.ts'
import { maskNumber, maskPhone } from './mask.ts'

const genders: Readonly<Record<Sex, string>> = {
  male: 'male',
  female: 'female',
  unknown: 'unknown',
  unspecified: 'other',
}

/** Elements of Patient that this module keeps; all others stay beside the projection. */
export const models = [
  'active',
  'identifier',
  'name',
  'telecom',
  'gender',
  'birthDate',
  'address',
  'link',
  'sealed_',
] as const

/** What lies sealed in the stored Patient: nothing of it may be read in the store. */
export interface Hidden {
  readonly identifier: readonly Json[]
  readonly telecom: readonly Json[]
}

export interface Person {
  readonly residentId: string
  readonly name: string
  readonly names: unknown
  readonly sex: Sex
  readonly birthDate: string | null
  readonly birthSaid: string | null
  readonly address: string | null
  readonly addresses: unknown
  readonly links: unknown
}

const hanzi = /^\p{Script=Han}{2,6}$/u
const compound = /^(欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|端木)/u

/** A Chinese name in its parts; another name stays whole. */
function humanName(name: string): Json {
  if (!hanzi.test(name)) return { use: 'official', text: name }
  const family = compound.test(name) ? name.slice(0, 2) : name.slice(0, 1)
  return { use: 'official', text: name, family, given: [name.slice(family.length)] }
}

/** The Patient as the store keeps it: identifiers and telecom are in `sealed_`, which never leaves. */
export function storedPatient(
  person: Person,
  sealed: string,
  same: readonly Same[] = [],
): Resource & { id: string } {
  const link = [...same.map(linkTo), ...listOr(person.links, [])]
  const birthDate = person.birthDate ?? person.birthSaid
  const address = listOr(person.addresses, person.address === null ? [] : [{ text: person.address }])
  return {
    resourceType: 'Patient',
    id: person.residentId,
    active: true,
    name: listOr(person.names, [humanName(person.name)]),
    gender: genders[person.sex],
    ...(birthDate ? { birthDate } : {}),
    ...(address.length > 0 ? { address } : {}),
    ...(link.length > 0 ? { link } : {}),
    sealed_: sealed,
  }
}

const linkTo = ({ otherId, kind }: Same): Json => ({ other: { reference: `Patient/${otherId}` }, type: kind })

/** Whom an element of Patient.link names. */
export const referenceIn = (link: Json): string => text(record(record(link).other).reference) ?? ''

/** What of a resident has to be sealed into the stored Patient. */
export function hiddenOf(
  numbers: readonly Numbered[],
  telecom: readonly Json[] | null,
  phone: string | null,
): Hidden {
  return {
    identifier: numbers.map(({ system, value, about }) => ({
      ...record(about as Json),
      ...(system === '' ? {} : { system: bare(system) }),
      value,
    })),
    telecom: telecom ?? (phone === null ? [] : [{ system: 'phone', value: phone, use: 'mobile' }]),
  }
}

const bare = (system: string): string => system.replace(/#unchecked$/, '')

const SEALED = ',"sealed_":"'

/**
 * The Patient as it leaves, of the JSON that is stored: with identifiers and telecom in full for whoever may, masked for
 * all others. Text is put into text, as taking a record apart and writing it again took longer than all else of a read.
 */
export function presentedPatient(content: string, open: (sealed: string) => string, inFull: boolean): string {
  const begin = content.indexOf(SEALED)
  if (begin < 0) return content
  const end = content.indexOf('"', begin + SEALED.length)
  const hidden = open(content.slice(begin + SEALED.length, end))
  const shown = elementsOf(inFull ? hidden : JSON.stringify(masked(JSON.parse(hidden) as Hidden)))
  return `${content.slice(0, begin)}${shown}${content.slice(end + 1)}`
}

/** What was hidden as elements of an object that has others before them; FHIR knows no empty list. */
const elementsOf = (hidden: string): string =>
  hidden
    .slice(1, -1)
    .replace(/"(identifier|telecom)":\[\],?/g, '')
    .replace(/,$/, '')
    .replace(/^(?=.)/, ',')

const masked = (hidden: Hidden): Hidden => ({
  identifier: hidden.identifier.map((one) => covered(one, maskNumber)),
  telecom: hidden.telecom.map((one) => covered(one, maskPhone)),
})

function covered(one: Json, mask: (value: string) => string): Json {
  const { value, ...rest } = record(one)
  return typeof value === 'string' ? { ...rest, value: mask(value) } : rest
}

/** What a Patient that comes in says, in this module's terms. */
export interface Received {
  readonly name: string
  readonly names: Json[] | null
  readonly sex: Sex
  readonly birthDate: string | null
  readonly birthSaid: string | null
  readonly phone: string | null
  readonly telecom: Json[] | null
  readonly address: string | null
  readonly addresses: Json[] | null
  readonly links: Json[] | null
  readonly numbers: Numbered[]
}

/** Reads a FHIR Patient. Values that are masked (somebody writes back what they read) are left out. */
export function receivedPatient(resource: Resource, today: string): Received {
  const names = list(resource.name)
  const telecom = list(resource.telecom).filter((one) => !isMasked(one))
  const addresses = list(resource.address)
  const links = list(resource.link)
  const birth = text(resource.birthDate)
  const isWhole = birth !== null && /^\d{4}-\d{2}-\d{2}$/.test(birth)
  const phone = telecom.find((one) => ['phone', 'sms'].includes(text(one.system) ?? ''))
  return {
    name: names.map(spokenName).find((name) => name !== '') ?? '?',
    names: names.length > 0 ? names : null,
    sex:
      (Object.entries(genders).find(([, code]) => code === resource.gender)?.[0] as Sex | undefined) ??
      'unknown',
    birthDate: isWhole ? birth : null,
    birthSaid: isWhole ? null : birth,
    phone: phone ? text(phone.value) : null,
    telecom: telecom.length > 0 ? telecom : null,
    address: addresses.map(spokenAddress).find((one) => one !== '') ?? null,
    addresses: addresses.length > 0 ? addresses : null,
    links: links.length > 0 ? links : null,
    numbers: list(resource.identifier).flatMap((one) => numbersIn(one, today)),
  }
}

function numbersIn(one: Record<string, Json>, today: string): Numbered[] {
  const { system, value, ...about } = one
  if (typeof value !== 'string' || value.trim() === '' || isMasked(one)) return []
  return foreignNumbers(text(system) ?? '', value, {
    about: Object.keys(about).length > 0 ? about : null,
    today,
  })
}

const isMasked = (one: Record<string, Json>): boolean => /\*{2}/.test(text(one.value) ?? '')
const text = (value: Json): string | null => (typeof value === 'string' ? value : null)
const record = (value: Json): Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
const list = (value: Json): Record<string, Json>[] => (Array.isArray(value) ? value.map(record) : [])
const listOr = (value: unknown, otherwise: Json[]): Json[] =>
  Array.isArray(value) ? (value as Json[]) : otherwise
const words = (value: Json): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** Chinese: family before given, nothing between; others: given before family. */
function spokenName(name: Record<string, Json>): string {
  const said = text(name.text)
  if (said) return said.trim()
  const family = text(name.family) ?? ''
  const given = words(name.given)
  if (/\p{Script=Han}/u.test(family)) return family + given.join('')
  return [...given, family].join(' ').trim()
}

function spokenAddress(address: Record<string, Json>): string {
  const said = text(address.text)
  if (said) return said
  const parts = [...words(address.line), text(address.district), text(address.city), text(address.state)]
  return parts.filter((part) => part !== null && part !== '').join(', ')
}
