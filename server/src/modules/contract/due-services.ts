import type { ServiceItem, ServicePeriod } from '@tongmai/api/contract/package'
import { dayAfter } from '../../kernel/day.ts'
import { monthsAfter } from './term.ts'

/** One service that a contract owes: from which day it may be done, and by which it should be. */
export interface DueService {
  readonly item: ServiceItem
  /** 1, 2, 3 … within the item. */
  readonly seq: number
  readonly dueFrom: string
  readonly dueOn: string
}

const length: Readonly<Record<ServicePeriod, number>> = {
  once: 0,
  year: 12,
  halfYear: 6,
  quarter: 3,
  month: 1,
  asNeeded: 0,
}

const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The spans over which an item is counted; one that the term cuts short is as long as what is left. */
function spansOf(period: ServicePeriod, startsOn: string, endsOn: string): (readonly [string, string])[] {
  const months = length[period]
  if (period === 'asNeeded') return []
  if (months === 0) return [[startsOn, endsOn]]
  const spans: (readonly [string, string])[] = []
  for (let n = 0; ; n++) {
    const from = monthsAfter(startsOn, n * months)
    if (from > endsOn) return spans
    const last = dayAfter(monthsAfter(startsOn, (n + 1) * months), -1)
    spans.push([from, last < endsOn ? last : endsOn])
  }
}

/**
 * Everything that items owe between two days (inclusive). The times of a span are spread evenly over it, the last on
 * its last day; each may be done from the day after the one before. What is asked for as needed owes nothing.
 */
export function dueServices(items: readonly ServiceItem[], startsOn: string, endsOn: string): DueService[] {
  return items.flatMap((item) => {
    const spans = spansOf(item.period, startsOn, endsOn)
    const dues = spans.flatMap(([from, to]) => {
      const days = daysFrom(from, to)
      return Array.from({ length: item.times }, (_, n) => ({
        dueFrom: n === 0 ? from : dayAfter(from, Math.floor((days * n) / item.times) + 1),
        dueOn: dayAfter(from, Math.floor((days * (n + 1)) / item.times)),
      }))
    })
    return dues.map((due, n) => ({ item, seq: n + 1, ...due }))
  })
}
