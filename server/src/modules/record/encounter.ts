import type { Ctx } from '../../kernel/ctx.ts'
import { dayOf } from '../../kernel/day.ts'
import { startOf } from '../../kernel/resource/happened.ts'
import type { Resource, Stored } from '../../kernel/resource/owner.ts'
import { grant } from '../resident/index.ts'
import { textAt } from './element.ts'
import { findRule } from './store.ts'

const DAY_MS = 86_400_000
const never = new Set(['planned', 'cancelled', 'entered-in-error'])

/** Until when an encounter lets its institution open the record; undefined where it is long over or never was. */
export function openUntil(encounter: Resource, now: Date, days: number): Date | undefined {
  if (never.has(String(encounter.status))) return undefined
  const said = textAt(encounter, 'period.end') ?? textAt(encounter, 'period.start')
  const isOver = encounter.status === 'finished'
  const last = isOver && said ? (startOf(said) ?? now) : now
  const until = new Date(last.getTime() + days * DAY_MS)
  return until > now ? until : undefined
}

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
