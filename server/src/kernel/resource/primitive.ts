import { isCalendarDay } from './comparable.ts'
import { isWellFormed } from './narrative.ts'

/** How FHIR R4 writes its primitive types (R4 datatypes, section 2.24.0.1); each answers true for a right value. */
type Check = (value: unknown) => boolean

const text =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) && isPlain(value)

const whole =
  (least: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= 2_147_483_647

const dated =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) && isCalendarDay(value)

const year = '[0-9]{4}'
const clock = '([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d{1,9})?'
const zone = '(Z|[+-]((0\\d|1[0-3]):[0-5]\\d|14:00))'
const date = `${year}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?`
const dateTime = `${year}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])(T${clock}${zone})?)?)?`
const instant = `${year}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T${clock}${zone}`

/** R4 forbids control characters in text, tab and line ends excepted. */
const isPlain = (value: string): boolean => {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return false
  }
  return value.isWellFormed()
}

const string: Check = (value) =>
  typeof value === 'string' && value.length > 0 && value.length <= 1_048_576 && isPlain(value)
const uri = text(/^\S+$/)
/** Narrative is shown by others: nothing in it may run. */
const harmful = /<script|<iframe|<object|<embed|javascript:|\son\w+\s*=/i

export const primitives: Readonly<Record<string, Check>> = {
  boolean: (value) => typeof value === 'boolean',
  decimal: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: whole(-2_147_483_648),
  unsignedInt: whole(0),
  positiveInt: whole(1),
  string,
  markdown: string,
  code: text(/^[^\s]+( [^\s]+)*$/),
  id: text(/^[A-Za-z0-9\-.]{1,64}$/),
  uri,
  url: uri,
  canonical: uri,
  oid: text(/^urn:oid:[0-2](\.(0|[1-9]\d*))+$/),
  uuid: text(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  date: dated(new RegExp(`^${date}$`)),
  dateTime: dated(new RegExp(`^${dateTime}$`)),
  instant: dated(new RegExp(`^${instant}$`)),
  time: text(new RegExp(`^${clock}$`)),
  base64Binary: text(/^[A-Za-z0-9+/=\s]*$/),
  xhtml: (value) =>
    typeof value === 'string' && isPlain(value) && isWellFormed(value) && !harmful.test(value),
}

/** What FHIR allows as the id of a resource. */
export const isResourceId = (value: unknown): value is string => primitives.id?.(value) ?? false
