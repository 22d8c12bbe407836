import type { Ctx } from '../../../kernel/ctx.ts'
import { demoId } from '../../../kernel/demo.ts'
import { owe } from '../actions/advising.ts'
import * as store from '../store/advice.ts'
import { add as addHotline } from '../store/hotline.ts'
import type { ContractRow } from '../store/row.ts'
import { add as addTemplate } from '../store/template.ts'

const HOUR = 3_600_000

interface Talk {
  /** Which of the contracts, counted from the first resident who signs in. */
  readonly nth: number
  readonly hoursAgo: number
  readonly subject: string
  readonly asked: string
  readonly answered?: string
}

const talks: readonly Talk[] = [
  {
    ...{ nth: 0, hoursAgo: 3, subject: '早上头晕' },
    asked: '这两天早上起来有点头晕，在家量血压 152/94，降压药一直在吃，要不要加量？',
  },
  {
    ...{ nth: 3, hoursAgo: 50, subject: '体检报告看不懂' },
    asked: '体检说尿酸偏高，没有不舒服，要吃药吗？',
    answered: '先不用吃药：少喝啤酒和浓肉汤，多喝水，一个月后来中心复查。脚趾红肿疼痛时马上来。',
  },
  {
    ...{ nth: 5, hoursAgo: 20, subject: '流感疫苗' },
    asked: '家里老人 78 岁，有慢支，可以打流感疫苗吗？',
  },
]

const templates = [
  ['空腹抽血', '请早上 8 点到 9 点空腹来，前一晚 10 点后不要吃东西，可以喝少量白水；降压药照常吃。'],
  ['血压偏高', '请连续三天早晚各量一次血压并记下来，不要自己加药；超过 180/110 或头痛、胸闷时马上就医。'],
] as const

const calls = [
  [
    'symptom',
    '孩子发热 38.5 度，半天了',
    '多喝水、物理降温；超过 39 度或没精神到发热门诊',
    'visit',
    '一位母亲',
  ],
  ['booking', '想约下周三中医门诊', '已帮约周三上午', 'answered', '一位女士'],
  ['symptom', '家里老人突然说不出话、半边没力气', '叫立即拨打 120，不要自己送', 'emergency', '一位男士'],
  ['report', '问上周抽血结果', '查后回拨', 'callBack', '一位老人'],
] as const

/** Questions that wait and that were answered, usual answers, and a few calls to the hotline of the first community. */
export async function demoAdvice(ctx: Ctx, rows: readonly ContractRow[]): Promise<void> {
  const first = rows.find((row) => row.id === demoId('contract', 0))
  if (!first) return
  const institutionId = first.communityId
  const here = rows.filter((row) => row.communityId === institutionId && row.status === 'active')
  for (const { nth, hoursAgo, subject, asked, answered } of talks) {
    const contract = here[nth]
    if (!contract) continue
    const askedAt = new Date(ctx.now.getTime() - hoursAgo * HOUR)
    const row = {
      ...{
        residentId: contract.residentId,
        id: ctx.id(),
        contractId: contract.id,
        communityId: institutionId,
      },
      ...{ teamId: contract.teamId, ownerId: contract.doctorId, subject, begunBy: 'resident' as const },
      ...{
        outOfHours: false,
        askedAt,
        since: askedAt,
        status: answered ? ('answered' as const) : ('asked' as const),
      },
      due: answered ? null : new Date(askedAt.getTime() + 24 * HOUR),
    }
    await store.add(ctx, row)
    await store.addMessage(ctx, row, { text: asked, files: [], at: askedAt, by: null })
    if (answered)
      await store.addMessage(ctx, row, {
        ...{ text: answered, files: [], by: contract.doctorId },
        at: new Date(askedAt.getTime() + HOUR),
      })
    await owe(ctx, { ...row, became: null, becameId: null, version: 1 })
  }
  for (const [title, text] of templates) await addTemplate(ctx, { institutionId, title, text })
  for (const [topic, asked, answered, outcome, caller] of calls) {
    await addHotline(ctx, { institutionId, residentId: null, caller, topic, asked, answered, outcome })
  }
}
