import type { ScheduleException } from '@tongmai/api/capacity/schedule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { tell } from '../events.ts'
import { planSlots } from '../plan-slots.ts'
import { ruleOf } from '../store/rule.ts'
import * as store from '../store/schedule.ts'
import * as slots from '../store/slot.ts'
import { fill } from './fill.ts'
import { showLaid } from './show.ts'

export interface Laid {
  readonly id: string
  /** How many slots are new. */
  readonly slots: number
  /** How many bookings stay on slots that the plan no longer has. */
  readonly displaced: number
}

/**
 * Lays the slots of a schedule from today on as far ahead as the rule says. Idempotent: what is there stays, what
 * nobody has booked follows the plan, and who waits gets what is new.
 */
export async function lay(all: Ctx, row: store.ScheduleRow): Promise<Laid> {
  const today = dayOf(all.now)
  const ahead = await ruleOf(all, 'layDays')
  const quotas = await store.listQuotas(all, [row.id])
  const exceptions: ScheduleException[] = await store.listExceptions(all, [row.id], today)
  const rules = { quotasOn: (day: string) => store.quotasOn(quotas, day), exceptions }
  const planned = planSlots(row, rules, { from: today, to: dayAfter(today, ahead) }).filter(
    (slot) => slot.startsAt > all.now,
  )
  const added = await slots.lay(all, row, planned)
  const { displaced, gone } = await slots.clearBeside(all, row, { from: all.now, keep: planned })
  await showLaid(all, added, gone)
  if (added.length > 0 || gone.length > 0) await announceLaid(all, row)
  if (added.length > 0) await fill(all, { departmentId: row.departmentId, kind: row.kind })
  return { id: row.id, slots: added.length, displaced }
}

/** What is laid at one go concerns the whole department. */
const announceLaid = (ctx: Ctx, { id, institutionId, departmentId, kind }: store.ScheduleRow) =>
  tell(ctx, 'capacity.place-changed', {
    thing: `department:${departmentId}`,
    audience: [institutionId],
    data: {
      ...{ placeId: id, institutionId, departmentId, kind, what: 'laid' },
      ...{ reservationId: null, for: null, reason: null },
    },
  })
