import type { Form } from '@tongmai/api/careplan/form'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type ResourceOwner, type Stored } from '../../../kernel/resource/owner.ts'
import { project } from '../../../kernel/resource/project.ts'
import {
  type Answered,
  isOurs,
  toCarePlan,
  toDevice,
  toGoal,
  toQuestionnaire,
  toResponse,
  toSelfResponse,
} from '../fhir.ts'
import { listLentAfter } from '../store/device.ts'
import { type EnrolmentRow, listAfter } from '../store/enrolment.ts'
import { listDoneAfter } from '../store/follow-up.ts'
import { findForm, listForms, listProgrammes } from '../store/form.ts'
import { listAnswersAfter, type SelfAnswerRow } from '../store/self-answer.ts'
import { rebuildFollowed, rebuildPathways } from './show-pathway.ts'

/** Puts the plan of an enrolment and its goals into the FHIR store. */
export async function showPlan(ctx: Ctx, row: EnrolmentRow, title: string): Promise<void> {
  const about = { residentId: row.residentId, institutionId: row.institutionId }
  await project(ctx, { resource: toCarePlan(row, title), ...about })
  if (row.goals.length > 0) await project(ctx, { resource: toGoal(row), ...about })
}

/** Puts the answers of a follow-up into the FHIR store. */
export async function showAnswers(
  ctx: Ctx,
  row: Answered & { readonly institutionId: string },
  form: Form,
): Promise<void> {
  const about = { residentId: row.residentId, institutionId: row.institutionId }
  await project(ctx, { resource: toResponse(row, form), ...about })
}

/** Puts what a resident answered beforehand into the FHIR store. */
export const showSelfAnswer = (ctx: Ctx, row: SelfAnswerRow, form: Form): Promise<unknown> =>
  project(ctx, {
    ...{ resource: toSelfResponse(row, form) },
    ...{ residentId: row.residentId, institutionId: row.institutionId },
  })

/** Puts the forms into the FHIR store; what has not changed makes no new version. */
export async function showForms(ctx: Ctx): Promise<void> {
  for (const form of await listForms(ctx))
    await project(ctx, { resource: toQuestionnaire(form), institutionId: null })
}

async function rebuildForms(ctx: Ctx): Promise<null> {
  await showForms(ctx)
  return null
}

/** Projects the plans anew, in id order. */
async function rebuildPlans(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const names = new Map((await listProgrammes(ctx)).map((one) => [one.code, one.name]))
  const rows = await listAfter(ctx, after, limit)
  for (const row of rows) await showPlan(ctx, row, names.get(row.programme) ?? '')
  return lastOf(rows, limit)
}

async function rebuildAnswers(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await listDoneAfter(ctx, after, limit)
  for (const row of rows) await showAnswers(ctx, row, await findForm(ctx, row.form, row.formVersion ?? 1))
  return lastOf(rows, limit)
}

async function rebuildSelfAnswers(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await listAnswersAfter(ctx, after, limit)
  for (const row of rows) await showSelfAnswer(ctx, row, await findForm(ctx, row.form, row.formVersion))
  return lastOf(rows, limit)
}

async function rebuildDevices(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await listLentAfter(ctx, after, limit)
  for (const { residentId, ...row } of rows) {
    const { institutionId } = row
    await project(ctx, { resource: toDevice(row, residentId), residentId, institutionId })
  }
  return lastOf(rows, limit)
}

/** A plan comes from an enrolment and answers from a follow-up, whose rules a FHIR write would pass by. */
async function throughApi(): Promise<Stored> {
  return refuse('conflict', 'careplan.write-through-api')
}
const own = { owns: isOurs, models: ['identifier', 'status'], create: throughApi, change: throughApi }

/** Our CarePlans, PlanDefinitions, Goals, Questionnaires, QuestionnaireResponses and Devices: read over FHIR, written by the module's own acts. */
export const owners: readonly ResourceOwner[] = [
  { type: 'CarePlan', ...own, rebuild: { name: 'careplan.plan', edition: 1, run: rebuildPlans } },
  {
    type: 'CarePlan',
    ...own,
    rebuild: { name: 'careplan.followed-pathway', edition: 1, run: rebuildFollowed },
  },
  { type: 'PlanDefinition', ...own, rebuild: { name: 'careplan.pathway', edition: 1, run: rebuildPathways } },
  { type: 'Goal', ...own },
  { type: 'Device', ...own, rebuild: { name: 'careplan.device', edition: 1, run: rebuildDevices } },
  { type: 'Questionnaire', ...own, rebuild: { name: 'careplan.form', edition: 1, run: rebuildForms } },
  {
    type: 'QuestionnaireResponse',
    ...own,
    rebuild: { name: 'careplan.follow-up', edition: 1, run: rebuildAnswers },
  },
  {
    type: 'QuestionnaireResponse',
    ...own,
    rebuild: { name: 'careplan.self-answer', edition: 1, run: rebuildSelfAnswers },
  },
]
