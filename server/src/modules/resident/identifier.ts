import { readChineseId, tidyNumber } from '@tongmai/api/resident/chinese-id'
import type { DocumentKind, ShownDocument } from '@tongmai/api/resident/person'
import { maskNumber } from './mask.ts'

/** OID of the citizen identity number, and of the health record number (WS/T 482, 2.16.156.10011.1). */
export const CHINESE_ID = 'urn:oid:2.16.156.10011.1.3'
export const HEALTH_RECORD = 'urn:oid:2.16.156.10011.1.2'
const DOCUMENT = 'urn:tongmai:document:'

/** One number under one system, ready to be indexed and sealed. */
export interface Numbered {
  readonly system: string
  readonly value: string
  readonly kind: DocumentKind | null
  readonly country: string | null
  /** The 18-digit form worked out from a 15-digit number. */
  readonly derived: boolean
  /** What FHIR says of it besides system and value: type, use, period. */
  readonly about: unknown
}

/** The text of which the keyed digest is taken. */
export const keyOf = ({ system, value }: { system: string; value: string }): string => `${system}|${value}`

const numbered = (system: string, value: string, more: Partial<Numbered> = {}): Numbered => ({
  ...{ system, value, kind: null, country: null, derived: false, about: null },
  ...more,
})

/** A Chinese identity number; one of 15 digits also stands for its 18-digit form. */
function chinese(given: string, number: string, about: unknown): Numbered[] {
  const own = numbered(CHINESE_ID, given, { kind: '01', about })
  return given === number ? [own] : [own, numbered(CHINESE_ID, number, { kind: '01', derived: true })]
}

/** What a document shown at the desk says, or what is wrong with it. */
export function numbersOf(
  document: ShownDocument,
  today: string,
): Numbered[] | 'shape' | 'date' | 'check' | 'country' {
  const { kind, country } = document
  if (kind === '01') {
    const read = readChineseId(document.number, today)
    return read.ok ? chinese(read.given, read.number, null) : read.problem
  }
  if (kind === '03' && country === null) return 'country'
  const value = tidyNumber(document.number)
  if (value.length < 3) return 'shape'
  return [numbered(`${DOCUMENT}${kind}:${country ?? 'CHN'}`, value, { kind, country: country ?? 'CHN' })]
}

/** A number that came in over FHIR: kept under its own system; a broken Chinese id is kept as it is, unmatched. */
export function foreignNumbers(
  system: string,
  value: string,
  more: { about: unknown; today: string },
): Numbered[] {
  const { about, today } = more
  if (system === CHINESE_ID) {
    const read = readChineseId(value, today)
    if (read.ok) return chinese(read.given, read.number, about)
    return [numbered(`${CHINESE_ID}#unchecked`, value.trim(), { kind: '99', about })]
  }
  const [, kind, country] = /^urn:tongmai:document:(0[2-7]|99):([A-Z]{3})$/.exec(system) ?? []
  if (kind && country)
    return [numbered(system, tidyNumber(value), { kind: kind as DocumentKind, country, about })]
  return [numbered(system, value.trim(), { kind: system === HEALTH_RECORD ? null : '99', about })]
}

/** What of a number is looked up when nobody says of which system it is; a Chinese id of 15 digits as one of 18. */
export function bareNumber(typed: string, today: string): string {
  const read = readChineseId(typed, today)
  return read.ok ? read.number : tidyNumber(typed)
}

/** How a number is shown: first three and last four. */
export const shownNumber = (value: string): string => maskNumber(value)
