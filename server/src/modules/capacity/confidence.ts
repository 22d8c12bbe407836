/**
 * How far a figure may be relied on, from 1 (just confirmed) towards 0: it halves with every `halfMinutes` since
 * somebody last said that it is true. Two decimals.
 */
export function confidenceOf(confirmedAt: Date, now: Date, halfMinutes: number): number {
  const minutes = Math.max(0, (now.getTime() - confirmedAt.getTime()) / 60_000)
  return Math.round(2 ** (-minutes / halfMinutes) * 100) / 100
}
