import type { Problem } from './hl7-answer.ts'
import { at, type Message, messageIn, segmentOf, wholeText } from './hl7-message.ts'
import { type Charset, decoded, Unreadable } from './hl7-text.ts'

/** What an answer says of the message it answers: taken, not taken and why, or nothing that counts. */
export type Verdict =
  | { readonly kind: 'taken'; readonly message: Message }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'nothing'; readonly problem: string }

const nothing = (problem: string): Verdict => ({ kind: 'nothing', problem })

function messageOf(bytes: Buffer, agreed: Charset): Message | undefined {
  try {
    const { text, charset } = decoded(bytes, agreed)
    return messageIn(text, charset)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** ERR-2 as we write places: `PID-5`. */
function placeIn(message: Message): string {
  const err = segmentOf(message, 'ERR')
  const [segment, field] = [at(err, 2, 1), at(err, 2, 3)]
  return segment && field ? `${segment}-${field}` : segment
}

/** The other side's own words, from where it may say them: ERR-8, ERR-7, ERR-3, MSA-3, ERR-1. */
function wordsIn(message: Message): string {
  const [err, msa] = [segmentOf(message, 'ERR'), segmentOf(message, 'MSA')]
  const said = err ? [wholeText(err, 8), wholeText(err, 7), at(err, 3, 2) || at(err, 3)] : []
  return [...said, at(msa, 3), at(err, 1)].find(Boolean)?.slice(0, 500) ?? ''
}

/** Reads the answer to a message of ours; only one that names its number counts. */
export function verdictOn(bytes: Buffer, sent: { controlId: string; charset: Charset }): Verdict {
  const message = messageOf(bytes, sent.charset)
  const msa = message && segmentOf(message, 'MSA')
  if (!message || !msa) return nothing('interop.unreadable-answer')
  if (at(msa, 2) !== sent.controlId) return nothing('interop.answer-of-another')
  const code = at(msa, 1)
  if (code === 'AA' || code === 'CA') return { kind: 'taken', message }
  if (!/^[AC][ER]$/.test(code)) return nothing('interop.unreadable-answer')
  const isError = code.endsWith('E')
  return {
    kind: 'refused',
    problem: {
      code: isError ? 'interop.partner-error' : 'interop.partner-refuses',
      place: placeIn(message),
      text: wordsIn(message),
    },
  }
}
