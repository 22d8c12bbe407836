import { readChineseId } from '@tongmai/api/resident/chinese-id'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { at, component, repetitions, type Segment } from './hl7-message.ts'
import { authorityOf, dayIn, said, Wrong } from './hl7-value.ts'

const CHINESE_ID = 'urn:oid:2.16.156.10011.1.3'

/** What names a stay or an account, and not the person. */
const ofVisits = new Set(['VN', 'AN', 'ANON', 'AM', 'BA'])

interface Said {
  readonly institutionId: string
  /** `YYYY-MM-DD`, which bounds births. */
  readonly today: string
}

/** The numbers of a person in a field of type CX, as Identifiers. */
export function numbersIn(segment: Segment, field: number, { institutionId, today }: Said): Json[] {
  return repetitions(segment, field).flatMap((one) => {
    const value = component(segment, one, 1)
    const type = component(segment, one, 5)
    if (value === '' || ofVisits.has(type)) return []
    if (readChineseId(value, today).ok && value.length >= 15) return [{ system: CHINESE_ID, value }]
    const authority = { name: component(segment, one, 4, 1), id: component(segment, one, 4, 2) }
    const system = authorityOf(authority, institutionId)
    const code = type
      ? { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: type }] } }
      : {}
    return [{ ...code, system, value }]
  })
}

const genders: Readonly<Record<string, string>> = {
  M: 'male',
  F: 'female',
  O: 'other',
  A: 'other',
  1: 'male',
  2: 'female',
}

/** Family before given in Chinese, nothing between; the family name may carry its parts as subcomponents. */
function namesIn(pid: Segment): Json[] {
  return repetitions(pid, 5).flatMap((one) => {
    const family = component(pid, one, 1)
    const given = [component(pid, one, 2), component(pid, one, 3)].filter(Boolean)
    if (family === '' && given.length === 0) return []
    const isChinese = /\p{Script=Han}/u.test(family)
    const text = isChinese ? family + given.join('') : [...given, family].filter(Boolean).join(' ')
    return [said({ text, family: family || undefined, given: given.length > 0 ? given : undefined })]
  })
}

function telecomIn(pid: Segment): Json[] {
  return [13, 14].flatMap((field) =>
    repetitions(pid, field).flatMap((one) => {
      const number = component(pid, one, 1) || component(pid, one, 12) || component(pid, one, 7)
      if (number === '') return []
      return [{ system: 'phone', value: number, use: field === 14 ? 'work' : 'home' }]
    }),
  )
}

function addressesIn(pid: Segment): Json[] {
  return repetitions(pid, 11).flatMap((one) => {
    const part = (n: number) => component(pid, one, n) || undefined
    const line = [part(1), part(2)].filter((text) => text !== undefined)
    const about = said({
      line: line.length > 0 ? line : undefined,
      ...{ city: part(3), state: part(4), postalCode: part(5), country: part(6) },
    })
    return Object.keys(about).length > 0 ? [about] : []
  })
}

/** The person of PID as a Patient; nobody without a number and a name. */
export function patientIn(pid: Segment | undefined, about: Said): Resource {
  if (!pid) throw new Wrong('interop.segment-missing', 'PID')
  const identifier = [...numbersIn(pid, 3, about), ...chineseIn(pid, about)]
  const name = namesIn(pid)
  if (identifier.length === 0) throw new Wrong('interop.field-missing', 'PID-3')
  if (name.length === 0) throw new Wrong('interop.field-missing', 'PID-5')
  const address = addressesIn(pid)
  const telecom = telecomIn(pid)
  return {
    resourceType: 'Patient',
    identifier,
    name,
    gender: genders[at(pid, 8).toUpperCase()] ?? 'unknown',
    ...said({
      birthDate: dayIn(at(pid, 7), 'PID-7'),
      address: address.length > 0 ? address : undefined,
      telecom: telecom.length > 0 ? telecom : undefined,
    }),
  }
}

/** Many systems here write the identity number where Americans write another: PID-19. */
function chineseIn(pid: Segment, { today }: Said): Json[] {
  const number = at(pid, 19)
  const isChinese = number.length >= 15 && readChineseId(number, today).ok
  return isChinese ? [{ system: CHINESE_ID, value: number }] : []
}
