import type { FundSource, ServiceItem, ServicePeriod, Share } from '@tongmai/api/contract/package'

/** How often a period comes in a year; what is asked for when needed has no number and costs nothing beforehand. */
export const timesAYear: Readonly<Record<ServicePeriod, number>> = {
  once: 1,
  year: 1,
  halfYear: 2,
  quarter: 4,
  month: 12,
  asNeeded: 0,
}

export const sumOf = (shares: readonly Share[]): number => shares.reduce((sum, one) => sum + one.fen, 0)
export const personalOf = (shares: readonly Share[]): number =>
  sumOf(shares.filter((one) => one.source === 'personal'))

const order: readonly FundSource[] = ['insurance', 'publicHealth', 'personal', 'commercial']

/** Shares of the same source added up, in a fixed order, without empty ones. */
export function gather(shares: readonly Share[]): Share[] {
  const fen = (source: FundSource) => sumOf(shares.filter((one) => one.source === source))
  return order.map((source) => ({ source, fen: fen(source) })).filter((one) => one.fen > 0)
}

interface Priced {
  readonly fee: readonly Share[]
  readonly items: readonly ServiceItem[]
}

const times = (shares: readonly Share[], n: number): Share[] =>
  shares.map(({ source, fen }) => ({ source, fen: fen * n }))

/** A year's fee of a package by source, in fen: its own and that of every item as often as it comes. */
export const byYear = ({ fee, items }: Priced): Share[] =>
  gather([...fee, ...items.flatMap((item) => times(item.shares, item.times * timesAYear[item.period]))])

/**
 * The fee of packages over a contract of some months, in fen by source: the yearly fee for each month begun of it, items
 * as often as they fall due. A part of a year is rounded down to the fen, never up.
 */
export function feeOf(packages: readonly Priced[], months: number): Share[] {
  const scaled = (one: Share): Share => ({ ...one, fen: Math.floor((one.fen * months) / 12) })
  return gather(
    packages.flatMap(({ fee, items }) => [
      ...fee.map(scaled),
      ...items.flatMap((item) => {
        const year = times(item.shares, item.times * timesAYear[item.period])
        return item.period === 'once' ? year : year.map(scaled)
      }),
    ]),
  )
}
