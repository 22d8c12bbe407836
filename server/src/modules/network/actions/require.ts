import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { periodProblem } from '../day.ts'

/** Refuses a validity that ends before it starts or lies where only a typing error lies (2099), each by its own code. */
export function requirePeriod(ctx: Ctx, period: { since: string; until: string | null }): void {
  const problem = periodProblem(period, dayOf(ctx.now))
  if (!problem) return
  const path = problem.startsWith('ends') ? 'until' : 'since'
  refuse('unprocessable', `network.${problem}`, { fields: [{ path, problem }] })
}

/** Refuses a form that was filled in over an older version than the one that stands. */
export function requireFresh(thing: { version: number }, version: number): void {
  if (thing.version !== version) {
    refuse('conflict', 'network.stale', { details: { version: thing.version } })
  }
}
