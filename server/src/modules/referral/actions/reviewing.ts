import type { Review, referralWatchApi } from '@tongmai/api/referral/watch'
import { ownInstitution } from '../../../kernel/actor.ts'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import * as store from '../store/review.ts'
import { readRow } from '../store/row.ts'
import { requireDoctorAt } from './check.ts'

const thingOf = (id: string): string => `referral-review:${id}`

/** The reviews as they are listed, with what they show of their referrals. */
async function shown(ctx: Ctx, rows: readonly store.ReviewRow[]): Promise<Review[]> {
  const [referrals, names] = [await store.listReviewed(ctx, rows), await store.listReviewers(ctx, rows)]
  return rows.flatMap((row) => {
    const of = referrals.get(row.referralId)
    if (!of) return []
    const { id, drawnAt, due, verdict, note, judgedAt, reviewerId } = row
    const category = readRow(of).form.diagnosis?.code.slice(0, 3) ?? null
    return [
      {
        ...{ id, drawnAt, due, verdict, note, judgedAt, category },
        ...{ direction: of.direction, urgency: of.urgency, from: of.fromName ?? '', to: of.toName ?? '' },
        reviewer: names.get(reviewerId) ?? '',
      },
    ]
  })
}

/** Gives one to its reviewer, on whose list it stands until it is judged. */
export async function giveToReview(
  ctx: Ctx,
  given: Parameters<typeof store.addReview>[1],
): Promise<store.ReviewRow> {
  const row = await store.addReview(ctx, given)
  if (!row.due) throw new Error('no deadline rule for a review')
  await openCase(ctx, {
    ...{ kind: 'referral', thing: thingOf(row.id), step: 'review', due: row.due },
    ...{ institutionId: row.reviewerInstitutionId, duty: 'referral.treat', practitionerId: row.reviewerId },
  })
  return row
}

/** Writes the verdict down and takes it off the reviewer's list. */
export async function judgeReview(
  ctx: Ctx,
  row: store.ReviewRow,
  said: Parameters<typeof store.changeReview>[2],
): Promise<store.ReviewRow> {
  const judged = await store.changeReview(ctx, row, said)
  await closeCase(ctx, thingOf(row.id))
  return judged
}

type Reviewing = Pick<
  Actions<typeof referralWatchApi>,
  'drawReviews' | 'listReviews' | 'reviewRates' | 'readReview' | 'judge'
>

/** Was it needed? A random sample, each judged by a named physician who is not of the sender, without the person. */
export const reviewing: Reviewing = {
  async drawReviews(ctx, { body }) {
    const { reviewerId, reviewerInstitutionId, ...sample } = body
    const office = ownInstitution(ctx.actor)
    await requireDoctorAt(ctx, reviewerId, reviewerInstitutionId)
    const drawn = await store.drawSample(ctx, sample, { office, reviewerInstitutionId })
    for (const { id: referralId, residentId } of drawn) {
      const given = { residentId, referralId, reviewerId, reviewerInstitutionId, institutionId: office }
      await giveToReview(ctx, { ...given, id: ctx.id() })
    }
    return { drawn: drawn.length }
  },

  async listReviews(ctx, { query }) {
    const { items, total } = await store.listReviews(ctx, query)
    return { items: await shown(ctx, items), total }
  },

  reviewRates: (ctx) =>
    store.countVerdicts(ctx, ctx.actor.permissions.has('oversight.read') ? null : ownInstitution(ctx.actor)),

  async readReview(ctx, { params }) {
    const row = await store.findReview(ctx, params.id)
    const [review] = await shown(ctx, [row])
    const of = (await store.listReviewed(ctx, [row])).get(row.referralId)
    if (!review || !of) return refuse('missing', 'referral.review-missing')
    ctx.opened({ residentId: row.residentId, basis: 'own', thing: thingOf(row.id), purpose: 'review' })
    const { form, outcome } = readRow(of)
    const { firstImpression, reason, pastHistory, treatmentSoFar, diagnosis, indications } = form
    return {
      ...review,
      mine: row.reviewerId === ctx.actor.practitionerId && row.verdict === null,
      indications,
      form: { firstImpression, reason, pastHistory, treatmentSoFar, diagnosis },
      outcome: outcome && { result: outcome.result, diagnosis: outcome.diagnosis, summary: outcome.summary },
    }
  },

  async judge(ctx, { params, body }) {
    const row = await store.lockReview(ctx, params.id)
    allow(row.reviewerId === ctx.actor.practitionerId, 'referral.reviewers-part')
    if (row.verdict) refuse('conflict', 'referral.judged-already')
    const judged = await judgeReview(ctx, row, body)
    const [review] = await shown(ctx, [judged])
    return review ?? refuse('missing', 'referral.review-missing')
  },
}
