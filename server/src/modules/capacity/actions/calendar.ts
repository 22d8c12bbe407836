import type { World } from '../../../kernel/world.ts'
import { calendarOf, isSigned } from '../calendar.ts'
import { findLive } from '../store/calendar.ts'
import { listForCalendar } from '../store/slot.ts'

const PAST_MS = 7 * 24 * 3_600_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The calendar behind a private address, or null where it was not made here or has been replaced. */
export async function sendCalendar(
  world: World,
  { id, signature }: { id: string; signature: string },
): Promise<string | null> {
  if (!uuid.test(id) || !isSigned(id, signature)) return null
  return world.asSystem(null, async (ctx) => {
    const link = await findLive(ctx, id)
    if (!link) return null
    const slots = await listForCalendar(ctx, { ...link, from: new Date(ctx.now.getTime() - PAST_MS) })
    const name = link.departmentId
      ? `${slots[0]?.department ?? ''}出诊`
      : `${slots[0]?.practitioner ?? ''}出诊`
    return calendarOf(name, slots)
  })
}
