import type { Ctx } from '../../../kernel/ctx.ts'
import { CHINESE_ID } from '../identifier.ts'
import { findOpen } from '../store/person.ts'
import { ownersByBlind } from '../store/registry.ts'
import { identifierBlind } from './written.ts'

/** The telephone of a resident whom the actor may open, sealed for a job, and as it may be shown; null where none is known. */
export async function phoneOf(
  ctx: Ctx,
  residentId: string,
): Promise<{ sealed: string; masked: string } | null> {
  const row = await findOpen(ctx, residentId)
  return row?.phoneSealed ? { sealed: row.phoneSealed, masked: row.phoneMasked ?? '' } : null
}

/** The residents behind these Chinese identity numbers of 18 digits; who is not in the answer is not in the index. */
export async function findResidents(ctx: Ctx, numbers: readonly string[]): Promise<Map<string, string>> {
  const blinds = new Map(numbers.map((value) => [identifierBlind({ system: CHINESE_ID, value }), value]))
  const found = await ownersByBlind(ctx, [...blinds.keys()])
  return new Map(
    found.flatMap(({ blind, residentId }) => {
      const number = blinds.get(blind)
      return number === undefined ? [] : [[number, residentId] as const]
    }),
  )
}
