import type { contractBookApi } from '@tongmai/api/contract/book'
import type { EndReason } from '@tongmai/api/contract/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import type { PersonMove } from '../policy.ts'
import { brief, end, take } from './advance.ts'

/** A person ends a contract or an application. */
export async function endBy(
  ctx: Ctx,
  of: { id: string; move: PersonMove; reason: EndReason; comment: string },
) {
  const row = await take(ctx, of.id, of.move)
  const said = { reason: of.reason, comment: of.comment, on: dayOf(ctx.now) }
  // As the system: the resident moves a row that only the community may write, and the hospitals' access ends with it.
  return brief(await asSystem(ctx, (all) => end(all, row, of.move, { ...said, by: ctx.actor })))
}

/** The ends that the community brings about. */
export const ending: Pick<Actions<typeof contractBookApi>, 'decline' | 'rescind' | 'terminate'> = {
  decline: (ctx, { params, body }) => endBy(ctx, { id: params.id, move: 'decline', ...body }),
  rescind: (ctx, { params, body }) => endBy(ctx, { id: params.id, move: 'rescind', ...body }),
  terminate: (ctx, { params, body }) => endBy(ctx, { id: params.id, move: 'terminate', ...body }),
}
