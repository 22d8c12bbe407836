import { createHash } from 'node:crypto'
import type { ConsentText } from '@tongmai/api/contract/shape'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tables } from './tables-of.ts'

export type RuleCode =
  | 'panelLimit'
  | 'renewalDays'
  | 'answerHours'
  | 'unservedDays'
  | 'neverLeftMetres'
  | 'twoPlacesMetres'
  | 'sameReadingsCount'
  | 'firstContactDays'
  | 'referredDays'
  | 'adviceHours'
  | 'officeFromHour'
  | 'officeToHour'
  | 'homeBedReviewDays'
  | 'homeBedAnswerHours'
  | 'surveyEveryDays'
  | 'surveyYearDays'
  | 'surveyOpenDays'
  | 'surveyLeast'
  | 'satisfiedFrom'

/** The number that a rule gives on a day. */
export async function ruleOf(ctx: Ctx, code: RuleCode, day = dayOf(ctx.now)): Promise<number> {
  const row = await tables(ctx)
    .selectFrom('contract.rule')
    .select('value')
    .where('code', '=', code)
    .where('since', '<=', day)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new Error(`no rule ${code} on ${day}`)
  return row.value
}

/** What is agreed to: the contract, or a bed at home. */
export type Agreed = 'contract' | 'homeBed'

/** The consent text of a version, or the one in force today. */
export async function findConsent(
  ctx: Ctx,
  { version, about = 'contract' }: { version?: string; about?: Agreed } = {},
): Promise<ConsentText> {
  const row = await tables(ctx)
    .selectFrom('contract.consentText')
    .select(['version', 'since', 'title', 'text'])
    .where('about', '=', about)
    .$if(version !== undefined, (q) => q.where('version', '=', version as string))
    .$if(version === undefined, (q) => q.where('since', '<=', dayOf(ctx.now)))
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return refuse('unprocessable', 'contract.consent-unknown')
  return { ...row, hash: createHash('sha256').update(row.text).digest('hex') }
}
