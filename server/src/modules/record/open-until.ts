import { startOf } from '../../kernel/resource/happened.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { textAt } from './element.ts'

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
