import {
  between,
  fitting,
  forever,
  numberText,
  plainText,
  type Span,
  spanOfDate,
  timeText,
} from './comparable.ts'
import { patientIdIn } from './concern.ts'
import type { Json } from './owner.ts'

/** What the index keeps of values, by FHIR type: texts that compare as the values do. */

type Node = { readonly [name: string]: Json }

const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: Json): string => (typeof value === 'string' ? value : '')
const list = (value: Json): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

/** `code` and `system` as one value; what says no system ends with the mark between them. */
export const codeText = (code: string, system: string): string => fitting(`${code}${between}${system}`)

const coding = (value: Json): string[] =>
  isNode(value) && typeof value.code === 'string' ? [codeText(value.code, text(value.system))] : []

function token(value: Json, type: string): string[] {
  if (type === 'exists') return [String(value !== false)]
  if (!isNode(value)) return [fitting(String(value))]
  if (type === 'CodeableConcept') return list(value.coding).flatMap(coding)
  if (type === 'Coding') return coding(value)
  return typeof value.value === 'string' ? [codeText(value.value, text(value.system))] : []
}

/** The words that stand beside codes, for `:text`. */
export function wordsOf(value: Json): string[] {
  if (!isNode(value)) return []
  const words = [
    value.text,
    value.display,
    ...list(value.coding).map((one) => (isNode(one) ? one.display : '')),
  ]
  const type = isNode(value.type) ? value.type.text : ''
  return [...words, type]
    .map(text)
    .filter(Boolean)
    .map((one) => fitting(plainText(one)))
}

/** `type` of an identifier with its value, for `:of-type`. */
export function typedOf(value: Json): string[] {
  if (!isNode(value) || !isNode(value.type) || typeof value.value !== 'string') return []
  return list(value.type.coding)
    .flatMap(coding)
    .map((one) => fitting(`${one}${between}${text(value.value)}`))
}

const stringParts: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['text', 'family', 'given', 'prefix', 'suffix'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
}

/** A text without case and accents, and as it was written where that differs. */
export function stringText(value: string): string {
  const plain = plainText(value)
  return plain === value ? fitting(plain) : `${fitting(plain)}${between}${fitting(value)}`
}

function string(value: Json, type: string): string[] {
  if (!isNode(value)) return typeof value === 'string' ? [stringText(value)] : []
  const parts = (stringParts[type] ?? []).flatMap((name) => list(value[name])).map(text)
  const family = text(value.family)
  // A Chinese name is spoken without anything between its parts.
  if (/\p{Script=Han}/u.test(family)) parts.push(family + list(value.given).map(text).join(''))
  return parts.filter(Boolean).map(stringText)
}

const ends = (start: Json, end: Json): Span => ({
  low: spanOfDate(text(start))?.low ?? forever.low,
  high: spanOfDate(text(end))?.high ?? forever.high,
})

function spanOf(value: Json): Span | undefined {
  if (typeof value === 'string') return spanOfDate(value)
  if (!isNode(value)) return undefined
  if (value.start !== undefined || value.end !== undefined) return ends(value.start, value.end)
  const events = list(value.event).flatMap((one) => spanOfDate(text(one)) ?? [])
  const bounds =
    isNode(value.repeat) && isNode(value.repeat.boundsPeriod) ? value.repeat.boundsPeriod : undefined
  if (bounds) return ends(bounds.start, bounds.end)
  if (events.length === 0) return undefined
  return { low: Math.min(...events.map(({ low }) => low)), high: Math.max(...events.map(({ high }) => high)) }
}

const dayMs = 86_400_000

/** Both ends; what lasts longer than a day is kept by its end too, under `~`. */
function date(value: Json): string[] {
  const span = spanOf(value)
  if (!span) return []
  const whole = timeText(span.low) + timeText(span.high)
  return span.high - span.low > dayMs ? [whole, `~${timeText(span.high)}`] : [whole]
}

