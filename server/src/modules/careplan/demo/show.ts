import type { Ctx } from '../../../kernel/ctx.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import { showForms } from '../actions/show.ts'
import { toCarePlan, toGoal, toResponse } from '../fhir.ts'
import { listAfter } from '../store/enrolment.ts'
import { listDoneAfter } from '../store/follow-up.ts'
import { listForms, listProgrammes } from '../store/form.ts'

const MOST = 5_000

/** What was laid, as other systems read it: forms, plans with their goals, and what was answered. Call as the system. */
export async function demoShown(ctx: Ctx): Promise<void> {
  await showForms(ctx)
  const names = new Map((await listProgrammes(ctx)).map((one) => [one.code, one.name]))
  const plans = await listAfter(ctx, null, MOST)
  await projectMany(
    ctx,
    plans.flatMap((row) => {
      const about = { residentId: row.residentId, institutionId: row.institutionId }
      const plan = { resource: toCarePlan(row, names.get(row.programme) ?? ''), ...about }
      return row.goals.length > 0 ? [plan, { resource: toGoal(row), ...about }] : [plan]
    }),
  )
  const forms = new Map((await listForms(ctx)).map((one) => [`${one.code} ${one.version}`, one]))
  const done = await listDoneAfter(ctx, null, MOST)
  await projectMany(
    ctx,
    done.flatMap((row) => {
      const form = forms.get(`${row.form} ${row.formVersion ?? 1}`)
      const about = { residentId: row.residentId, institutionId: row.institutionId }
      return form ? [{ resource: toResponse(row, form), ...about }] : []
    }),
  )
}
