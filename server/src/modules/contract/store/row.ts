import type { EndReason } from '@tongmai/api/contract/flow'
import type { Share } from '@tongmai/api/contract/package'
import type { FrozenPackage, Signature } from '@tongmai/api/contract/shape'
import type { Selectable } from 'kysely'
import type { ContractTables } from '../tables.ts'

type Stored = Selectable<ContractTables['contract.contract']>

/** A signature as it is kept: how, by whom, and the picture's hash; a code is spent and not kept. */
export type KeptSignature = Omit<Signature, 'code'>
/** How a contract ended, and how many services had not been delivered. */
export interface Ending {
  readonly reason: EndReason
  readonly note: string
  readonly unserved: number
}
interface Documents {
  packages: FrozenPackage[]
  fee: Share[]
  signature: KeptSignature | null
  ending: Ending | null
}

/** A contract as the module works with it. */
export type ContractRow = Omit<Stored, keyof Documents> & Documents

/** Its documents hold no moments: JSON is as it was written. */
export const readRow = (row: Stored): ContractRow => row as unknown as ContractRow

/** The documents among some values as JSON text; the rest stays as it is. */
export function writeRow(values: Partial<ContractRow>): Record<string, unknown> {
  const written: Record<string, unknown> = { ...values }
  for (const name of ['packages', 'fee', 'signature', 'ending']) {
    const value = written[name]
    if (value !== null && value !== undefined) written[name] = JSON.stringify(value)
  }
  return written
}
