import type { Verdict } from '@tongmai/api/referral/watch'
import { system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { demoPerson } from '../../workforce/index.ts'
import { giveToReview, judgeReview } from '../actions/reviewing.ts'
import type { ReferralRow } from '../store/row.ts'

const DAY_MS = 86_400_000
/** So many of the sample wait; of those that were judged, what came out and why. */
const WAITING = 4
const judged: readonly (readonly [verdict: Verdict, note: string])[] = [
  ['appropriate', '指征明确，资料齐全。'],
  ['avoidable', '可先由社区调整用药并在两周后复评。'],
  ['appropriate', '社区缺少所需检查，转诊及时。'],
  ['tooLate', '症状加重已有一周，建议更早联系。'],
  ['appropriate', '符合上转指征。'],
  ['wrongPlace', '应首转神经内科，本次先到消化内科后改派。'],
  ['appropriate', '治疗后复查，需上级医院完成。'],
  ['undecided', '病史过于简单，无法判断。'],
]

/** A sample of the alliance's up-referrals: the lead hospital's office drew it, the county's cardiologist judges. */
export async function demoReviews(ctx: Ctx, rows: readonly ReferralRow[]): Promise<void> {
  const reviewerInstitutionId = demoId('network', 'QPH')
  const reviewer = demoPerson('qp-card01').practitionerId
  if (!reviewer) return
  const sample = rows.filter(
    (row) =>
      row.direction === 'up' && row.submittedAt && row.status !== 'submitted' && row.urgency !== 'emergency',
  )
  const ago = (days: number): Ctx =>
    ctxWith(ctx, {
      actor: system(demoId('network', 'LEAD')),
      now: new Date(ctx.now.getTime() - days * DAY_MS),
    })
  for (const [n, row] of sample.slice(0, judged.length + WAITING).entries()) {
    const given = { residentId: row.residentId, referralId: row.id, reviewerId: reviewer }
    const review = await giveToReview(ago(5), {
      ...{ ...given, reviewerInstitutionId, institutionId: demoId('network', 'LEAD') },
      id: demoId('referral', `review ${n}`),
    })
    const [verdict, note = ''] = judged[n] ?? []
    if (verdict) await judgeReview(ago(2), review, { verdict, note })
  }
}
