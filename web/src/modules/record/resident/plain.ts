import type { Fact, Measured, Trend } from '@tongmai/api/record'

/** A measured value in plain words: how it compares with the time before. */
export type Change = 'higher' | 'lower' | 'same' | null

/** How the latest value of a trend stands to the one before; null where there is only one, or several series. */
export function changeOf({ series }: Trend): Change {
  const [only, ...more] = series
  if (!only || more.length > 0) return null
  const last = only.points.at(-1)?.value
  const before = only.points.at(-2)?.value
  if (last === undefined || before === undefined) return null
  const least = Math.abs(before) * 0.01
  if (Math.abs(last - before) <= least) return 'same'
  return last > before ? 'higher' : 'lower'
}

/** Whether a diagnosis is not certain yet, or a result not final. */
export function doubtOf({ status }: Fact): 'suspected' | 'not-final' | null {
  if (status === 'preliminary') return 'not-final'
  return ['unconfirmed', 'provisional', 'differential'].includes(status ?? '') ? 'suspected' : null
}

/** The flag that matters most, where the laboratory gives one. */
export const flagOf = (fact: Fact): Measured['flag'] =>
  (['critical', 'abnormal', 'high', 'low', 'normal'] as const).find((flag) =>
    fact.values.some((value) => value.flag === flag),
  ) ?? null

/** What was measured, as it is said: `116/78 mmHg`. */
export function valueText(values: readonly Measured[]): string {
  const [first, second] = values
  if (first?.label.code === '8480-6' && second?.number != null && first.number !== null)
    return `${Math.round(first.number)}/${Math.round(second.number)} ${first.unit ?? ''}`.trim()
  return values.map(({ text }) => text).join('，')
}
