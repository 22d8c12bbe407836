import type { ReferralAct } from '@tongmai/api/referral/shape'
import type { Act } from '@tongmai/api/workforce/practitioner'
import type { Ctx } from '../../../kernel/ctx.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { requireLicensed } from '../../workforce/index.ts'

/** The moves that only a licensed person makes, and the act their licence must cover. */
const actFor: Readonly<Record<string, Act>> = {
  writeDown: 'refer',
  startCare: 'treat',
  admit: 'treat',
  treat: 'treat',
  planDown: 'treat',
  takeOver: 'takeOver',
  followUp: 'followUp',
}

/** The same moves; those for which this viewer lacks the licence are closed, with what is missing since when. */
export async function closeUnlicensed(
  ctx: Ctx,
  institutionId: string,
  moves: readonly ReferralAct[],
): Promise<ReferralAct[]> {
  const acts = new Set(moves.flatMap(({ move, open }) => (open && actFor[move] ? [actFor[move]] : [])))
  const missing = new Map<Act, Refusal>()
  for (const act of acts) {
    await requireLicensed(ctx, ctx.actor.practitionerId, act, institutionId).catch((refused: unknown) => {
      if (!(refused instanceof Refusal)) throw refused
      missing.set(act, refused)
    })
  }
  return moves.map((one) => {
    const act = actFor[one.move]
    const refused = one.open && act ? missing.get(act) : undefined
    return refused ? { ...one, open: false, why: refused.code, details: { ...refused.extra.details } } : one
  })
}
