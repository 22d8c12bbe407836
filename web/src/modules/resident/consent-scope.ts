import type { SensitiveCategory } from '@tongmai/api/resident/consent'
import type { Depth } from '@tongmai/api/resident/person'
import { momentAt, showDay } from '../../kernel/dates.ts'
import type { Values } from '../../kernel/words.ts'

type ScopeWord =
  | `consent.${'period-until' | 'period-open' | 'scope-also' | 'scope-without'}`
  | `consent.scope-${Depth}`
  | `category.${SensitiveCategory}`
type Say = (key: ScopeWord, values?: Values) => string

/** Until when a consent holds: a span from today, a day that is named, or until it is taken back. */
export const periods = ['quarter', 'year', 'day', 'open'] as const
export type Period = (typeof periods)[number]

const DAY_MS = 86_400_000
const days: Readonly<Partial<Record<Period, number>>> = { quarter: 92, year: 365 }

/** The last moment of the last day; null for no end, undefined while the day is not named. */
export function endOf(period: Period, lastDay: string | null, now: Date): Date | null | undefined {
  if (period === 'open') return null
  const span = days[period]
  const last = span === undefined ? lastDay : showDay(new Date(now.getTime() + span * DAY_MS))
  return last === null ? undefined : new Date(momentAt(last).getTime() + DAY_MS - 1000)
}

export const periodText = (t: Say, until: Date | null): string =>
  until ? t('consent.period-until', { day: showDay(until) }) : t('consent.period-open')

/** What may be seen, in a sentence. */
export function scopeText(t: Say, depth: Depth, categories: readonly SensitiveCategory[]): string {
  const what = categories.map((one) => t(`category.${one}`)).join('、')
  return t(`consent.scope-${depth}`) + (what ? t('consent.scope-also', { what }) : t('consent.scope-without'))
}
