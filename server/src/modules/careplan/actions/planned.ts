import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tell } from '../events.ts'
import { debtOf } from '../policy.ts'
import * as store from '../store/follow-up.ts'
import { formCodes } from '../store/form.ts'
import { settle } from './overdue.ts'

/** Follow-ups that spring from something: a discharge, a down-referral. */
export interface PlannedFollowUps {
  readonly residentId: string
  /** Who is to do them. */
  readonly institutionId: string
  readonly practitionerId: string | null
  /** The thing they spring from, `referral:<id>`; they end with it. */
  readonly source: string
  /** Why, in words that the resident reads too. */
  readonly reason: string
  /** Each with its day and the code of its form; an unknown form is the general one. */
  readonly items: readonly { readonly dueOn: string; readonly form: string }[]
}

const GENERAL = 'general'

/** Plans follow-ups in the caller's transaction. */
export async function planFollowUps(ctx: Ctx, planned: PlannedFollowUps): Promise<void> {
  const { items, ...of } = planned
  if (items.length === 0) return
  const known = await formCodes(ctx)
  const rows = items.map(({ dueOn, form }) => ({ ...of, dueOn, form: known.has(form) ? form : GENERAL }))
  await asSystem(ctx, (all) => store.add(all, rows))
  const { residentId, institutionId, practitionerId, source } = planned
  await tell(ctx, 'careplan.follow-ups-planned', {
    ...{ thing: debtOf(residentId, institutionId), residentId, audience: [institutionId] },
    data: { institutionId, practitionerId, source, count: items.length },
  })
}

/** Ends what is still due from a source, in the caller's transaction. */
export async function endFollowUps(ctx: Ctx, source: string): Promise<void> {
  const ended = await asSystem(ctx, (all) => store.endAll(all, source))
  const owed = new Map(ended.map((row) => [`${row.residentId} ${row.institutionId}`, row]))
  for (const row of owed.values()) await settle(ctx, row.residentId, row.institutionId)
}
