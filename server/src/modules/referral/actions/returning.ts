import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { closeFirst } from '../../careplan/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { advance, answerFor, brief, ended, take } from './advance.ts'
import { thingOf } from './announce.ts'
import { requireComing, requireDoctorAt, requirePast } from './check.ts'
import { goOn, wayOf } from './going-on.ts'

type Moves = Actions<typeof referralMoveApi>

/** The way back: the family doctor, the first follow-up, the end; and what ends before its time. */
export const returning: Pick<Moves, 'assign' | 'takeOver' | 'followUp' | 'close' | 'cancel' | 'reopen'> = {
  async assign(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'assign', body)
    await requireDoctorAt(ctx, body.practitionerId, row.toInstitutionId)
    const set = { toPractitionerId: body.practitionerId }
    return brief(await advance(ctx, row, 'assign', { comment: body.comment, set }))
  },

  async takeOver(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'takeOver', body)
    const { practitionerId } = ctx.actor
    if (row.external)
      return brief(await advance(ctx, row, 'takeOver', { ...body, set: { arrivedAt: ctx.now } }))
    await requireLicensed(ctx, practitionerId, 'takeOver', row.toInstitutionId)
    await answerFor(ctx, row, { practitionerId, institutionId: row.toInstitutionId })
    const set = { toPractitionerId: practitionerId, arrivedAt: ctx.now }
    const next = await advance(ctx, row, 'takeOver', { ...body, set })
    await goOn(ctx, next)
    return brief(next)
  },

  async followUp(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'followUp', body)
    if (!row.external) await requireLicensed(ctx, ctx.actor.practitionerId, 'followUp', row.toInstitutionId)
    requirePast(ctx, 'body.followUp.at', body.followUp.at)
    requireComing(ctx, 'body.followUp.nextOn', body.followUp.nextOn)
    const moving = { comment: body.comment || body.followUp.note, set: { followUp: body.followUp } }
    const next = await advance(ctx, row, 'followUp', moving)
    const { at, method, note, nextOn } = body.followUp
    await closeFirst(ctx, thingOf(row.id), { at, way: wayOf[method], note, nextOn })
    return brief(next)
  },

  async close(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'close', body)
    if (row.direction !== 'down' && !row.external && body.reason === 'loopClosed') {
      refuse('unprocessable', 'referral.say-why-no-down-referral', {
        fields: [{ path: 'body.reason', problem: 'loopClosed' }],
      })
    }
    const set = { endedAt: ctx.now, ending: ended(body.reason, body.comment) }
    return brief(await advance(ctx, row, 'close', { comment: body.comment, set }))
  },

  async cancel(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'cancel', body)
    const set = { endedAt: ctx.now, ending: ended(body.reason, body.comment) }
    return brief(await advance(ctx, row, 'cancel', { comment: body.comment, set }))
  },

  async reopen(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'reopen', body)
    return brief(await advance(ctx, row, 'reopen', { ...body, set: { arrangement: null }, renews: true }))
  },
}
