import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findInstitution } from '../../network/index.ts'
import { advance, brief, ended, take } from './advance.ts'
import { requireArrangement } from './check.ts'

type Moves = Actions<typeof referralMoveApi>

/** The receiver's answer, and what it arranges. */
export const answering: Pick<
  Moves,
  'askSupplement' | 'accept' | 'reject' | 'decline' | 'arrange' | 'confirm' | 'noShow'
> = {
  async askSupplement(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'askSupplement')
    return brief(await advance(ctx, row, 'askSupplement', body))
  },

  async accept(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'accept')
    await requireArrangement(ctx, row, body.arrangement)
    const set = { arrangement: body.arrangement, confirmedAt: ctx.now }
    return brief(await advance(ctx, row, 'accept', { comment: body.comment, set, renews: true }))
  },

  async reject(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'reject')
    const { advice, alternativeInstitutionId, comment, reason } = body
    if (alternativeInstitutionId) await findInstitution(ctx, alternativeInstitutionId)
    const ending = ended(reason, comment, { advice, alternativeInstitutionId })
    const set = { endedAt: ctx.now, ending }
    return brief(await advance(ctx, row, 'reject', { comment: comment || advice, set }))
  },

  async decline(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'decline')
    const set = { endedAt: ctx.now, ending: ended(body.reason, body.comment) }
    return brief(await advance(ctx, row, 'decline', { comment: body.comment, set }))
  },

  async arrange(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'arrange')
    await requireArrangement(ctx, row, body.arrangement)
    // The receiver's own arrangement is also its confirmation of what was entered afterwards.
    const set = { arrangement: body.arrangement, confirmedAt: row.confirmedAt ?? ctx.now }
    return brief(await advance(ctx, row, 'arrange', { comment: body.comment, set, renews: true }))
  },

  async confirm(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'confirm')
    return brief(await advance(ctx, row, 'confirm', { ...body, set: { confirmedAt: ctx.now } }))
  },

  async noShow(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'noShow')
    const at = row.arrangement?.at
    if (at && at > ctx.now)
      refuse('conflict', 'referral.before-arranged-time', { details: { at: at.toISOString() } })
    return brief(await advance(ctx, row, 'noShow', { ...body, set: { noShows: row.noShows + 1 } }))
  },
}
