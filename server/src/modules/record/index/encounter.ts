import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { grant } from '../../resident/index.ts'
import { openUntil } from '../open-until.ts'
import { findRule } from '../store/rule.ts'

/** Who treats somebody may open the record while it lasts and for some days after. */
export async function openForEncounter(ctx: Ctx, stored: Stored, encounter: Resource): Promise<void> {
  const { residentId, institutionId } = stored
  if (!residentId || !institutionId) return
  const until = openUntil(encounter, ctx.now, await findRule(ctx, 'encounterDays', dayOf(ctx.now)))
  if (!until) return
  await grant(ctx, {
    residentId,
    institutionId,
    basis: 'treatment',
    source: 'encounter',
    depth: 'full',
    until,
  })
}
