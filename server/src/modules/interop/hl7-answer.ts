import { at, escaped, type Message } from './hl7-message.ts'
import { type Charset, charsetName } from './hl7-text.ts'

/** Taken; not done, with the reason; not understood or not for us. */
export type Acknowledgement = 'AA' | 'AE' | 'AR'

/** Why a message was not done: our own code, where in the message, and HL7's code of it (table 0357). */
export interface Problem {
  readonly code: string
  /** `PID-5`; empty where the whole message is meant. */
  readonly place: string
  readonly text: string
}

/** HL7 table 0357 for what we refuse; what has no place of its own there is 207, an error of the application. */
const hl7Codes: Readonly<Record<string, readonly [string, string]>> = {
  'interop.segment-missing': ['100', 'Segment sequence error'],
  'interop.field-missing': ['101', 'Required field missing'],
  'interop.bad-value': ['102', 'Data type error'],
  'interop.message-not-supported': ['200', 'Unsupported message type'],
  'interop.version-not-supported': ['203', 'Unsupported version id'],
  'interop.unknown-patient': ['204', 'Unknown key identifier'],
  'interop.unknown-referral': ['204', 'Unknown key identifier'],
  'interop.control-id-used': ['205', 'Duplicate key identifier'],
  'interop.locked': ['206', 'Application record locked'],
}
const otherwise = ['207', 'Application internal error'] as const

/** A moment as HL7 writes it, in China's time. */
export const stampOf = (moment: Date): string => {
  const there = new Date(moment.getTime() + 8 * 3_600_000).toISOString()
  return `${there.slice(0, 19).replace(/[-:T]/g, '')}+0800`
}

/** Fields joined into a segment; trailing empty ones fall away. */
export const line = (...fields: readonly string[]): string => fields.join('|').replace(/\|+$/, '')

export interface Heard {
  readonly acknowledgement: Acknowledgement
  readonly problem: Problem | null
  /** Segments that follow MSA and ERR; a response that is more than an acknowledgement says its type besides. */
  readonly more?: { readonly type: string; readonly lines: readonly string[] } | undefined
}

/** The answer to a message, addressed back to its sender; `message` is null where not even its header was read. */
export function answerText(
  message: Message | null,
  heard: Heard,
  own: { now: Date; id: string; charset: Charset },
): string {
  const header = message?.header
  const echo = (field: number): string => header?.fields[field]?.slice(0, 200) ?? ''
  const isStandard = !header || header.fields[2] === '^~\\&'
  const back = (field: number): string => (isStandard ? echo(field) : escaped(at(header, field)))
  const { acknowledgement, problem, more } = heard
  const trigger = at(header, 9, 2)
  const type = more?.type ?? (trigger ? `ACK^${escaped(trigger)}^ACK` : 'ACK')
  const place = problem?.place ? escaped(problem.place).replaceAll('-', '^1^') : ''
  const [code, name] = (problem && hl7Codes[problem.code]) ?? otherwise
  return [
    line(
      ...['MSH', '^~\\&', back(5), back(6), back(3), back(4), stampOf(own.now), '', type, own.id],
      ...[echo(11) || 'P', echo(12) || '2.5.1', '', '', '', '', '', charsetName[own.charset]],
    ),
    line('MSA', acknowledgement, echo(10)),
    ...(problem
      ? [
          line(
            ...['ERR', '', place, `${code}^${name}^HL70357`, 'E', `${problem.code}^^99TONGMAI`, '', ''],
            escaped(problem.text),
          ),
        ]
      : []),
    ...(more?.lines ?? []),
    '',
  ].join('\r')
}
