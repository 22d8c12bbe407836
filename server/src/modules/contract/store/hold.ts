import { inForceStatuses } from '@tongmai/api/contract/flow'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type ContractRow, readRow } from './row.ts'
import { nobody, tables } from './tables-of.ts'

/** Turns the database's own "this person is held already" into the refusal that says so; everything else stays a defect. */
export async function orSecond<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing
  } catch (error) {
    const held = error instanceof Error && 'constraint' in error && error.constraint === 'hold_pkey'
    if (held) refuse('conflict', 'contract.second-contract')
    throw error
  }
}

/** The contracts in force of these registrations, the first signed first, held. Call as the system. */
export async function lockBinding(ctx: Ctx, residentIds: readonly string[]): Promise<ContractRow[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.contract')
    .selectAll()
    .where('residentId', 'in', [...residentIds, nobody])
    .where('status', 'in', [...inForceStatuses])
    .where('upcoming', '=', false)
    .orderBy('signedAt')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(readRow)
}

/** Lays the holds of a person anew: each registration by the contract that was signed first. Call as the system. */
export async function rehold(
  ctx: Ctx,
  residentIds: readonly string[],
  first: ContractRow | undefined,
): Promise<void> {
  await tables(ctx)
    .deleteFrom('contract.hold')
    .where('residentId', 'in', [...residentIds, nobody])
    .execute()
  if (!first) return
  await tables(ctx)
    .insertInto('contract.hold')
    .columns(['residentId', 'contractId', 'holderId'])
    .expression(
      sql`select one, ${first.id}::uuid, ${first.residentId}::uuid from unnest(${[...residentIds]}::uuid[]) one`,
    )
    .execute()
}
