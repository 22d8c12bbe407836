import type { MessageLine, MessageState } from '@tongmai/api/interop/message'
import type { Tone } from '../../ui/state-tag.tsx'
import { messageWords } from './message-words.ts'
import type { interopWords } from './words.ts'

type Say = (key: keyof typeof interopWords.table) => string

export const messageTones: Readonly<Record<MessageState, Tone>> = {
  waiting: 'wait',
  done: 'good',
  failed: 'bad',
  mended: 'good',
  setAside: 'idle',
}

/** The kinds of message that have a name here. */
export const messageKinds: readonly string[] = Object.keys(messageWords).flatMap((key) =>
  key.startsWith('event.') ? [key.slice('event.'.length)] : [],
)

/** What a message is about, `入院 ADT^A01`; its code alone where we do not know it, undefined where it has none. */
export function eventWords(t: Say, kind: string): string | undefined {
  const key = `event.${kind}`
  const known = Object.hasOwn(messageWords, key) ? `${t(key as keyof typeof messageWords)} ` : ''
  return kind ? known + kind : undefined
}

/** Why a message was not done, in words: where in it, and what; what has no words of its own in the server's. */
export function problemWords(t: Say, problem: NonNullable<MessageLine['problem']>): string {
  const key = problem.code.replace(/^interop\./, '')
  const known = Object.hasOwn(messageWords, key) ? t(key as keyof typeof messageWords) : undefined
  // What the other side says goes with our words for it: they say nothing of what is wrong.
  const theirs = /^partner-/.test(key) ? problem.text : ''
  return [problem.place, known ? known + theirs : problem.text].filter(Boolean).join('：')
}
