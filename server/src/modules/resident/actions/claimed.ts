import { readChineseId } from '@tongmai/api/resident/chinese-id'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { bareNumber } from '../identifier.ts'
import { findOpen } from '../store/person.ts'
import { findByNumber } from '../store/registry.ts'
import { numberBlind, phoneBlind } from './written.ts'

/** Which resident fits a claim: number and name must both fit, and the telephone where one is known. */
export async function residentClaimedBy(
  ctx: Ctx,
  claim: { name: string; documentNumber: string; phone: string },
): Promise<{ residentId: string } | null> {
  const today = dayOf(ctx.now)
  if (claim.documentNumber.length >= 15 && !readChineseId(claim.documentNumber, today).ok) return null
  return asSystem(ctx, async (all) => {
    const ids = await findByNumber(all, numberBlind(bareNumber(claim.documentNumber, today)))
    for (const id of ids) {
      const row = await findOpen(all, id)
      const fits = row?.name === claim.name.trim() && !row.unknown
      if (row && fits && (row.phoneBlind === null || row.phoneBlind === phoneBlind(claim.phone)))
        return { residentId: id }
    }
    return null
  })
}
