import type { referralMoveApi } from '@tongmai/api/referral/move'
import type { ReferralForm } from '@tongmai/api/referral/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { attach } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { requireLicensed } from '../../workforce/index.ts'
import type { ReferralRow } from '../store/row.ts'
import { advance, answerFor, brief, ended, rest, take } from './advance.ts'
import { requireAgreement, requireComplete, requireDates, requirePast } from './check.ts'
import { tellChain } from './going-on.ts'

type Moves = Actions<typeof referralMoveApi>

/** What is sent is complete, lawful and signed by someone with a licence. */
async function requireReady(ctx: Ctx, row: ReferralRow): Promise<void> {
  await requireLicensed(ctx, ctx.actor.practitionerId, 'refer', row.fromInstitutionId)
  requireComplete(row)
  requireDates(ctx, row)
  await requireAgreement(ctx, row)
}

/** The sender's physician answers for the patient until the receiver's takes over. */
async function sent(ctx: Ctx, row: ReferralRow): Promise<ReferralRow> {
  if (row.parentId && row.direction === 'down') await rest(ctx, row.parentId)
  else if (!row.parentId)
    await answerFor(ctx, row, {
      practitionerId: row.fromPractitionerId,
      institutionId: row.fromInstitutionId,
    })
  return row
}

/** The sender's moves, from draft to departure. */
export const sending: Pick<
  Moves,
  'sendToReview' | 'approve' | 'returnToDraft' | 'submit' | 'supplement' | 'withdraw' | 'depart'
> = {
  async sendToReview(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'sendToReview', body)
    await requireReady(ctx, row)
    return brief(await advance(ctx, row, 'sendToReview', body))
  },

  async approve(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'approve', body)
    await requireAgreement(ctx, row)
    const set = { submittedAt: ctx.now }
    return brief(await sent(ctx, await advance(ctx, row, 'approve', { ...body, set, renews: true })))
  },

  async returnToDraft(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'returnToDraft', body)
    return brief(await advance(ctx, row, 'returnToDraft', body))
  },

  async submit(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'submit', body)
    await requireReady(ctx, row)
    const attachments = row.form.attachments.map((file) => file.hash)
    const set = { submittedAt: ctx.now }
    const next = await advance(ctx, row, 'submit', { ...body, set, attachments, renews: true })
    if (next.direction !== 'down') await tellChain(ctx, next, 'sent')
    return brief(await sent(ctx, next))
  },

  async supplement(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'supplement', body)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'refer', row.fromInstitutionId)
    const given = Object.entries(body.form ?? {}).filter(([, value]) => value !== undefined)
    const form: ReferralForm = { ...row.form, ...Object.fromEntries(given) }
    const attachments = (body.form?.attachments ?? []).map((file) => file.hash)
    await attach(ctx, attachments)
    const moving = { comment: body.comment, attachments, set: { form }, renews: true }
    return brief(await advance(ctx, row, 'supplement', moving))
  },

  async withdraw(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'withdraw', body)
    const set = { endedAt: ctx.now, ending: ended(body.reason, body.comment) }
    return brief(await advance(ctx, row, 'withdraw', { comment: body.comment, set }))
  },

  async depart(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'depart', body)
    const first = row.submittedAt === null
    if (first) await requireReady(ctx, row)
    const departedAt = body.departedAt ?? ctx.now
    requirePast(ctx, 'body.departedAt', departedAt)
    const set = { departedAt, ...(first ? { submittedAt: ctx.now } : {}) }
    const next = await advance(ctx, row, 'depart', { comment: body.comment, set, renews: first })
    return brief(first ? await sent(ctx, next) : next)
  },
}
