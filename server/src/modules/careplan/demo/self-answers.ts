import type { Answers } from '@tongmai/api/careplan/form'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import { demoResidents } from '../../resident/index.ts'
import { showSelfAnswer } from '../actions/show.ts'
import type { Past } from '../store/past.ts'
import { addSelfAnswer } from '../store/self-answer.ts'

const said: Readonly<Record<ProgrammeCode, Answers>> = {
  hypertension: {
    ...{ symptoms: ['headache'], systolic: 146, diastolic: 88, smoking: 0, salt: 'medium' },
    ...{ adherence: 'interrupted', whyNot: '药吃完了，还没去开', adverse: false },
  },
  type2Diabetes: {
    ...{
      symptoms: ['none'],
      fastingGlucose: 7.4,
      hypoglycaemia: 'seldom',
      hypoglycaemiaText: '早上没吃饭去买菜时',
    },
    ...{ adherence: 'regular', adverse: false },
  },
}

/** One resident of each community who is seen within two weeks has answered the questions beforehand. Call as the system. */
export async function demoSelfAnswers(ctx: Ctx, past: readonly Past[]): Promise<void> {
  const soon = dayAfter(dayOf(ctx.now), 14)
  const [me] = demoResidents()
  const near = past.filter(
    (one) => one.next.dueOn <= soon && one.missedRun === 0 && one.residentId !== me?.id,
  )
  const chosen = new Map(near.map((one) => [one.institutionId, one]))
  for (const { residentId, institutionId, form, programme, next } of chosen.values()) {
    const row = await addSelfAnswer(ctx, {
      ...{ residentId, institutionId, id: demoId('careplan', `${next.id} self`), followUpId: next.id },
      ...{ form: form.code, formVersion: form.version, byProxy: false, urgent: false, findings: [] },
      ...{ answers: said[programme], answeredAt: ctx.now },
    })
    await showSelfAnswer(ctx, row, form)
  }
}
