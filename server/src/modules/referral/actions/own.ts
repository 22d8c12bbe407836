import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ResourceOwner, Stored } from '../../../kernel/resource/owner.ts'
import { isOurs } from '../fhir.ts'
import * as store from '../store/referral.ts'
import { show } from './advance.ts'

/** A referral moves along its flow by the moves of the API, each with its duties; a FHIR write would go past them. */
async function throughApi(): Promise<Stored> {
  return refuse('conflict', 'referral.write-through-api')
}

/** Projects the sent referrals anew, in id order. */
async function rebuild(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  for (const row of rows) await show(ctx, row)
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null)
}

const own = { owns: isOurs, models: ['identifier', 'status'], create: throughApi, change: throughApi }

/** Our ServiceRequests and Tasks: read over FHIR, written by the moves. One rebuild makes both. */
export const owners: readonly ResourceOwner[] = [
  { type: 'ServiceRequest', ...own, rebuild },
  { type: 'Task', ...own },
]
