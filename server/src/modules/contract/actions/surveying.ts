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
import { type SurveyScope, type Told, toldBy } from '../survey-cell.ts'

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

interface Where {
  readonly communityId: string
  readonly from: string
  readonly to: string
}

/** What may be told of a community's answers, by scope. */
async function tellerOf(ctx: Ctx, where: Where) {
  const least = await ruleOf(ctx, 'surveyLeast')
  const satisfiedFrom = await ruleOf(ctx, 'satisfiedFrom')
  const cells = await asSystem(ctx, (all) => store.listCells(all, where, satisfiedFrom))
  return { least, satisfiedFrom, told: (scope: SurveyScope) => toldBy(cells, scope, least) }
}

/** How content the residents of a team were: as whoever asks elsewhere says, else by our own questionnaires, where enough answered. */
export async function satisfactionOfTeam(
  ctx: Ctx,
  of: Where & { teamId: string },
): Promise<{ share: Share | null; surveyed: Surveyed }> {
  const { communityId: _, ...asked } = of
  const { least, told } = await tellerOf(ctx, of)
  const counted = await asSystem(ctx, (all) => store.count(all, of))
  const { answered, satisfied } = told({ teamId: of.teamId })
  const own = answered > 0 ? { have: satisfied, should: answered } : null
  const share = (await satisfactionOf.ask(ctx, asked)) ?? own
  return { share, surveyed: { ...counted, least } }
}

const shown = (
  of: SurveyRow['of'],
  row: store.Counted & { id: string; name: string },
  { answered: counted, satisfied, scores }: Told,
): SurveyRow => ({
  ...{ of, id: row.id, name: row.name, asked: row.asked, answered: row.answered, counted },
  satisfied: counted > 0 ? satisfied : null,
  meanScore: counted > 0 ? Math.round(scores / counted) : null,
})

async function summary(ctx: Ctx, span: { from: string; to: string }) {
  const communityId = ownInstitution(ctx.actor)
  const all = { communityId, ...span }
  const { least, satisfiedFrom, told } = await tellerOf(ctx, all)
  return asSystem(ctx, async (system) => {
    const name = (await namesOf(system, [communityId])).get(communityId) ?? ''
    const whole = await store.count(system, all)
    const teams = await store.countEach(system, all, 'team')
    const doctors = await store.countEach(system, all, 'doctor')
    const rows = [
      shown('community', { id: communityId, name, ...whole }, told({})),
      ...teams.map((row) => shown('team', row, told({ teamId: row.id }))),
      ...doctors.map((row) => shown('doctor', row, told({ doctorId: row.id }))),
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

  async listSurveyAnswers(ctx, { query: { offset, limit, teamId, doctorId, ...span } }) {
    const communityId = ownInstitution(ctx.actor)
    const { told } = await tellerOf(ctx, { communityId, ...span })
    const { quarters } = told({ ...(teamId && { teamId }), ...(doctorId && { doctorId }) })
    const of = { communityId, teamId, doctorId, quarters }
    return asSystem(ctx, (all) => store.listAnswers(all, of, { offset, limit }))
  },
}
