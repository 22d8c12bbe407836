import { readChineseId } from '@tongmai/api/resident/chinese-id'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { bareNumber } from '../identifier.ts'
import { findOpen, type Whole } from '../store/person.ts'
import { findByNumber } from '../store/registry.ts'
import { numberBlind, phoneBlind } from './written.ts'

/** Which resident fits a claim: number and name must both fit, and the telephone where one is known. */
export async function residentClaimedBy(
  ctx: Ctx,
  claim: { name: string; documentNumber: string; phone: string },
): Promise<{ residentId: string } | null> {
  const row = await asSystem(ctx, (all) => personNamed(all, claim))
  const fits = row && (row.phoneBlind === null || row.phoneBlind === phoneBlind(claim.phone))
  return fits ? { residentId: row.residentId } : null
}

/** Whom a name and a number mean together; null where they do not fit one another. As the system. */
export async function personNamed(
  ctx: Ctx,
  claim: { name: string; documentNumber: string },
): Promise<Whole | null> {
  const today = dayOf(ctx.now)
  if (claim.documentNumber.length >= 15 && !readChineseId(claim.documentNumber, today).ok) return null
  for (const id of await findByNumber(ctx, numberBlind(bareNumber(claim.documentNumber, today)))) {
    const row = await findOpen(ctx, id)
    if (row && row.name === claim.name.trim() && !row.unknown) return row
  }
  return null
}
