import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Resource, Stored } from '../../../kernel/resource/owner.ts'
import { planAfterDischarge } from './planned.ts'

const INPATIENT: readonly unknown[] = ['IMP', 'ACUTE', 'NONAC']

/** On which day an inpatient stay ended, as the hospital's system sent it; null where it did not, or was none. */
export function dischargedOn(encounter: Resource): string | null {
  const { class: kind, period } = encounter as { class?: { code?: string }; period?: { end?: string } }
  if (!INPATIENT.includes(kind?.code) || encounter.status !== 'finished' || !period?.end) return null
  return period.end.length > 10 ? dayOf(new Date(period.end)) : period.end
}

/** A stay that was stored as ended is followed up by the family doctor. */
export async function noteDischarge(ctx: Ctx, stored: Stored, encounter: Resource): Promise<void> {
  const on = dischargedOn(encounter)
  if (!on || !stored.residentId) return
  await planAfterDischarge(ctx, { residentId: stored.residentId, on, source: `encounter:${stored.id}` })
}
