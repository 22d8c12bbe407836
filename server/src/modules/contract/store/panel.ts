import { inForceStatuses } from '@tongmai/api/contract/flow'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ruleOf } from './rule.ts'
import { nobody, tables } from './tables-of.ts'

export interface Panel {
  readonly held: number
  readonly limit: number
}

const counted = (ctx: Ctx, doctorIds: readonly string[]) =>
  tables(ctx)
    .selectFrom('contract.contract')
    .select((eb) => ['doctorId', eb.fn.countAll<string>().as('held')])
    .where('doctorId', 'in', [...doctorIds, nobody])
    .where('status', 'in', [...inForceStatuses])
    .where('upcoming', '=', false)
    .groupBy('doctorId')
    .execute()

/** Holds the panels of these doctors until the transaction ends, and counts them. Call as the system. */
export async function lockPanels(
  ctx: Ctx,
  institutionId: string,
  doctorIds: readonly string[],
): Promise<Map<string, Panel>> {
  const ids = [...new Set(doctorIds)].sort()
  await tables(ctx)
    .insertInto('contract.panel')
    .values(ids.map((doctorId) => ({ institutionId, doctorId, ownLimit: null })))
    .onConflict((c) => c.doNothing())
    .execute()
  await tables(ctx)
    .selectFrom('contract.panel')
    .select('doctorId')
    .where('institutionId', '=', institutionId)
    .where('doctorId', 'in', ids)
    .orderBy('doctorId')
    .forUpdate()
    .execute()
  return panelsOf(ctx, ids)
}

/** How many residents these doctors hold, and how many they may. */
export async function panelsOf(ctx: Ctx, doctorIds: readonly string[]): Promise<Map<string, Panel>> {
  const byRule = await ruleOf(ctx, 'panelLimit')
  const held = new Map((await counted(ctx, doctorIds)).map((row) => [row.doctorId, Number(row.held)]))
  const own = await tables(ctx)
    .selectFrom('contract.panel')
    .select(['doctorId', 'ownLimit'])
    .where('doctorId', 'in', [...doctorIds, nobody])
    .execute()
  const limits = new Map(own.map((row) => [row.doctorId, row.ownLimit]))
  return new Map(
    doctorIds.map((id) => [id, { held: held.get(id) ?? 0, limit: limits.get(id) ?? byRule }] as const),
  )
}

/** Gives one doctor a limit of their own; null for the rule's. */
export const setLimit = (
  ctx: Ctx,
  of: { institutionId: string; doctorId: string; ownLimit: number | null },
) =>
  tables(ctx)
    .insertInto('contract.panel')
    .values(of)
    .onConflict((c) => c.columns(['institutionId', 'doctorId']).doUpdateSet({ ownLimit: of.ownLimit }))
    .execute()
