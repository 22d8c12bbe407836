import type { referralMoveApi } from '@tongmai/api/referral/move'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { endGrant, grant } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { confirmerOf } from '../policy.ts'
import { findDue } from '../store/mark.ts'
import type { ReferralRow } from '../store/row.ts'
import { advance, answerFor, brief, take } from './advance.ts'
import { confirmationOf, thingOf } from './announce.ts'
import { requireAgreement, requireArrangement, requireComplete, requireDates, requirePast } from './check.ts'
import { keepPlace } from './placing.ts'

/** Who has to confirm it now, with their deadline; nobody once it is confirmed or has ended. */
async function settleEntry(ctx: Ctx, row: ReferralRow): Promise<void> {
  const owned = confirmerOf(row)
  if (!owned) return closeCase(ctx, confirmationOf(row.id))
  const due = await findDue(ctx, owned.step, row.urgency)
  await handOver(ctx, confirmationOf(row.id), { ...owned, due })
}

/** The named sender sees whom it is about while it is under way. */
async function askSender(ctx: Ctx, row: ReferralRow): Promise<void> {
  const owned = confirmerOf(row)
  if (!owned) return
  const { residentId } = row
  const due = await findDue(ctx, owned.step, row.urgency)
  await openCase(ctx, {
    ...owned,
    due,
    kind: 'referral.confirmation',
    thing: confirmationOf(row.id),
    residentId,
  })
  await grant(ctx, {
    ...{ residentId, institutionId: row.fromInstitutionId, basis: 'referral', depth: 'summary' },
    ...{ source: thingOf(row.id), viaInstitutionId: row.toInstitutionId },
  })
}

/** The patient came without paper: the receiver enters it, the named sender confirms or disputes. */
export const entering: Pick<Actions<typeof referralMoveApi>, 'enter' | 'confirm' | 'dispute'> = {
  async enter(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'enter', body)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'treat', row.toInstitutionId)
    requireComplete(row)
    requireDates(ctx, row)
    await requireAgreement(ctx, row)
    requirePast(ctx, 'body.arrangement.at', body.arrangement.at)
    await requireArrangement(ctx, row, body.arrangement)
    const arrangement = await keepPlace(ctx, row, body.arrangement)
    const attachments = row.form.attachments.map((file) => file.hash)
    const set = { arrangement, submittedAt: ctx.now, arrivedAt: body.arrangement.at }
    const next = await advance(ctx, row, 'enter', { comment: body.comment, set, attachments })
    const practitionerId = arrangement.practitionerId ?? row.treatingPractitionerId
    if (!row.parentId) await answerFor(ctx, next, { practitionerId, institutionId: row.toInstitutionId })
    await askSender(ctx, next)
    return brief(next)
  },

  async confirm(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'confirm', body)
    const byReceiver = row.begunBy === 'receiver'
    const mine = byReceiver ? { fromPractitionerId: row.fromPractitionerId ?? ctx.actor.practitionerId } : {}
    const set = { confirmedAt: ctx.now, disputedAt: null, ...mine }
    const next = await advance(ctx, row, 'confirm', { ...body, set })
    if (byReceiver) await settleEntry(ctx, next)
    return brief(next)
  },

  async dispute(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'dispute', body)
    const next = await advance(ctx, row, 'dispute', { ...body, set: { disputedAt: ctx.now } })
    await settleEntry(ctx, next)
    const { residentId, fromInstitutionId: institutionId } = row
    await endGrant(ctx, { source: thingOf(row.id), residentId, institutionId })
    return brief(next)
  },
}
