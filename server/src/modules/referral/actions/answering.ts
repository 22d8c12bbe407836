import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findInstitution } from '../../network/index.ts'
import { advance, brief, ended, take } from './advance.ts'
import { requireArrangement, requireOnward } from './check.ts'
import { joinLine, keepPlace } from './placing.ts'

type Moves = Actions<typeof referralMoveApi>

/** The receiver's answer, and what it arranges. */
export const answering: Pick<
  Moves,
  'askSupplement' | 'accept' | 'reject' | 'decline' | 'arrange' | 'noShow' | 'redirect' | 'awaitSlot'
> = {
  async askSupplement(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'askSupplement', body)
    return brief(await advance(ctx, row, 'askSupplement', body))
  },

  async accept(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'accept', body)
    await requireArrangement(ctx, row, body.arrangement)
    const arrangement = await keepPlace(ctx, row, body.arrangement)
    const set = { arrangement, confirmedAt: ctx.now, noSlotSince: null }
    return brief(await advance(ctx, row, 'accept', { comment: body.comment, set, renews: true }))
  },

  async reject(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'reject', body)
    const { advice, alternativeInstitutionId, comment, reason } = body
    if (alternativeInstitutionId) await findInstitution(ctx, alternativeInstitutionId)
    const ending = ended(reason, comment, { advice, alternativeInstitutionId })
    const set = { endedAt: ctx.now, ending }
    return brief(await advance(ctx, row, 'reject', { comment: comment || advice, set }))
  },

  async decline(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'decline', body)
    const set = { endedAt: ctx.now, ending: ended(body.reason, body.comment) }
    return brief(await advance(ctx, row, 'decline', { comment: body.comment, set }))
  },

  async arrange(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'arrange', body)
    await requireArrangement(ctx, row, body.arrangement)
    // The receiver's own arrangement is also its confirmation of what was entered afterwards.
    const arrangement = await keepPlace(ctx, row, body.arrangement)
    const byReceiver = row.begunBy === 'receiver'
    const set = { arrangement, confirmedAt: byReceiver ? row.confirmedAt : (row.confirmedAt ?? ctx.now) }
    return brief(await advance(ctx, row, 'arrange', { comment: body.comment, set, renews: true }))
  },

  async redirect(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'redirect', body)
    await requireOnward(ctx, row, body)
    const { toInstitutionId, toDepartmentId, reason, comment } = body
    const redirectedFrom = [...row.redirectedFrom, row.toInstitutionId]
    const set = {
      ...{ toInstitutionId, toDepartmentId, toPractitionerId: null, redirectedFrom },
      ...{ arrangement: null, confirmedAt: null, noSlotSince: null },
    }
    const moving = { comment, why: reason, set, renews: true, leaves: true }
    return brief(await advance(ctx, row, 'redirect', moving))
  },

  async awaitSlot(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'awaitSlot', body)
    const set = { noSlotSince: row.noSlotSince ?? ctx.now }
    const next = await advance(ctx, row, 'awaitSlot', { comment: body.comment, set, renews: true })
    if (body.waitFor) await joinLine(ctx, next, body.waitFor)
    return brief(next)
  },

  async noShow(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'noShow', body)
    const at = row.arrangement?.at
    if (at && at > ctx.now)
      refuse('conflict', 'referral.before-arranged-time', { details: { at: at.toISOString() } })
    return brief(await advance(ctx, row, 'noShow', { ...body, set: { noShows: row.noShows + 1 } }))
  },
}
