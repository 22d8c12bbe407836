import type { Signature } from '@tongmai/api/contract/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { cards, isAdult, wardsOf } from '../../resident/index.ts'

type Card = Awaited<ReturnType<typeof cards>> extends Map<string, infer One> ? One : never

/**
 * Refuses where only people under 18, or who have a guardian by decision, sign, and themselves: a guardian signs for them
 * (民法典 第十九至二十三条). In a household a grown-up member signs for the others too.
 */
export async function requireGuardian(
  ctx: Ctx,
  { relation }: Signature,
  residentIds: readonly string[],
): Promise<void> {
  if (relation !== '0') return
  const today = dayOf(ctx.now)
  const members = [...(await cards(ctx, residentIds)).values()]
  const wards = await wardsOf(ctx, residentIds)
  const isMinor = ({ birthDate }: Card) => birthDate !== null && !isAdult(birthDate, today)
  const others = members.filter((one) => isMinor(one) || wards.has(one.id))
  const [first] = others
  if (!first || others.length < members.length) return
  const code = isMinor(first) ? 'contract.guardian-signs' : 'contract.guardian-signs-for-ward'
  refuse('unprocessable', code, { details: { name: first.nameMasked } })
}
