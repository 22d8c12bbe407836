import { type AddressForm, addressLevels, compareAddresses, readAddress } from './compare-address.ts'
import { compareDays, type DateForm, dateLevels, readDay } from './compare-date.ts'
import { compareNames, nameLevels } from './compare-name.ts'
import {
  codeLevels,
  compareCodes,
  compareNumbers,
  compareTexts,
  numberLevels,
  readText,
  textLevels,
} from './compare-text.ts'
import { type NameForm, readName } from './name-sound.ts'

/** What kind of thing a field holds decides how two of it are compared; the matcher knows nothing else of a field. */
export type FieldKind = 'name' | 'date' | 'address' | 'text' | 'number' | 'code'

export interface MatchField {
  readonly name: string
  readonly kind: FieldKind
  /** For texts: the field with which this one is sometimes changed over (family and given name). */
  readonly crossed?: string
  /** Fields that agree together in people who are not one (a household's address and telephone) share a group. */
  readonly group?: string
}

/** What is compared of a person, by field; null is not known. */
export type Described = Readonly<Record<string, string | null>>

/** The levels of each kind, from all agreement to none; beside them every field may be `missing`. */
export const levelsOf: Readonly<Record<FieldKind, readonly string[]>> = {
  name: nameLevels,
  date: dateLevels,
  address: addressLevels,
  text: textLevels,
  number: numberLevels,
  code: codeLevels,
}

type Form = NameForm | DateForm | AddressForm | string | null

/** A person made ready to be compared with many. */
export type Prepared = readonly Form[]

const readers: Readonly<Record<FieldKind, (text: string | null) => Form>> = {
  name: readName,
  date: readDay,
  address: readAddress,
  text: readText,
  number: (text) => readText(text)?.replace(/\s/g, '') ?? null,
  code: readText,
}

/** Made once per person; comparing is then quick. */
export const prepare = (fields: readonly MatchField[], person: Described): Prepared =>
  fields.map((field) => readers[field.kind](person[field.name] ?? null))

const comparers: Readonly<Record<FieldKind, (a: never, b: never) => string>> = {
  name: compareNames,
  date: compareDays,
  address: compareAddresses,
  text: compareTexts,
  number: compareNumbers,
  code: compareCodes,
}

/** The comparison vector of two persons: one level per field, `missing` where one of the two says nothing. */
export function compare(fields: readonly MatchField[], a: Prepared, b: Prepared): string[] {
  return fields.map((field, i) => {
    const [left, right] = [a[i], b[i]]
    if (!left || !right) return 'missing'
    const level = comparers[field.kind](left as never, right as never)
    const isCrossed = field.crossed !== undefined && level !== 'same' && crosses(fields, field, { i, a, b })
    return isCrossed ? 'crossed' : level
  })
}

function crosses(
  fields: readonly MatchField[],
  field: MatchField,
  { i, a, b }: { i: number; a: Prepared; b: Prepared },
): boolean {
  const j = fields.findIndex((other) => other.name === field.crossed)
  return j >= 0 && a[i] === b[j] && a[j] === b[i]
}
