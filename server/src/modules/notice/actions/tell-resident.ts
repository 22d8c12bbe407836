import type { Ctx } from '../../../kernel/ctx.ts'
import type { Heard } from '../../../kernel/module.ts'
import { tell } from '../events.ts'
import { add } from '../store/mine.ts'

/** Of an event's data, what the words and the way of a line need: a day, a number, a need. Why something was done may be clinical. */
const SAID = ['on', 'count', 'for'] as const

/** Puts one line into the inbox of the resident whom an event is about, once. Runs as the system. */
export async function tellResident(ctx: Ctx, event: Heard<unknown>): Promise<void> {
  const { residentId } = event
  if (residentId === null) return
  const data = event.data as Readonly<Record<string, unknown>>
  const said = Object.fromEntries(SAID.flatMap((name) => (data[name] == null ? [] : [[name, data[name]]])))
  const { id, at, name: code, thing, actorId } = event
  const line = { residentId, id, at, code, thing, actorId, readAt: null, data: JSON.stringify(said) }
  if (!(await add(ctx, line))) return
  await tell(ctx, 'notice.arrived', { thing, residentId, audience: [], data: { accountIds: [], code } })
}
