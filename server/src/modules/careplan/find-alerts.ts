import type { Reading } from './check-reading.ts'

/** When readings raise an alert; `part` 2 is the second number (diastolic). */
export interface AlertRule {
  readonly code: string
  readonly kind: string
  readonly way: 'threshold' | 'duration' | 'baseline' | 'trend' | 'silence'
  readonly part: number
  readonly level: 'warn' | 'critical'
  readonly least: number | null
  readonly most: number | null
  readonly spanHours: number
  readonly amount: number | null
  readonly minutes: number
  readonly name: string
  readonly source: string
}

/** The mean of one day of one kind. */
export interface DayMean {
  readonly kind: string
  readonly day: string
  readonly mean: number
  readonly mean2: number | null
  readonly least: number
  readonly most: number
  readonly least2: number | null
  readonly most2: number | null
  readonly n: number
}

export interface Found {
  readonly rule: AlertRule
  readonly reading: Reading
}

const DAYS_LEAST = 3

const numberOf = (reading: Reading, rule: AlertRule): number =>
  rule.part === 2 ? (reading.value2 ?? Number.NaN) : reading.value
const meanOf = (day: DayMean, rule: AlertRule): number =>
  rule.part === 2 ? (day.mean2 ?? Number.NaN) : day.mean

const beyond = (value: number, { least, most }: AlertRule): boolean =>
  (least !== null && value < least) || (most !== null && value > most)

/** How far a number lies beyond the limits of a rule; 0 or less where it does not. */
const excess = (value: number, { least, most }: AlertRule): number =>
  Math.max(
    least === null ? Number.NEGATIVE_INFINITY : least - value,
    most === null ? Number.NEGATIVE_INFINITY : value - most,
  )

/** The number of a day that comes nearest to the limit a rule sets. */
const mildest = (day: DayMean, { part, most }: AlertRule): number =>
  (part === 2 ? (most !== null ? day.least2 : day.most2) : most !== null ? day.least : day.most) ?? Number.NaN

const dayBefore = (day: string, hours: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - hours * 3_600_000).toISOString().slice(0, 10)

/** Every day of the span that has readings lies beyond, on at least three days that reach back over the span. */
function lasts(rule: AlertRule, days: readonly DayMean[], today: string): boolean {
  const from = dayBefore(today, rule.spanHours)
  const there = days.filter((one) => one.day > from && one.day <= today)
  const all = there.every((one) => beyond(mildest(one, rule), rule))
  return all && there.length >= DAYS_LEAST && (there[0]?.day ?? today) <= dayBefore(from, -48)
}

/** So many per cent away from the person's own mean of the days before. */
function strays(rule: AlertRule, days: readonly DayMean[], of: { today: string; value: number }): boolean {
  const from = dayBefore(of.today, rule.spanHours)
  const before = days.filter((one) => one.day >= from && one.day < of.today)
  if (before.length < DAYS_LEAST || rule.amount === null) return false
  const own = before.reduce((sum, one) => sum + meanOf(one, rule), 0) / before.length
  return Math.abs(of.value - own) > (own * rule.amount) / 100
}

/** Risen (or, with a negative amount, fallen) by so much since the first day of the span. */
function rises(rule: AlertRule, days: readonly DayMean[], of: { today: string; value: number }): boolean {
  const from = dayBefore(of.today, rule.spanHours)
  const first = days.find((one) => one.day >= from && one.day < of.today)
  if (!first || rule.amount === null) return false
  const change = of.value - meanOf(first, rule)
  return rule.amount >= 0 ? change >= rule.amount : change <= rule.amount
}

/**
 * What the rules find in readings that have just come, given the daily means of the weeks before (oldest first, the
 * days of these readings among them). The last reading of a kind stands for it where the rule looks at history.
 */
export function findAlerts(
  rules: readonly AlertRule[],
  readings: readonly Reading[],
  by: { readonly days: readonly DayMean[]; readonly dayOf: (at: Date) => string },
): Found[] {
  const found: Found[] = []
  for (const rule of rules) {
    const own = readings.filter((one) => one.kind === rule.kind)
    const last = own.reduce<Reading | undefined>(
      (one, next) => (!one || next.at > one.at ? next : one),
      undefined,
    )
    if (!last) continue
    if (rule.way === 'threshold') {
      const by = (one: Reading) => excess(numberOf(one, rule), rule)
      const worst = own.filter((one) => by(one) > 0).toSorted((one, other) => by(other) - by(one))[0]
      if (worst) found.push({ rule, reading: worst })
      continue
    }
    const days = by.days.filter((one) => one.kind === rule.kind)
    const of = { today: by.dayOf(last.at), value: numberOf(last, rule) }
    const fires =
      (rule.way === 'duration' && lasts(rule, days, of.today)) ||
      (rule.way === 'baseline' && strays(rule, days, of)) ||
      (rule.way === 'trend' && rises(rule, days, of))
    if (fires) found.push({ rule, reading: last })
  }
  return found
}
