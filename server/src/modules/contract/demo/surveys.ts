import type { SurveyAnswers } from '@tongmai/api/contract/survey'
import { scoreOf } from '@tongmai/api/contract/survey'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayOf, startOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { ContractRow } from '../store/row.ts'
import { answer, ask } from '../store/survey.ts'
import { quarterOf } from '../survey-cell.ts'

const DAY_MS = 86_400_000
const SPANS = { everyDays: 0, openDays: 30 }
/** What was answered, from easy to helped; nothing where nobody answered. */
const said: readonly (readonly [string, readonly number[] | null, string?])[] = [
  ['面对面随访与血压测量', [5, 5, 5, 4], '医生讲得很清楚，药怎么吃都写下来了。'],
  ['电话或上门问候', [5, 5, 4, 4]],
  ['年度健康评估', [3, 4, 4, 4], '排队时间有点长。'],
  ['健康档案更新', null],
  ['面对面随访与血糖测量', [5, 5, 5, 5]],
  ['上门巡诊', [5, 5, 5, 5], '老人走不动，能上门太好了。'],
  ['用药指导', [4, 4, 3, 3]],
  ['年度健康评估', [2, 3, 3, 2], '约了两次才约上，报告也没人解释。'],
  ['电话或上门问候', null],
  ['健康咨询', [4, 5, 5, 5]],
]

/** Of each community some were asked, most answered; the first resident who signs in has one to answer. */
export async function demoSurveys(ctx: Ctx, rows: readonly ContractRow[]): Promise<void> {
  const active = rows.filter((row) => row.status === 'active')
  for (const here of Map.groupBy(active, (row) => row.communityId).values())
    for (const [n, [subject, grades, comment = null]] of [...said, ...said].entries()) {
      const contract = here[n * 2 + 1]
      if (!contract) continue
      const { id: contractId, residentId } = contract
      // In the quarter before this one, and two of this quarter that are not opened yet.
      const before = n < 2 ? ctx.now : startOf(quarterOf(dayOf(ctx.now)))
      const then = ctxWith(ctx, { now: new Date(before.getTime() - (n + 2) * DAY_MS) })
      const id = await ask(then, { contractId, residentId, about: 'service', subject }, SPANS)
      const [easy = 3, attitude = 3, clear = 3, helped = 3] = grades ?? []
      const answers: SurveyAnswers = { easy, attitude, clear, helped }
      if (grades && id)
        await answer(then, { residentId, id }, { answers, comment, score: Math.round(scoreOf(answers)) })
    }
  const first = rows.find((row) => row.id === demoId('contract', 0))
  if (!first) return
  const { id: contractId, residentId } = first
  await ask(ctx, { contractId, residentId, about: 'service', subject: '上门巡诊' }, SPANS)
}
