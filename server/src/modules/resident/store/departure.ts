import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

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
