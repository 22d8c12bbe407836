import { isDeepStrictEqual } from 'node:util'
import type { Sex } from '@tongmai/api/workforce/practitioner'
import { wordsOf } from '../../../kernel/resource/extract.ts'
import type { Json, Resource } from '../../../kernel/resource/owner.ts'
import type { Same } from '../../../kernel/same-person.ts'
import { blindIndex, seal, unseal } from '../../../kernel/secret.ts'
import type { Described } from '../compare-person.ts'
import { type Hidden, hiddenOf, type Person, storedPatient } from '../fhir.ts'
import { CHINESE_ID, foreignNumbers, keyOf, type Numbered } from '../identifier.ts'
import { maskAddress, maskName, maskNumber, maskPhone } from '../mask.ts'
import { blocksOf } from '../match-block.ts'
import { spokenKeys } from '../spoken-key.ts'
import type { NewRow, NumberRow } from '../store/registry.ts'

/** Everything that may be said of a new resident; what nobody said is null. */
export interface Newcomer {
  readonly id?: string | undefined
  readonly name: string
  readonly sex: Sex
  readonly birthDate: string | null
  readonly phone?: string | null
  readonly address?: string | null
  readonly divisionCode?: string | null
  readonly numbers: readonly Numbered[]
  readonly names?: Json[] | null
  readonly birthSaid?: string | null
  readonly telecom?: Json[] | null
  readonly addresses?: Json[] | null
  readonly links?: Json[] | null
  readonly unknown?: boolean
  readonly foundAt?: Date | null
  readonly foundPlace?: string | null
  readonly note?: string | null
}

/** A telephone as it is compared: digits only, without the country's 86. */
export const plainPhone = (phone: string): string =>
  phone
    .normalize('NFKC')
    .replace(/[^\d+]/g, '')
    .replace(/^(\+|00)86/, '')

export const phoneBlind = (phone: string): string => blindIndex('resident.phone', plainPhone(phone))
/** A telephone or address under which somebody is reached; telephones by their digits alone. */
export const telecomBlind = (system: string, value: string): string =>
  blindIndex(
    'resident.telecom',
    `${system}|${system === 'email' || system === 'url' ? value.trim().toLowerCase() : plainPhone(value)}`,
  )
export const numberBlind = (value: string): string => blindIndex('resident.number', value)
export const codeBlind = (code: string): string => blindIndex('resident.code', code)
export const identifierBlind = (n: { system: string; value: string }): string =>
  blindIndex('resident.identifier', keyOf(n))

/** A number of a kind (`system|code` of its type), under whatever system it stands. */
export const typeBlind = (type: string, value: string): string =>
  blindIndex('resident.identifier-type', `${type}|${value.trim()}`)

/** The columns of a telephone. */
export const phoneColumns = (phone: string | null) => ({
  phoneSealed: phone === null ? null : seal(phone),
  phoneMasked: phone === null ? null : maskPhone(plainPhone(phone)),
  phoneBlind: phone === null ? null : phoneBlind(phone),
})

/** Numbers with their digests and seals, each once. */
export function numberRows(numbers: readonly Numbered[]): NumberRow[] {
  const rows = numbers.map((n) => ({
    ...{ blind: identifierBlind(n), numberBlind: numberBlind(n.value), system: n.system, kind: n.kind },
    ...{
      country: n.country,
      valueSealed: seal(n.value),
      valueMasked: maskNumber(n.value),
      derived: n.derived,
    },
    about: n.about === null ? null : JSON.stringify(n.about),
  }))
  return [...new Map(rows.map((row) => [row.blind, row])).values()]
}

/** The id that stands for a resident in lists, masked: the Chinese one before all others. */
export function cardNumber(numbers: readonly Numbered[]): string | null {
  const chinese = numbers.filter((n) => n.system === CHINESE_ID)
  const shown = chinese.find((n) => n.value.length === 18) ?? numbers[0]
  return shown ? maskNumber(shown.value) : null
}

const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value)

/** The row of a new resident, sealed and masked. */
export function newRow(given: Newcomer, id: string, institutionId: string | null): NewRow {
  const { name, sex, birthDate, address = null, numbers } = given
  return {
    ...{ id, name, sex, birthDate, address, institutionId },
    nameMasked: given.unknown ? name : maskName(name),
    birthSaid: given.birthSaid ?? null,
    idMasked: cardNumber(numbers),
    names: json(given.names),
    ...phoneColumns(given.phone ?? null),
    telecomSealed: given.telecom ? seal(JSON.stringify(given.telecom)) : null,
    addresses: json(given.addresses),
    addressMasked: address === null ? null : maskAddress(address),
    divisionCode: given.divisionCode ?? null,
    unknown: given.unknown ?? false,
    foundAt: given.foundAt ?? null,
    foundPlace: given.foundPlace ?? null,
    note: given.note ?? null,
    links: json(given.links),
  }
}

