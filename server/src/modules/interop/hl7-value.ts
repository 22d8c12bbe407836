import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { at, component, repetitions, type Segment, wholeText } from './hl7-message.ts'

/** What is wrong with a message at one place: `code` is our own. */
export class Wrong extends Error {
  readonly code: string
  readonly place: string
  constructor(code: string, place: string, text = '') {
    super(text || code)
    this.code = code
    this.place = place
  }
}

/** China has one time; a moment without offset is meant in it. */
const ZONE = '+08:00'

const shape = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(\d{2})?(\d{2})?(?:\.(\d{1,4}))?)?)?)?([+-]\d{4})?$/

/** A time of HL7 (`YYYYMMDDHHMM[SS][±ZZZZ]`) as FHIR writes it, as precise as it was said; undefined where empty. */
export function momentIn(text: string, place: string): string | undefined {
  if (text === '') return undefined
  const [, year, month, day, hour, minute = '00', second = '00', , offset] = shape.exec(text) ?? []
  if (!year) throw new Wrong('interop.bad-value', place, 'is no time')
  const date = [year, month, day].filter(Boolean).join('-')
  const zone = offset ? `${offset.slice(0, 3)}:${offset.slice(3)}` : ZONE
  const moment = hour ? `${date}T${hour}:${minute}:${second}${zone}` : date
  if (Number.isNaN(Date.parse(moment))) throw new Wrong('interop.bad-value', place, 'is no time')
  return moment
}

/** A day of HL7; what is more precise is cut. */
export const dayIn = (text: string, place: string): string | undefined => momentIn(text.slice(0, 8), place)

const systems: Readonly<Record<string, string>> = {
  LN: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
}
/** ICD under the names that China's HIS give it: `I10`, `ICD-10`, `ICD10CM`, `ICD-9-CM-3`, `I9CP`. */
const classifications = [
  [/^(I10|ICD-?10)/, 'http://hl7.org/fhir/sid/icd-10'],
  [/^(I9|ICD-?9)/, 'urn:tongmai:code-system:icd9cm3'],
] as const

/** The system of a code by its name in HL7 table 0396; a name of the sender's own becomes one of the institution's. */
export function systemOf(name: string, institutionId: string): string | undefined {
  if (name === '') return undefined
  const table = /^HL7(\d{4})$/.exec(name)?.[1]
  if (table) return `http://terminology.hl7.org/CodeSystem/v2-${table}`
  const known = name.toUpperCase()
  const icd = classifications.find(([pattern]) => pattern.test(known))?.[1]
  return systems[known] ?? icd ?? `urn:tongmai:hl7:${institutionId}:${encodeURIComponent(name)}`
}

/** A coded element (CE, CWE) as a CodeableConcept; undefined where it says nothing. */
export function conceptIn(segment: Segment, repetition: string, institutionId: string): Json | undefined {
  const coding = [0, 3].flatMap((shift) => {
    const code = component(segment, repetition, 1 + shift)
    const display = component(segment, repetition, 2 + shift)
    const system = systemOf(component(segment, repetition, 3 + shift), institutionId)
    const isCode = /^\S+( \S+)*$/.test(code)
    return isCode ? [{ ...(system ? { system } : {}), code, ...(display ? { display } : {}) }] : []
  })
  const text =
    component(segment, repetition, 9) ||
    component(segment, repetition, 2) ||
    component(segment, repetition, 1)
  if (text === '' && coding.length === 0) return undefined
  return { ...(coding.length > 0 ? { coding } : {}), ...(text ? { text } : {}) }
}

/** What a line names by a code, or in words in another field; undefined where by neither. */
export function namedIn(
  segment: Segment,
  { code, words, institutionId }: { code: number; words: number; institutionId: string },
): Json | undefined {
  const text = wholeText(segment, words)
  return (
    conceptIn(segment, repetitions(segment, code)[0] ?? '', institutionId) ?? (text ? { text } : undefined)
  )
}

/** One of the things that a message lists. */
export interface Listed {
  /** By what the sender knows it again. */
  readonly name: string
  readonly resource: Resource
  /** It was a mistake: what is not known is not made for it. */
  readonly isDeleted?: boolean
}

const oid = /^[0-2](\.(0|[1-9]\d*))+$/

/** The system of a number by its assigning authority (HD: name & id & kind of id). */
export function authorityOf(
  authority: { readonly name: string; readonly id: string },
  institutionId: string,
): string {
  const { name, id } = authority
  if (oid.test(id)) return `urn:oid:${id}`
  if (oid.test(name)) return `urn:oid:${name}`
  return `urn:tongmai:hl7:${institutionId}:${encodeURIComponent(id || name)}`
}

/** A number with its authority in components of its own (EI: number^name^id^kind) as an Identifier. */
export function entityIn(
  segment: Segment,
  repetition: string,
  institutionId: string,
): { [key: string]: Json } | undefined {
  const value = component(segment, repetition, 1)
  if (value === '') return undefined
  const authority = { name: component(segment, repetition, 2), id: component(segment, repetition, 3) }
  return { system: authorityOf(authority, institutionId), value }
}

/** The name of a person (XCN), as people of its language write it; empty where none is said. */
export function personIn(segment: Segment, field: number): string {
  const [family, given] = [at(segment, field, 2), at(segment, field, 3)]
  return /\p{Script=Han}/u.test(family) ? family + given : [given, family].filter(Boolean).join(' ')
}

/** Without what is undefined. */
export const said = (object: { readonly [key: string]: Json | undefined }): { [key: string]: Json } =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
