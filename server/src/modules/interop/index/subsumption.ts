import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findConcepts, findSystem } from './terms.ts'

/** How two codes of a system stand to each other, as `$subsumes` says it; 404 where it has one of them not. */
export async function subsumption(
  ctx: Ctx,
  system: string,
  [a, b]: readonly [string, string],
): Promise<string> {
  const found = await findSystem(ctx, system)
  if (!found) return refuse('missing', 'interop.no-such-code-system', { details: { system } })
  const concepts = await findConcepts(ctx, found.system)
  for (const code of [a, b])
    if (!found.table.byCode.has(code) && !concepts.below(code))
      refuse('missing', 'interop.no-such-code', { details: { system, code } })
  if (a === b) return 'equivalent'
  if (concepts.below(a)?.(b)) return 'subsumes'
  return concepts.below(b)?.(a) ? 'subsumed-by' : 'not-subsumed'
}
