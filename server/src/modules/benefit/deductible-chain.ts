import type { CareDirection } from '@tongmai/api/benefit/estimate'

/** What is known about one continuous episode before the next stay begins. Amounts in fen, days as numbers. */
export interface Chain {
  /** The deductible of the next institution, were it alone; null where no source gives it. */
  readonly fullFen: number | null
  readonly direction: CareDirection | null
  readonly referred: boolean
  /** How many stays of the episode are recorded. */
  readonly stays: number
  /** Σ of the deductibles paid in the episode; null where one of them is unknown. */
  readonly paidFen: number | null
  /** Days between the last discharge and the next admission; null where unknown. */
  readonly gapDays: number | null
  /** Within how many days two stays are one episode; null where no source says. */
  readonly gapLimitDays: number | null
  /** A rule waives it for this person. */
  readonly waived: boolean
  /** The caller says that this continues an episode. */
  readonly continues: boolean
}

/** The deductible of the next stay in fen (null: unknown), by which rule, and the figures that went in. */
export interface Deductible {
  readonly fen: number | null
  readonly code: `deductible.${string}`
  readonly note: string
  readonly unknown: readonly string[]
}

export const yuan = (fen: number): string => (fen / 100).toFixed(2)

/**
 * The deductible along a continuous episode (国办发〔2015〕70 号: 符合规定的转诊住院患者可连续计算起付线):
 * up `max(0, D − Σ paid)`, down 0, sideways 0; each only with a valid referral and a gap within the limit, which is
 * data. Otherwise the full D. A waiver comes before all of them.
 */
export function deductibleOf(chain: Chain): Deductible {
  const { fullFen, direction, referred, stays, gapDays, gapLimitDays } = chain
  const full = (code: Deductible['code'], note = ''): Deductible =>
    fullFen === null
      ? { fen: null, code: 'deductible.unknown', note: '', unknown: ['deductible'] }
      : { fen: fullFen, code, note, unknown: [] }
  if (chain.waived) return { fen: 0, code: 'deductible.waived', note: '', unknown: [] }
  // A rule that asks for nothing asks for nothing along a chain either.
  if (fullFen === 0) return full('deductible.full')
  if (stays === 0) return chain.continues && referred ? unknownFor('stays') : full('deductible.full-no-stay')
  if (direction === null) return full('deductible.full')
  if (!referred) return full('deductible.not-referred')
  if (gapLimitDays === null) return unknownFor('gap-limit')
  if (gapDays === null) return unknownFor('stays')
  if (gapDays > gapLimitDays) return full('deductible.gap-too-long', `${gapDays} > ${gapLimitDays}`)
  return alongChain(chain, direction)
}

const unknownFor = (missing: string): Deductible => ({
  fen: null,
  code: 'deductible.unknown',
  note: '',
  unknown: [missing],
})

function alongChain({ fullFen, paidFen }: Chain, direction: CareDirection): Deductible {
  if (direction !== 'up') return { fen: 0, code: `deductible.${direction}`, note: '', unknown: [] }
  if (fullFen === null) return unknownFor('deductible')
  if (paidFen === null) return unknownFor('paid')
  const note = `${yuan(fullFen)} − ${yuan(paidFen)}`
  return { fen: Math.max(0, fullFen - paidFen), code: 'deductible.up', note, unknown: [] }
}
