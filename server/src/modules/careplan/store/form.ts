import type { Form } from '@tongmai/api/careplan/form'
import type { Programme, ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tables } from './tables-of.ts'

/** A form as it is asked on a day, or one version of it. */
export async function findForm(ctx: Ctx, code: string, version?: number): Promise<Form> {
  const row = await tables(ctx)
    .selectFrom('careplan.form')
    .select(['code', 'version', 'title', 'source', 'questionnaire'])
    .where('code', '=', code)
    .$if(version !== undefined, (q) => q.where('version', '=', version as number))
    .where('since', '<=', dayOf(ctx.now))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.form-missing')
}

/** Every version of every form that is or was asked. */
export const listForms = (ctx: Ctx): Promise<Form[]> =>
  tables(ctx)
    .selectFrom('careplan.form')
    .select(['code', 'version', 'title', 'source', 'questionnaire'])
    .where('since', '<=', dayOf(ctx.now))
    .orderBy('code')
    .orderBy('version')
    .execute()

/** The forms that there are today, by code. */
export async function formCodes(ctx: Ctx): Promise<ReadonlySet<string>> {
  const rows = await tables(ctx).selectFrom('careplan.form').select('code').distinct().execute()
  return new Set(rows.map((row) => row.code))
}

/** Every programme as it stands today, with its form. */
export async function listProgrammes(ctx: Ctx): Promise<Programme[]> {
  const rows = await tables(ctx)
    .selectFrom('careplan.programme')
    .selectAll()
    .distinctOn('code')
    .where('since', '<=', dayOf(ctx.now))
    .orderBy('code')
    .orderBy('since', 'desc')
    .execute()
  const programmes: Programme[] = []
  for (const { form, ...row } of rows) programmes.push({ ...row, form: await findForm(ctx, form) })
  return programmes
}

/** One programme by the rules of today. */
export async function findProgramme(ctx: Ctx, code: ProgrammeCode): Promise<Programme> {
  const found = (await listProgrammes(ctx)).find((one) => one.code === code)
  return found ?? refuse('unprocessable', 'careplan.programme-missing')
}

export type RuleCode =
  | 'overdueDays'
  | 'missedRun'
  | 'dropOutDays'
  | 'dischargeDays'
  | 'alertAgeHours'
  | 'rawMonths'
  | 'strayDays'
  | 'refusedDays'

/** The number that a rule gives on a day. */
export async function ruleOf(ctx: Ctx, code: RuleCode, day = dayOf(ctx.now)): Promise<number> {
  const row = await tables(ctx)
    .selectFrom('careplan.rule')
    .select('value')
    .where('code', '=', code)
    .where('since', '<=', day)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new Error(`no rule ${code} on ${day}`)
  return row.value
}

const DAYS_OF_MONTH = 31

/** The day as far back as raw readings are kept: months that ended before it are dropped. */
export const rawSince = async (ctx: Ctx): Promise<string> =>
  dayAfter(dayOf(ctx.now), -(await ruleOf(ctx, 'rawMonths')) * DAYS_OF_MONTH)
