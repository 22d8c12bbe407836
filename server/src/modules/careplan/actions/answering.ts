import type { careplanMineApi } from '@tongmai/api/careplan/mine'
import { asSystem } from '../../../kernel/as-system.ts'
import { openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { cards } from '../../resident/index.ts'
import { tell } from '../events.ts'
import { ageOn, type Judgement, judgeFollowUp } from '../judge-follow-up.ts'
import { notNow, selfAnswerOf } from '../policy.ts'
import { asSelfForm } from '../self-form.ts'
import type { FollowUpRow } from '../store/follow-up.ts'
import { findForm, findProgramme } from '../store/form.ts'
import * as store from '../store/self-answer.ts'
import { requireAnswers } from './following.ts'
import { showSelfAnswer } from './show.ts'

async function requireRule(ctx: Ctx, row: Pick<FollowUpRow, 'form' | 'dueOn'>): Promise<store.SelfRule> {
  const rule = await store.selfRuleOf(ctx, row.form)
  if (!rule) return refuse('conflict', 'careplan.asked-by-doctor-only')
  return row.dueOn > dayAfter(dayOf(ctx.now), rule.askDays)
    ? refuse('conflict', 'careplan.too-early-to-answer')
    : rule
}

/** What the answers mean by the rules of the programme they are for. */
async function judge(ctx: Ctx, row: FollowUpRow, form: Parameters<typeof judgeFollowUp>[0], kept: object) {
  const none: Pick<Judgement, 'verdict' | 'findings'> = { verdict: 'satisfactory', findings: [] }
  if (!row.enrolmentId) return none
  const { rules } = await findProgramme(ctx, await store.programmeOf(ctx, row.residentId, row.enrolmentId))
  const card = (await cards(ctx, [row.residentId])).get(row.residentId)
  return judgeFollowUp(form, { ...kept }, { rules, age: ageOn(card?.birthDate ?? null, dayOf(ctx.now)) })
}

/** What cannot wait stands on the list of whoever owes the follow-up, and escalates when nobody answers. */
async function tellOwner(
  ctx: Ctx,
  row: FollowUpRow,
  { id, urgent }: store.SelfAnswerRow,
  minutes: number,
): Promise<void> {
  const { residentId, institutionId, practitionerId } = row
  const thing = selfAnswerOf(id)
  if (urgent)
    await openCase(ctx, {
      ...{ kind: 'careplan.alert', thing, residentId, step: 'urgent-answer', duty: 'careplan.follow' },
      ...{ institutionId, practitionerId, due: new Date(ctx.now.getTime() + minutes * 60_000) },
    })
  await tell(ctx, urgent ? 'careplan.answered-urgently' : 'careplan.answered', {
    ...{ thing, residentId, audience: [institutionId] },
    data: { institutionId, practitionerId, followUpId: row.id },
  })
}

export const answering: Pick<Actions<typeof careplanMineApi>, 'readMyForm' | 'answerFollowUp'> = {
  async readMyForm(ctx, { params }) {
    const { followUp, form: code } = await store.findOwn(ctx, params.id)
    if (followUp.status !== 'due') refuse('conflict', `careplan.cannot-answer-when-${followUp.status}`)
    const rule = await requireRule(ctx, { form: code, dueOn: followUp.dueOn })
    const [answered] = await store.listSelfAnswers(ctx, [followUp])
    const form = await findForm(ctx, code, answered?.formVersion)
    return {
      ...{ followUp, form: asSelfForm(form, rule) },
      answered: answered ? { answers: answered.answers, urgent: answered.urgent } : null,
    }
  },

  answerFollowUp: (ctx, { params, body }) => {
    const by = ctx.actor
    return asSystem(ctx, async (all) => {
      const row = await store.lockOwn(all, params.id, by.residentIds)
      const why = notNow(row.status, 'record')
      if (why) refuse('conflict', `careplan.cannot-answer-when-${row.status}`)
      const rule = await requireRule(all, row)
      if ((await store.listSelfAnswers(all, [row])).length > 0)
        refuse('conflict', 'careplan.already-answered')
      const whole = await findForm(all, row.form, body.formVersion)
      const form = asSelfForm(whole, rule)
      const kept = requireAnswers(form, body.answers)
      if (Object.keys(kept).length === 0) refuse('unprocessable', 'careplan.nothing-answered')
      const judged = await judge(all, row, whole.questionnaire, kept)
      const answer = await store.addSelfAnswer(all, {
        ...{ residentId: row.residentId, id: ctx.id(), followUpId: row.id, institutionId: row.institutionId },
        ...{ form: form.code, formVersion: form.version, answers: kept, answeredAt: ctx.now },
        ...{ byProxy: by.residentIds[0] !== row.residentId, urgent: judged.verdict === 'critical' },
        findings: judged.findings.filter((one) => one.verdict === 'critical'),
      })
      await showSelfAnswer(all, answer, whole)
      await tellOwner(all, row, answer, rule.urgentMinutes)
      return { answeredAt: answer.answeredAt, urgent: answer.urgent }
    })
  },
}
