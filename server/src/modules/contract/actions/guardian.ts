import type { Signature } from '@tongmai/api/contract/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { cards, isAdult } from '../../resident/index.ts'

/**
 * Refuses where only people under 18 sign, and themselves: a guardian signs for them (民法典 第十九、二十、二十三条). In a
 * household a grown-up member signs for the children too.
 */
export async function requireGuardian(
  ctx: Ctx,
  { relation }: Signature,
  residentIds: readonly string[],
): Promise<void> {
  if (relation !== '0') return
  const today = dayOf(ctx.now)
  const members = [...(await cards(ctx, residentIds)).values()]
  const minors = members.filter(({ birthDate }) => birthDate !== null && !isAdult(birthDate, today))
  if (minors.length > 0 && minors.length === members.length) {
    refuse('unprocessable', 'contract.guardian-signs', { details: { name: minors[0]?.nameMasked ?? '' } })
  }
}
