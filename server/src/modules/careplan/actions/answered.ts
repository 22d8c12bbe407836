import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { selfAnswerOf } from '../policy.ts'
import { listSelfAnswers } from '../store/self-answer.ts'

/** Somebody has seen to what could not wait before these follow-ups, or it is no longer theirs to see to. */
export async function closeAnswers(ctx: Ctx, followUps: readonly { id: string; residentId: string }[]) {
  if (followUps.length === 0) return
  const answered = await asSystem(ctx, (all) => listSelfAnswers(all, followUps))
  for (const { id } of answered.filter((one) => one.urgent)) await closeCase(ctx, selfAnswerOf(id))
}