const spanText = (low: number, high: number): string => numberText(low) + numberText(high)

const numberIn = (value: Json): number | undefined => {
  const said = isNode(value) ? value.value : value
  return typeof said === 'number' ? said : undefined
}

function number(value: Json): string[] {
  if (isNode(value))
    return [
      spanText(
        numberIn(value.low) ?? Number.NEGATIVE_INFINITY,
        numberIn(value.high) ?? Number.POSITIVE_INFINITY,
      ),
    ]
  return typeof value === 'number' ? [spanText(value, value)] : []
}

/** Number, then code, system and unit; a Range is as wide as it says. */
function quantity(value: Json, type: string): string[] {
  if (!isNode(value)) return []
  const unit = (of: Node) =>
    [
      text(of.code) || text(of.currency),
      text(of.system) || (of.currency ? 'urn:iso:std:iso:4217' : ''),
      text(of.unit),
    ].join(between)
  if (type === 'Range') {
    const side = isNode(value.low) ? value.low : isNode(value.high) ? value.high : {}
    return [`${number(value)[0]}${between}${unit(side)}`]
  }
  if (typeof value.value !== 'number') return []
  const { value: said, comparator } = value
  const low = comparator === '<' || comparator === '<=' ? Number.NEGATIVE_INFINITY : said
  const high = comparator === '>' || comparator === '>=' ? Number.POSITIVE_INFINITY : said
  return [`${spanText(low, high)}${between}${unit(value)}`]
}

const local = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]+)?$/

/** `id` and type of a pointer into a FHIR server; any other address as it is. */
export function pointerText(reference: string, isHere: (base: string) => boolean): string {
  const [whole, type, id] = local.exec(reference) ?? []
  const base = whole === undefined ? '' : reference.slice(0, reference.length - whole.length)
  return id && (base === '' || isHere(base)) ? `${id}${between}${type}` : fitting(reference)
}

/** A canonical is found with and without its version. */
export const canonicalTexts = (value: string): string[] =>
  value.includes('|') ? [fitting(value), fitting(value.slice(0, value.indexOf('|')))] : [fitting(value)]

function reference(value: Json, type: string): string[] {
  if (typeof value === 'string') return canonicalTexts(value)
  if (!isNode(value)) return []
  if (type === 'Resource')
    return typeof value.id === 'string' ? [`${value.id}${between}${text(value.resourceType)}`] : []
  const keys = typeof value.reference === 'string' ? [pointerText(value.reference, isHere)] : []
  const { identifier } = value
  if (isNode(identifier) && typeof identifier.value === 'string')
    keys.push(`#${codeText(identifier.value, text(identifier.system))}`)
  return keys
}

let here = ''
/** Says under which address this server is known, so that pointers to it are pointers into the store. */
export const setHere = (base: string): void => {
  here = base
}
/** That address: `https://…/fhir/R4`. */
export const ownBase = (): string => here
export const isHere = (base: string): boolean => base === here || base === `${here}/`

const uri = (value: Json, type: string): string[] =>
  typeof value !== 'string' ? [] : type === 'canonical' ? canonicalTexts(value) : [fitting(value)]

function position(value: Json): string[] {
  if (!isNode(value) || typeof value.latitude !== 'number' || typeof value.longitude !== 'number') return []
  return [`${value.latitude}${between}${value.longitude}`]
}

const readers: Readonly<Record<string, (value: Json, type: string) => string[]>> = {
  token,
  string,
  date,
  number,
  quantity,
  reference,
  uri,
  special: position,
}

/** The values of one kind that an element holds. */
export const valuesOf = (kind: string, value: Json, type: string): string[] =>
  readers[kind]?.(value, type) ?? []

/** A pointer to a Patient, whoever that is. */
export const pointsAtPatient = (value: Json): boolean =>
  isNode(value) && patientIdIn(value.reference) !== undefined
