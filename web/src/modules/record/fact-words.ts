import type { Fact, Label, Measured } from '@tongmai/api/record'
import { language } from '../../kernel/words.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { recordWords } from './words.ts'

/** A label in the language being read: in English the words of the source where there are any. */
export const labelWords = (label: Label): string =>
  language() === 'en' ? (label.original ?? label.text) : label.text

/** Numbers of a blood pressure as everybody writes them, `116/78 mmHg`; other values one after the other. */
export function valueWords(values: readonly Measured[]): string {
  const [first, second] = values
  const isPressure = first?.label.code === '8480-6' && second?.label.code === '8462-4'
  if (isPressure && first?.number !== null && second?.number !== null)
    return `${Math.round(first?.number ?? 0)}/${Math.round(second?.number ?? 0)} ${first?.unit ?? ''}`.trim()
  return values.map(({ text }) => text).join('，')
}

/** The worst flag of a fact, where its source gives any. */
export function flagOf(fact: Fact): Measured['flag'] {
  const order = ['critical', 'abnormal', 'high', 'low', 'normal'] as const
  return order.find((flag) => fact.values.some((value) => value.flag === flag)) ?? null
}

export const flagTone: Record<NonNullable<Measured['flag']>, Tone> = {
  critical: 'bad',
  abnormal: 'wait',
  high: 'wait',
  low: 'wait',
  normal: 'good',
}

/** The word for a state of the source; one without a word is shown as it stands. */
export function stateWords(status: string | null): string | null {
  if (status === null) return null
  const table: Readonly<Record<string, readonly [string, string]>> = recordWords.table
  const pair = table[`state.${status}`]
  return pair ? pair[language() === 'zh' ? 0 : 1] : status
}

const unsure = new Set(['unconfirmed', 'provisional', 'differential', 'preliminary'])

/** Whether what a source says may still turn out otherwise: whoever reads it must see that. */
export const isUnsure = (status: string | null): boolean => status !== null && unsure.has(status)

const instant = /\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})/g

/** A line of what a source says: times as the region's clock shows them, states by their words, the rest as it stands. */
export const lineWords = (line: string, moment: (at: Date) => string): string =>
  line
    .split('；')
    .map((part) => stateWords(part) ?? part)
    .join('；')
    .replace(instant, (at) => moment(new Date(at)))
