import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { project } from '../../../kernel/resource/project.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { toDischargeSummary } from '../fhir.ts'
import { careAt } from '../policy.ts'
import type { ReferralRow } from '../store/row.ts'
import { advance, answerFor, brief, take } from './advance.ts'
import { requirePast } from './check.ts'
import { followDischarge } from './going-on.ts'

type Moves = Actions<typeof referralMoveApi>

/** A physician of the receiver takes the patient: licensed, and from now on the one who answers. */
async function takeIntoCare(
  ctx: Ctx,
  id: string,
  { move, comment, version }: { move: 'startCare' | 'admit'; comment: string; version?: number | undefined },
): Promise<ReferralRow> {
  const row = await take(ctx, id, move, { version })
  if (row.external) return advance(ctx, row, move, { comment })
  const { practitionerId } = ctx.actor
  await requireLicensed(ctx, practitionerId, 'treat', row.toInstitutionId)
  await answerFor(ctx, row, { practitionerId, institutionId: row.toInstitutionId })
  return advance(ctx, row, move, { comment, set: { treatingPractitionerId: practitionerId } })
}

/** From the patient's arrival to the end of the treatment. */
export const caring: Pick<Moves, 'arrive' | 'startCare' | 'admit' | 'treat' | 'planDown'> = {
  async arrive(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'arrive', body)
    const arrivedAt = body.arrivedAt ?? ctx.now
    requirePast(ctx, 'body.arrivedAt', arrivedAt)
    const doctor = row.arrangement?.practitionerId ?? null
    await answerFor(ctx, row, { practitionerId: doctor, institutionId: row.toInstitutionId })
    return brief(await advance(ctx, row, 'arrive', { comment: body.comment, set: { arrivedAt } }))
  },

  async startCare(ctx, { params, body }) {
    return brief(await takeIntoCare(ctx, params.id, { ...body, move: 'startCare' }))
  },

  async admit(ctx, { params, body }) {
    const said = [body.inpatientNumber && `住院号 ${body.inpatientNumber}`, body.comment].filter(Boolean)
    return brief(await takeIntoCare(ctx, params.id, { ...body, move: 'admit', comment: said.join(' ') }))
  },

  async treat(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'treat', body)
    const { outcome, comment } = body
    // Outside the network we write down what others did; that is no treating of ours.
    if (!row.external) await requireLicensed(ctx, ctx.actor.practitionerId, 'treat', row.toInstitutionId)
    requirePast(ctx, 'body.outcome.dischargedAt', outcome.dischargedAt)
    const next = await advance(ctx, row, 'treat', {
      comment,
      set: { outcome, ...(row.external ? { outcomeReadAt: ctx.now } : {}) },
    })
    await followDischarge(ctx, row, outcome)
    const authorId = row.external ? null : ctx.actor.practitionerId
    const summary = { id: ctx.id(), row: next, outcome, authorId, at: ctx.now }
    await project(ctx, {
      resource: toDischargeSummary(summary),
      residentId: row.residentId,
      institutionId: careAt(row),
    })
    return brief(next)
  },

  async planDown(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'planDown', body)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'treat', row.toInstitutionId)
    return brief(await advance(ctx, row, 'planDown', body))
  },
}
