import type { Way } from '@tongmai/api/careplan/follow-up'
import type { FollowUp, Outcome } from '@tongmai/api/referral/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import {
  endFollowUps,
  noteReferral,
  planAfterDischarge,
  planFollowUps,
  replaceDischarge,
} from '../../careplan/index.ts'
import type { ReferralRow } from '../store/row.ts'
import { thingOf } from './announce.ts'

/** How a follow-up was done, in the words of care plans. */
export const wayOf: Readonly<Record<FollowUp['method'], Way>> = {
  ...{ visit: 'clinic', homeVisit: 'home', phone: 'phone', video: 'video' },
}

/** Tells the chain of the disease where the patient stands with this referral. */
export const tellChain = (
  ctx: Ctx,
  row: ReferralRow,
  what: 'sent' | 'ended' | 'returned',
  at: Date = ctx.now,
): Promise<void> =>
  noteReferral(ctx, {
    ...{ residentId: row.residentId, diagnosis: row.form.diagnosis?.code ?? null, referral: thingOf(row.id) },
    ...{ institutionId: row.direction === 'down' ? row.toInstitutionId : row.fromInstitutionId, what, at },
  })

/** Whoever has taken over follows up as the return note says: the first, and the schedule after it. */
export async function goOn(ctx: Ctx, row: ReferralRow): Promise<void> {
  const note = row.returnNote
  if (row.direction !== 'down' || row.external || !note) return
  const first = note.followUpOn ? [{ dueOn: note.followUpOn, purpose: '首次随访' }] : []
  const later = note.followUps.filter((one) => one.dueOn !== note.followUpOn)
  const items = [...first, ...later].map(({ dueOn, purpose }) => ({
    ...{ dueOn, form: 'general', reason: `下转后随访：${purpose}` },
  }))
  await tellChain(ctx, row, 'returned')
  await replaceDischarge(ctx, row.residentId)
  await planFollowUps(ctx, {
    ...{ residentId: row.residentId, institutionId: row.toInstitutionId, source: thingOf(row.id) },
    ...{ practitionerId: row.toPractitionerId, reason: '下转后随访', items },
  })
}

/** Who has left the ward is followed up at home, whether or not a down-referral follows. */
export async function followDischarge(ctx: Ctx, row: ReferralRow, outcome: Outcome): Promise<void> {
  if (!outcome.dischargedAt || outcome.result === 'died' || outcome.disposition === 'died') return
  const { residentId, id } = row
  await planAfterDischarge(ctx, { residentId, on: dayOf(outcome.dischargedAt), source: thingOf(id) })
}

/** A closed loop leaves the schedule to the community; whatever else ends a down-referral ends its follow-ups too. */
export async function endCare(ctx: Ctx, row: ReferralRow): Promise<void> {
  const reason = row.ending?.reason
  if (row.direction !== 'down') await tellChain(ctx, row, 'ended')
  if (row.direction === 'down' && reason !== 'loopClosed') await endFollowUps(ctx, thingOf(row.id))
  if (row.direction !== 'down' && reason === 'died') await endFollowUps(ctx, `discharge:${thingOf(row.id)}`)
}
