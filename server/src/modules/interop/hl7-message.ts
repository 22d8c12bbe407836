import { type Charset, Unreadable } from './hl7-text.ts'

/** The five characters by which a message is divided (MSH-1 and MSH-2). */
export interface Delimiters {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
}

/** One line of a message; `number` counts the lines of its name from 1. */
export interface Segment {
  readonly name: string
  readonly number: number
  readonly fields: readonly string[]
  readonly delimiters: Delimiters
  readonly charset: Charset
}

/** A message of HL7 v2, understood as far as its lines. */
export interface Message {
  readonly segments: readonly Segment[]
  readonly header: Segment
}

const MOST_SEGMENTS = 5_000

/** Takes a message apart, whatever ends its lines (CR, LF, both); throws Unreadable where it is none. */
export function messageIn(text: string, charset: Charset): Message {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const first = lines[0] ?? ''
  // Who is answered once would believe that all of them were taken.
  if (/^[BF]HS/.test(first) || lines.slice(1).some((line) => line.startsWith('MSH')))
    throw new Unreadable('interop.several-messages')
  if (!first.startsWith('MSH') || first.length < 8) throw new Unreadable('interop.no-header')
  if (lines.length > MOST_SEGMENTS) throw new Unreadable('interop.too-many-segments')
  const delimiters = delimitersIn(first)
  const counts = new Map<string, number>()
  const segments = lines.map((line) => {
    const fields = line.split(delimiters.field)
    const name = fields[0] ?? ''
    if (!/^[A-Z][A-Z0-9]{2}$/.test(name)) throw new Unreadable('interop.bad-segment')
    // MSH-1 is the separator itself.
    if (name === 'MSH') fields.splice(1, 0, delimiters.field)
    const number = (counts.get(name) ?? 0) + 1
    counts.set(name, number)
    return { name, number, fields, delimiters, charset }
  })
  return { segments, header: segments[0] as Segment }
}

function delimitersIn(header: string): Delimiters {
  const field = header[3] ?? ''
  const [between = '', repetition = '', sign = '', subcomponent = ''] = header
    .slice(4)
    .split(field, 1)
    .join('')
  const all = [field, between, repetition, sign, subcomponent].filter(Boolean)
  const isRight = between !== '' && new Set(all).size === all.length && all.every((c) => /[^\w\s]/.test(c))
  if (!isRight) throw new Unreadable('interop.bad-delimiters')
  return { field, component: between, repetition, escape: sign, subcomponent }
}

const parts = (text: string, separator: string): string[] => (separator ? text.split(separator) : [text])

/** The repetitions of a field, each still in its delimiters; none where it is empty or `""`. */
export const repetitions = (segment: Segment | undefined, field: number): string[] =>
  segment
    ? parts(segment.fields[field] ?? '', segment.delimiters.repetition).filter((one) => !isEmpty(one))
    : []

const isEmpty = (text: string): boolean => text === '' || text === '""'

/** One component (from 1) of a repetition, one subcomponent of it, as text; empty where there is none. */
export function component(segment: Segment, repetition: string, number = 1, sub = 1): string {
  const { delimiters } = segment
  const whole = parts(repetition, delimiters.component)[number - 1] ?? ''
  const one = parts(whole, delimiters.subcomponent)[sub - 1] ?? ''
  return isEmpty(one) ? '' : unescaped(one, segment).trim()
}

/** A component of the first repetition of a field: `at(pid, 5, 1)` is PID-5.1. */
export const at = (segment: Segment | undefined, field: number, number = 1, sub = 1): string =>
  segment ? component(segment, repetitions(segment, field)[0] ?? '', number, sub) : ''

/** A whole field as free text. */
export const wholeText = (segment: Segment, field: number): string =>
  repetitions(segment, field)
    .map((one) => unescapedText(segment, one))
    .join('\n')

/** A repetition of a field as free text. */
export const unescapedText = (segment: Segment, repetition: string): string =>
  unescaped(repetition, segment).trim()

export const segmentsOf = (message: Message, name: string): Segment[] =>
  message.segments.filter((segment) => segment.name === name)

export const segmentOf = (message: Message, name: string): Segment | undefined =>
  message.segments.find((segment) => segment.name === name)

/** Escape sequences (HL7 v2 chapter 2.7) as what they stand for; one that nobody knows stays as it is. */
function unescaped(text: string, { delimiters, charset }: Segment): string {
  const { escape: sign } = delimiters
  if (!sign || !text.includes(sign)) return text
  const mark = sign.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return text.replace(
    new RegExp(`${mark}([^${mark}]*)${mark}`, 'g'),
    (whole, said: string) => meant(said, delimiters, charset) ?? whole,
  )
}

function meant(said: string, delimiters: Delimiters, charset: Charset): string | undefined {
  const single: Readonly<Record<string, string>> = {
    ...{ F: delimiters.field, S: delimiters.component, T: delimiters.subcomponent },
    ...{ R: delimiters.repetition, E: delimiters.escape, H: '', N: '', P: '' },
  }
  if (Object.hasOwn(single, said)) return single[said]
  if (/^\.(br|sp\+?\d*|ce|sk\+?\d*)$/.test(said)) return said.startsWith('.sk') ? ' ' : '\n'
  if (/^\.(fi|nf|in[+-]?\d*|ti[+-]?\d*)$/.test(said)) return ''
  const hex = /^X((?:[0-9A-Fa-f]{2})+)$/.exec(said)?.[1]
  if (!hex) return undefined
  const label = charset === 'latin1' ? 'iso-8859-1' : charset
  return new TextDecoder(label).decode(Buffer.from(hex, 'hex')).replaceAll('\u0000', '')
}

/** What a message is: `ADT^A01`, and by whom and under which number it was sent. */
export interface Heading {
  readonly kind: string
  readonly application: string
  readonly facility: string
  readonly controlId: string
}

export const headingOf = ({ header }: Message): Heading => ({
  kind: [at(header, 9, 1), at(header, 9, 2)].filter(Boolean).join('^'),
  application: at(header, 3),
  facility: at(header, 4),
  controlId: at(header, 10),
})

/** A text with the delimiters of our own messages escaped. */
export const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\E\\')
    .replaceAll('|', '\\F\\')
    .replaceAll('^', '\\S\\')
    .replaceAll('&', '\\T\\')
    .replaceAll('~', '\\R\\')
    .replace(/\r\n|\r|\n/g, '\\.br\\')
