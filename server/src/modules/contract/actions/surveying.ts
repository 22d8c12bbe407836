import { type SurveyRow, scoreOf, type surveyApi } from '@tongmai/api/contract/survey'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { type Share, satisfactionOf } from '../question.ts'
import { namesOf } from '../store/hospital.ts'
import { ruleOf } from '../store/rule.ts'
import * as store from '../store/survey.ts'

/** Asks the resident how content they were, unless they were asked not long ago. */
export async function askSurvey(ctx: Ctx, of: store.Asked): Promise<void> {
  const spans = {
    everyDays: await ruleOf(ctx, 'surveyEveryDays'),
    openDays: await ruleOf(ctx, 'surveyOpenDays'),
  }
  // As the system: staff ask, and never see who answers.
  await asSystem(ctx, (all) => store.ask(all, of, spans))
}

/** Whoever has been under contract for a year is asked about it; some hundred at a time, as the system. */
export async function askYearly(ctx: Ctx): Promise<number> {
  const due = await store.listYearly(ctx, await ruleOf(ctx, 'surveyYearDays'))
  const openDays = await ruleOf(ctx, 'surveyOpenDays')
  for (const one of due) await store.ask(ctx, one, { everyDays: 0, openDays })
  return due.length
}

export interface Surveyed {
  readonly asked: number
  readonly answered: number
  /** Fewer answers than this are left out. */
  readonly least: number
}

/** How content the residents of a team were: as whoever asks elsewhere says, else by our own questionnaires, where enough answered. */
export async function satisfactionOfTeam(
  ctx: Ctx,
  of: { communityId: string; teamId: string; from: string; to: string },
): Promise<{ share: Share | null; surveyed: Surveyed }> {
  const { communityId, ...asked } = of
  const least = await ruleOf(ctx, 'surveyLeast')
  const from = await ruleOf(ctx, 'satisfiedFrom')
  const counted = await asSystem(ctx, (all) => store.count(all, { communityId, ...asked }, from))
  const enough = counted.answered >= least
  const own = enough ? { have: counted.satisfied, should: counted.answered } : null
  const share = (await satisfactionOf.ask(ctx, asked)) ?? own
  return { share, surveyed: { asked: counted.asked, answered: counted.answered, least } }
}

const shown = (
  of: SurveyRow['of'],
  row: store.Counted & { id: string; name: string },
  least: number,
): SurveyRow => {
  const open = row.answered >= least
  return {
    ...{ of, id: row.id, name: row.name, asked: row.asked, answered: row.answered },
    ...{ satisfied: open ? row.satisfied : null, meanScore: open ? row.meanScore : null },
  }
}

async function summary(ctx: Ctx, span: { from: string; to: string }) {
  const communityId = ownInstitution(ctx.actor)
  const least = await ruleOf(ctx, 'surveyLeast')
  const satisfiedFrom = await ruleOf(ctx, 'satisfiedFrom')
  const all = { communityId, ...span }
  return asSystem(ctx, async (system) => {
    const name = (await namesOf(system, [communityId])).get(communityId) ?? ''
    const whole = await store.count(system, all, satisfiedFrom)
    const teams = await store.countEach(system, all, { which: 'team', satisfiedFrom })
    const doctors = await store.countEach(system, all, { which: 'doctor', satisfiedFrom })
    const rows = [
      shown('community', { id: communityId, name, ...whole }, least),
      ...teams.map((row) => shown('team', row, least)),
      ...doctors.map((row) => shown('doctor', row, least)),
    ]
    return { least, satisfiedFrom, rows }
  })
}

/** Residents say how content they were; staff read it counted, and without names. */
export const surveying: Actions<typeof surveyApi> = {
  listMySurveys: (ctx, { query }) => store.listOwn(ctx, query),

  async answerMySurvey(ctx, { params, body: { answers, comment } }) {
    const row = await store.lock(ctx, params.id)
    if (row.answeredAt) refuse('conflict', 'contract.survey-answered')
    if (row.until < dayOf(ctx.now)) refuse('conflict', 'contract.survey-over')
    await store.answer(ctx, row, { answers, comment, score: Math.round(scoreOf(answers)) })
    // Nobody's audience: that somebody answered is nobody's business.
    await tell(ctx, 'contract.survey-answered', {
      ...{ thing: `contract-survey:${row.id}`, residentId: row.residentId, audience: [], data: {} },
    })
    return { id: row.id }
  },

  readSurveys: (ctx, { query }) => summary(ctx, query),

  async listSurveyAnswers(ctx, { query: { offset, limit, ...span } }) {
    const of = { communityId: ownInstitution(ctx.actor), ...span }
    const least = await ruleOf(ctx, 'surveyLeast')
    return asSystem(ctx, async (all) => {
      const { answered } = await store.count(all, of, 0)
      return answered < least ? { items: [], total: 0 } : store.listAnswers(all, of, { offset, limit })
    })
  },
}
