import type { referralBookApi } from '@tongmai/api/referral/book'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { changeHolder, findHolder } from '../store/mark.ts'
import * as store from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { announce } from './announce.ts'
import { requireFree } from './held.ts'

/** How long somebody may leave a case alone before others may take it up; an open form says it anew each minute. */
const HOLD_MS = 3 * 60_000

/** Two people never edit one case: whoever works on it says so, everybody sees it, and it can be taken over. */
export const holding: Pick<Actions<typeof referralBookApi>, 'hold' | 'release'> = {
  async hold(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (!body.takeOver) await requireFree(ctx, row)
    const until = new Date(ctx.now.getTime() + HOLD_MS)
    const held = await changeHolder(ctx, row, until)
    if (row.holderId !== ctx.actor.id || isOver(ctx, row)) await announce(ctx, held, 'hold')
    const who = await findHolder(ctx, held)
    return { ...who, mine: true, until }
  },

  async release(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    if (row.holderId !== ctx.actor.id) return { released: false }
    await announce(ctx, await changeHolder(ctx, row, null), 'hold')
    return { released: true }
  },
}

const isOver = (ctx: Ctx, row: ReferralRow): boolean => row.heldUntil === null || row.heldUntil <= ctx.now
