import type { Estimate, WorkingLine } from '@tongmai/api/benefit/estimate'
import type { InsuranceRule } from '@tongmai/api/benefit/rule'
import { type Deductible, yuan } from './deductible-chain.ts'

/** The expected bill: all of it, and the part that insurance counts (目录内, after 先行自付). In fen. */
export interface Expected {
  readonly totalFen: number | null
  /** Null where nobody knows what lies outside the catalogue; then all of it is taken to count. */
  readonly coveredFen: number | null
  /** Where the total comes from: `given` by the doctor, `typical` for the diagnosis, or `unknown`. */
  readonly from: 'given' | 'typical' | 'unknown'
  readonly note: string
  readonly unknown: readonly string[]
}

const whole = 10_000

/** `amount × bp / 10 000` in whole fen, rounded down: what insurance pays is never rounded up. */
export const shareOf = (amountFen: number, bp: number): number => Math.floor((amountFen * bp) / whole)

/**
 * What one destination costs, all in fen (domain reference 3.6):
 * `insurance = min(cap − used, ⌊max(0, covered − deductible) × ratio⌋)`, `own = total − insurance`; the cap is a year's,
 * and while nobody has said how much of it is used, all of it is taken to be left and `cap-used` is unknown.
 * Own and insurance add up to the total; what depends on something unknown is null, and `unknown` names it.
 */
export function estimateCost(
  expected: Expected,
  rule: InsuranceRule | null,
  deductible: Deductible,
  capUsedFen: number | null = null,
): Estimate {
  const unknown = new Set([...expected.unknown, ...(rule ? deductible.unknown : [])])
  const working = [...billLines(expected)]
  if (!rule) return partial(expected.totalFen, working, unknown)
  working.push({ code: deductible.code, amountFen: deductible.fen, note: deductible.note })
  if (rule.ratioBp === null) {
    unknown.add('ratio')
    if (rule.ratioMinBp !== null && rule.ratioMaxBp !== null) {
      const note = `${percent(rule.ratioMinBp)}–${percent(rule.ratioMaxBp)}`
      working.push({ code: 'ratio.range', amountFen: null, note })
    }
  }
  const known = {
    ruleId: rule.id,
    deductibleFen: deductible.fen,
    ratio: rule.ratioBp === null ? null : rule.ratioBp / whole,
  }
  const { totalFen } = expected
  if (totalFen === null || deductible.fen === null || rule.ratioBp === null)
    return { ...partial(totalFen, working, unknown), ...known }
  const counts = { ...expected, totalFen, deductibleFen: deductible.fen, ratioBp: rule.ratioBp }
  const leftFen = leftOf(rule.capFen, capUsedFen, working)
  const insuranceFen = insurancePart(counts, leftFen, working)
  const ownFen = totalFen - insuranceFen
  working.push({ code: 'own', amountFen: ownFen, note: `${yuan(totalFen)} − ${yuan(insuranceFen)}` })
  if (rule.capFen !== null && capUsedFen === null) unknown.add('cap-used')
  return { totalFen, insuranceFen, ownFen, ...known, working, unknown: [...unknown] }
}

/** What is left of a year's cap; null where there is none. */
function leftOf(capFen: number | null, usedFen: number | null, working: WorkingLine[]): number | null {
  if (capFen === null || usedFen === null) return capFen
  const leftFen = Math.max(0, capFen - usedFen)
  working.push({ code: 'cap.left', amountFen: leftFen, note: `${yuan(capFen)} − ${yuan(usedFen)}` })
  return leftFen
}

const percent = (bp: number): string => `${bp / 100}%`

function* billLines({ totalFen, coveredFen, from, note }: Expected): Generator<WorkingLine> {
  yield { code: `total.${from}`, amountFen: totalFen, note }
  if (totalFen === null) return
  if (coveredFen === null) yield { code: 'covered.assumed', amountFen: totalFen, note: '' }
  else yield { code: 'covered.typical', amountFen: coveredFen, note: '' }
}

interface Counts {
  readonly totalFen: number
  readonly coveredFen: number | null
  readonly deductibleFen: number
  readonly ratioBp: number
}

function insurancePart(counts: Counts, capFen: number | null, working: WorkingLine[]): number {
  const { totalFen, coveredFen, deductibleFen, ratioBp } = counts
  const baseFen = Math.max(0, Math.min(coveredFen ?? totalFen, totalFen) - deductibleFen)
  const shareFen = shareOf(baseFen, ratioBp)
  working.push({ code: 'insurance', amountFen: shareFen, note: `${yuan(baseFen)} × ${percent(ratioBp)}` })
  if (capFen === null || shareFen <= capFen) return shareFen
  working.push({ code: 'insurance.capped', amountFen: capFen, note: '' })
  return capFen
}

const partial = (
  totalFen: number | null,
  working: readonly WorkingLine[],
  unknown: ReadonlySet<string>,
): Estimate => ({
  ...{ totalFen, insuranceFen: null, ownFen: null, deductibleFen: null, ratio: null, ruleId: null },
  ...{ working: [...working], unknown: [...unknown] },
})
