import type { referralBookApi } from '@tongmai/api/referral/book'
import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { isSender } from '../policy.ts'
import { changeRead } from '../store/mark.ts'
import * as store from '../store/referral.ts'
import { advance, brief, ended, take } from './advance.ts'
import { announce } from './announce.ts'

type Settling = Pick<Actions<typeof referralMoveApi & typeof referralBookApi>, 'settle' | 'readOutcome'>

/** What the referring side does with an answer: about a refusal, and with the outcome. */
export const settling: Settling = {
  async settle(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'settle', body)
    const ending = { ...(row.ending ?? ended('other', '')), settled: body.reason }
    const set = { settledAt: ctx.now, ending }
    return brief(await advance(ctx, row, 'settle', { comment: body.comment, why: body.reason, set }))
  },

  async readOutcome(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    allow(isSender(ctx.actor, row), 'referral.senders-part')
    if (!row.outcome) refuse('conflict', 'referral.no-outcome')
    if (row.outcomeReadAt) return brief(row)
    const read = await changeRead(ctx, row)
    await announce(ctx, read, 'readOutcome')
    return brief(read)
  },
}