/** The Patient that goes into the resource store. */
export function patientOf(
  person: Person,
  hidden: { numbers: readonly Numbered[]; telecom: readonly Json[] | null; phone: string | null },
  same: readonly Same[] = [],
) {
  const inside = hiddenOf(hidden.numbers, hidden.telecom, hidden.phone)
  return storedPatient(person, seal(JSON.stringify(inside)), same)
}

/** The Patient with the seal of the version before, where the same lies in it: sealed anew it would look changed. */
export function sealedAsBefore<T extends Resource>(patient: T, { sealed_ }: Resource): T {
  const { sealed_: anew } = patient
  if (typeof sealed_ !== 'string' || typeof anew !== 'string') return patient
  const [before, now] = [unseal(sealed_), unseal(anew)]
  const isSame = before === now || isDeepStrictEqual(JSON.parse(before), JSON.parse(now))
  return isSame ? { ...patient, sealed_ } : patient
}

/** What is compared of somebody, from what is known of them in the clear; of a Chinese id its 18-digit form. */
export const describedOf = (person: {
  name: string
  sex: Sex
  birthDate: string | null
  phone: string | null
  address: string | null
  number: string | null
}): Described => ({
  name: person.name,
  sex: person.sex === 'male' || person.sex === 'female' ? person.sex : null,
  birthDate: person.birthDate,
  phone: person.phone === null ? null : plainPhone(person.phone),
  address: person.address,
  idNumber: person.number,
})

/** The Chinese id among somebody's numbers, the 18-digit form first, else one that fails its check. */
export function chineseNumber(numbers: readonly Numbered[]): string | null {
  const own = numbers.filter((n) => n.system === CHINESE_ID)
  const checked = own.find((n) => n.value.length === 18) ?? own[0]
  return checked?.value ?? numbers.find((n) => n.system === `${CHINESE_ID}#unchecked`)?.value ?? null
}

/** A newcomer as the matcher sees them; null for somebody unknown, whom nothing but people can identify. */
export function describedNewcomer(given: Newcomer): Described | null {
  if (given.unknown) return null
  const { name, sex, birthDate, phone = null, address = null, numbers } = given
  return describedOf({ name, sex, birthDate, phone, address, number: chineseNumber(numbers) })
}

/** A keyed digest as the database indexes it: the first 64 bits. */
const digest = (key: string): string =>
  Buffer.from(blindIndex('resident.block', key), 'base64url').readBigInt64BE(0).toString()

/** Under which keys somebody is brought together with others who may be they. */
export const keysOf = (person: Described): string[] => [
  ...new Set(blocksOf(person).map(({ kind, key }) => digest(`${kind} ${key}`))),
]

const lastDay = '9999-12-31'

/** What a stored Patient is found by that does not stand in it: digests of what is sealed, and names as spoken. */
export function patientKeys(resource: Resource): readonly string[] {
  const spoken = spokenKeys(resource)
  if (typeof resource.sealed_ !== 'string') return spoken
  const { identifier, telecom } = JSON.parse(unseal(resource.sealed_)) as Hidden
  const numbers = identifier.flatMap((one) => {
    const { system = '', value = '' } = one as { system?: string; value?: string }
    return foreignNumbers(system, value, { about: null, today: lastDay })
  })
  const digests = numbers.flatMap((n) => [identifierBlind(n), numberBlind(n.value)])
  const own = [
    ...digests.map((digest) => `identifier=${digest}`),
    ...identifier.flatMap(typedBy),
    ...identifier.flatMap(namedBy),
  ]
  return [...own, ...telecom.flatMap(reachedBy), ...spoken]
}

function typedBy(one: Json): string[] {
  const { type, value } = one as { type?: { coding?: Json }; value?: string }
  if (typeof value !== 'string' || !Array.isArray(type?.coding)) return []
  return type.coding.flatMap((coding) => {
    const { system = '', code } = (coding ?? {}) as { system?: string; code?: string }
    return code ? [`identifier:of-type=${typeBlind(`${system}|${code}`, value)}`] : []
  })
}

/** What kind of number it is called, for `identifier:text`. */
const namedBy = (one: Json): string[] => wordsOf(one).map((words) => `identifier:text=${words}`)

function reachedBy(one: Json): string[] {
  const { system = 'other', value } = one as { system?: string; value?: string }
  if (typeof value !== 'string') return []
  const digest = telecomBlind(system, value)
  const isNamed = system === 'phone' || system === 'email'
  return [`telecom=${digest}`, ...(isNamed ? [`${system}=${digest}`] : [])]
}
