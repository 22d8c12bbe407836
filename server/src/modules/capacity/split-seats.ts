import { type PlaceSource, sources } from '@tongmai/api/capacity/flow'
import type { Quota } from '@tongmai/api/capacity/schedule'

/**
 * Whose share each of `total` seats of a session is, in the order of the seats. The shares add up to `total` by the
 * largest remainder; what no source claims is public. Each source's seats lie spread over the session.
 */
export function splitSeats(total: number, quotas: readonly Quota[]): PlaceSource[] {
  const left = countsOf(total, quotas)
  const share = new Map(left)
  return Array.from({ length: total }, (_, i) => {
    const behind = (one: PlaceSource) =>
      ((share.get(one) ?? 0) * (i + 1)) / total - ((share.get(one) ?? 0) - (left.get(one) ?? 0))
    const open = sources.filter((one) => (left.get(one) ?? 0) > 0)
    const next = open.reduce((best, one) => (behind(one) > behind(best) ? one : best), open[0] ?? 'public')
    left.set(next, (left.get(next) ?? 0) - 1)
    return next
  })
}

function countsOf(total: number, quotas: readonly Quota[]): Map<PlaceSource, number> {
  const claimed = quotas.reduce((sum, { percent }) => sum + percent, 0)
  const percentOf = (one: PlaceSource) =>
    one === 'public' ? 100 - claimed : (quotas.find((q) => q.source === one)?.percent ?? 0)
  const exact = sources.map((source) => ({ source, exact: (total * percentOf(source)) / 100 }))
  const counts = new Map(exact.map(({ source, exact }) => [source, Math.floor(exact)]))
  let over = total - [...counts.values()].reduce((sum, one) => sum + one, 0)
  const byRemainder = exact.toSorted((a, b) => (b.exact % 1) - (a.exact % 1))
  for (const { source } of byRemainder) {
    if (over <= 0) break
    counts.set(source, (counts.get(source) ?? 0) + 1)
    over -= 1
  }
  return counts
}
