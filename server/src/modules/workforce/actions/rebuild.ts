import type { Ctx } from '../../../kernel/ctx.ts'
import { lastOf } from '../../../kernel/resource/owner.ts'
import { listAfter } from '../store/practitioner.ts'
import { projectPractitioner } from './project.ts'

/** Projects the practitioners anew, in id order after the given one; answers the last id, or null at the end. */
export async function rebuildPractitioners(
  ctx: Ctx,
  after: string | null,
  limit: number,
): Promise<string | null> {
  const rows = await listAfter(ctx, after, limit)
  for (const row of rows) await projectPractitioner(ctx, row)
  return lastOf(rows, limit)
}
