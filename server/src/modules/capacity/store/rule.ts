import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { tables } from './tables-of.ts'

export type RuleCode =
  | 'layDays'
  | 'holdMinutes'
  | 'offerMinutes'
  | 'bedHoldMinutes'
  | 'ownBookingsMost'
  | 'cancelHours'
  | 'confidenceHalfMinutes'
  | 'waitingDays'

/** The number that is in force today. */
export async function ruleOf(ctx: Ctx, code: RuleCode): Promise<number> {
  const { rows } = await sql<{
    value: number | null
  }>`select capacity.rule_on(${code}, ${dayOf(ctx.now)}) as value`.execute(tables(ctx))
  const value = rows[0]?.value
  if (value === null || value === undefined) throw new Error(`no rule ${code}`)
  return value
}
