import type { ReplyUse } from '@tongmai/api/referral/rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { add } from '../store/reply.ts'
import { signRule } from '../store/rule.ts'
import { as, called } from './advice.ts'

/** The indications that this region's cardiologist has signed; the others wait for a signature. */
const signed = ['up.hypertensionCrisis', 'up.glucoseCritical', 'up.respiratory']
const replies: readonly (readonly [ReplyUse, string | null, string])[] = [
  ['askSupplement', 'CARD', '请补充近三个月心电图、心脏超声和肌钙蛋白结果。'],
  ['askSupplement', null, '请补充既往住院病历和目前用药清单。'],
  ['reject', 'CARD', '目前病情可在社区调整药物，两周后复查；如加重请再次转诊。'],
  ['reject', null, '本院暂无床位，建议转分院或县医院。'],
  ['instructions', null, '请空腹，带身份证、医保卡和既往检查资料，提前 20 分钟到转诊窗口报到。'],
  ['awaitSlot', null, '本周号源已满，已列入候补，有号即通知。'],
  ['answer', null, '建议先在社区完善检查，结果出来后再联系我。'],
]

/** Signed indications, and the ready sentences of the hospital. */
export async function demoRules(ctx: Ctx): Promise<void> {
  const cardiologist = as(ctx, called('cardio01'), ctx.now)
  for (const code of signed) await signRule(cardiologist, { code, since: '2020-01-01' })
  for (const [use, department, text] of replies) {
    const institutionId = demoId('network', 'LEAD')
    const departmentId = department && demoId('network', `LEAD/${department}`)
    await add(cardiologist, { institutionId, departmentId, use, text })
  }
}
