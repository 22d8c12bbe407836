import type { Share } from '@tongmai/api/contract/package'
import type {
  SettlementEntry,
  SettlementInputs,
  SettlementMember,
  SettlementRule,
} from '@tongmai/api/contract/settlement'

/**
 * Shares an amount in fen out by points: each gets the whole fen of its part, what is left goes one by one to the largest
 * remainders, earlier ones first where they are equal. The parts add up to the amount; without any points there are none.
 */
export function splitByPoints(fen: number, points: readonly number[]): number[] {
  const total = points.reduce((sum, one) => sum + one, 0)
  if (total <= 0) return points.map(() => 0)
  // In whole numbers: a remainder is compared exactly.
  const parts = points.map((one) => (BigInt(fen) * BigInt(one)) / BigInt(total))
  const over = points.map((one, at) => ({ at, rest: (BigInt(fen) * BigInt(one)) % BigInt(total) }))
  let left = fen - Number(parts.reduce((sum, one) => sum + one, 0n))
  const shares = parts.map(Number)
  for (const { at } of over.toSorted((a, b) =>
    a.rest === b.rest ? a.at - b.at : a.rest < b.rest ? 1 : -1,
  )) {
    if (left <= 0) break
    shares[at] = (shares[at] ?? 0) + 1
    left -= 1
  }
  return shares
}

type Rates = Pick<SettlementInputs, 'fulfilment' | 'satisfaction' | 'control'>

/** By how many thousandths the fee is scaled: the weighted mean of what is known; 1000 where nothing is. */
export function factorOf(rates: Rates, weights: SettlementRule['weights']): number {
  const names = ['fulfilment', 'satisfaction', 'control'] as const
  const known = names.flatMap((name) => {
    const rate = rates[name]
    return rate && rate.should > 0
      ? [{ weight: weights[name], part: Math.min(1, rate.have / rate.should) }]
      : []
  })
  const weight = known.reduce((sum, one) => sum + one.weight, 0)
  if (weight <= 0) return 1000
  return Math.floor((known.reduce((sum, one) => sum + one.weight * one.part, 0) * 1000) / weight)
}

const entriesOf = ({ source: fund, fen }: Share, factor: number, members: readonly SettlementMember[]) => {
  const points = members.map((one) => one.points)
  const shared = points.some((one) => one > 0) ? Math.floor((fen * factor) / 1000) : 0
  const persons = splitByPoints(shared, points).map(
    (part, at): SettlementEntry => ({
      ...{ account: 'person', fund, fen: part, practitionerId: members[at]?.practitionerId ?? null },
    }),
  )
  const none = { fund, practitionerId: null }
  return [
    { ...none, account: 'source' as const, fen: -fen },
    ...persons.filter((one) => one.fen > 0),
    ...(fen > shared ? [{ ...none, account: 'withheld' as const, fen: fen - shared }] : []),
  ]
}

/** The ledger of one team and year: every source gives its fee, the scaled part goes to people by points, the rest is withheld. */
export function shareFee({ fee, members, rule, ...rates }: SettlementInputs): {
  factorPermille: number
  feeFen: number
  sharedFen: number
  entries: SettlementEntry[]
} {
  const factorPermille = factorOf(rates, rule.weights)
  const entries: SettlementEntry[] = fee
    .filter((one) => one.fen > 0)
    .flatMap((one) => entriesOf(one, factorPermille, members))
  const sum = (account: SettlementEntry['account']) =>
    entries.reduce((total, one) => (one.account === account ? total + one.fen : total), 0)
  return { factorPermille, feeFen: 0 - sum('source'), sharedFen: sum('person'), entries }
}
