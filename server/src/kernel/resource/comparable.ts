import { createHash } from 'node:crypto'
import { simplified } from './script.ts'

/** Values as texts that PostgreSQL compares, byte by byte, as the values themselves compare. */

/** Between the parts of one value; FHIR allows no such character in a text. */
export const between = '\x1f'
/** Between the parts of a composite. */
export const beside = '\x1d'
/** After everything that begins with the text before it. */
export const beyond = '\u{10ffff}'

/** A span of time or of numbers: both ends belong to it. */
export interface Span {
  readonly low: number
  readonly high: number
}

const epoch = 62_135_596_800_000
const timeWidth = 10
const earliest = -epoch
const latest = 253_402_300_799_999
export const forever: Span = { low: earliest, high: latest }

/** A moment (milliseconds) as ten characters. */
export const timeText = (ms: number): string =>
  (Math.min(Math.max(ms, earliest), latest) + epoch).toString(36).padStart(timeWidth, '0')

const view = new DataView(new ArrayBuffer(8))

/** A number as sixteen characters. */
export function numberText(value: number): string {
  view.setFloat64(0, value + 0)
  const bits = view.getBigUint64(0)
  const sorted = bits >> 63n ? ~bits & 0xffffffffffffffffn : bits | 0x8000000000000000n
  return sorted.toString(16).padStart(16, '0')
}

const dated =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** February has no 30th: neither a pattern nor `Date.parse` says that. */
export function isCalendarDay(value: string): boolean {
  if (value.length < 10) return true
  const day = Number(value.slice(8, 10))
  if (day <= 28) return true
  return new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0)).getUTCDate() >= day
}

/** The span a FHIR date means: `2024` the whole year, in China where it says no zone; undefined where it is none. */
export function spanOfDate(text: string): Span | undefined {
  const [, year, month, day, hour, minute, second, fraction, zone] = dated.exec(text) ?? []
  if (!year || !isCalendarDay(text)) return undefined
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`
  const clock = `${hour ?? '00'}:${minute ?? '00'}:${second === '60' ? '59' : (second ?? '00')}${(fraction ?? '').slice(0, 4)}`
  const low = Date.parse(`${date}T${clock}${zone ?? '+08:00'}`)
  if (Number.isNaN(low)) return undefined
  return { low, high: low + lengthOf(text, { year, month }) - 1 }
}

function lengthOf(text: string, { year, month }: { year: string; month: string | undefined }): number {
  const day = 86_400_000
  if (text.length === 4) return Date.UTC(Number(year) + 1, 0) - Date.UTC(Number(year), 0)
  if (text.length === 7)
    return Date.UTC(Number(year), Number(month)) - Date.UTC(Number(year), Number(month) - 1)
  if (text.length === 10) return day
  if (/T\d{2}:\d{2}(Z|[+-]|$)/.test(text)) return 60_000
  const digits = /\.(\d+)/.exec(text)?.[1]?.length ?? 0
  return digits === 0 ? 1_000 : digits === 1 ? 100 : digits === 2 ? 10 : 1
}

/** What has no parts that could be taken off: ASCII and Chinese characters. */
const composed = /^[\x20-\x7e\u3400-\u9fff]*$/

/** How texts are compared: without case, accents and repeated blanks, Chinese in simplified characters. */
export function plainText(text: string): string {
  const plain = composed.test(text)
    ? simplified(text)
    : simplified(text.normalize('NFKD').replace(/\p{M}/gu, ''))
  return plain.toLowerCase().replace(/\s+/g, ' ').trim()
}

const longest = 200

/** The text itself, or where it is too long for an index its beginning and a digest of all of it. */
export function fitting(text: string): string {
  if (text.length <= longest) return text
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}\x1e${digest}`
}
