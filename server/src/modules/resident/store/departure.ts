import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

/** Keeps that somebody died or moved; false where their death is on record already. */
export async function add(
  ctx: Ctx,
  of: { residentId: string; kind: 'died' | 'moved'; on: string; note: string | null },
): Promise<boolean> {
  const { residentId, kind, on, note } = of
  const added = await tables(ctx)
    .insertInto('resident.departure')
    .values({
      ...{ residentId, id: ctx.id(), kind, happenedOn: on, note, recordedAt: ctx.now },
      ...{ institutionId: ctx.actor.institutionId, recordedBy: ctx.actor.id },
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Which of these residents are on record as dead. */
export async function listDied(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tables(ctx)
    .selectFrom('resident.departure')
    .select('residentId')
    .where('residentId', 'in', [...ids, nobody])
    .where('kind', '=', 'died')
    .execute()
  return new Set(rows.map((row) => row.residentId))
}
