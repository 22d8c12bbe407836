import type { MatchField } from './compare-person.ts'

/**
 * Record linkage after I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969) 1183–1210.
 *
 * m(level): share of pairs of one and the same person that agree at this level; u(level): the same among pairs of
 * two persons taken at random. The weight of a level is log2(m / u), in bits: how much more likely the two are one.
 * Fields are taken as independent, except those of one group: of these only the strongest agreement counts.
 */
export interface LevelShares {
  readonly m: number
  readonly u: number
}
export type MatchWeights = Readonly<Record<string, Readonly<Record<string, LevelShares>>>>

/** What one field says for (positive) or against (negative) the two being one, in bits. */
export interface FieldWeight {
  readonly field: string
  readonly level: string
  readonly bits: number
}

/** Weights beyond this say no more than "surely": a share learned from few pairs is not trusted further. */
const MOST_BITS = 20

const bitsOf = (shares: LevelShares | undefined): number =>
  shares ? Math.max(-MOST_BITS, Math.min(MOST_BITS, Math.log2(shares.m / shares.u))) : 0

/** The weight of each field of a comparison vector; a missing one says nothing. */
export const weigh = (
  fields: readonly MatchField[],
  weights: MatchWeights,
  levels: readonly string[],
): FieldWeight[] =>
  fields.map((field, i) => {
    const level = levels[i] ?? 'missing'
    return { field: field.name, level, bits: level === 'missing' ? 0 : bitsOf(weights[field.name]?.[level]) }
  })

/** The sum of all weights in bits; of each group the strongest agreement, and every disagreement. */
export function sumOf(fields: readonly MatchField[], weighed: readonly FieldWeight[]): number {
  let sum = 0
  const strongest = new Map<string, number>()
  for (const [i, { bits }] of weighed.entries()) {
    const group = fields[i]?.group
    if (group !== undefined && bits > 0) strongest.set(group, Math.max(bits, strongest.get(group) ?? 0))
    else sum += bits
  }
  for (const bits of strongest.values()) sum += bits
  return sum
}

/**
 * The probability (0…1) that two persons with this sum of weights are one, where one of `among` persons is: a match
 * is the less likely beforehand the more people there are to be confused with.
 */
export function probability(bits: number, among: number): number {
  const odds = 2 ** (bits - Math.log2(Math.max(2, among)))
  return odds / (1 + odds)
}
