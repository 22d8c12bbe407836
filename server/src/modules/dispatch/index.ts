/**
 * Transport 转运: ambulances, isolation vehicles, helicopters and shuttles, and the missions they drive, from the call
 * to the vehicle that is ready again.
 * Words: desk (who dispatches for an institution), carrier (the institution whose vehicle drives), escort, group
 * (of isolation), hand-over (signed by crew and receiver), release (a person's word that a helicopter may fly).
 * Invariants: a vehicle is on one mission at a time · whatever has not ended has one owner and one deadline · who
 * carries and who receives may open the record while it is under way, and no longer · no vehicle that carried an
 * isolated patient carries anybody before terminal disinfection · the nearest is the one that is there first, by
 * the open roads or by air.
 */
import { dispatchApi } from '@tongmai/api/dispatch'
import type { MissionLine, Vital } from '@tongmai/api/dispatch/mission'
import type { Ctx } from '../../kernel/ctx.ts'
import { type Module, serve } from '../../kernel/module.ts'
import { registerSource } from '../resident/index.ts'
import { actions } from './actions/actions.ts'
import { type Calling, call } from './actions/calling.ts'
import { demo } from './demo/index.ts'
import { dispatchEvents } from './events.ts'
import { listLines, listVitals } from './store/line.ts'
import { listUnderWay } from './store/mission.ts'

export type { Calling } from './actions/calling.ts'
export { entitleAgain } from './actions/entitle-ride.ts'
export { type DemoRide, demoRide } from './demo/index.ts'
export { vital as demoVital } from './demo/tale.ts'
export { dispatchEvents, type MissionEvent, type MissionMoved } from './events.ts'
export { greenChannelOf } from './question.ts'

/** Calls for transport on behalf of a thing that a later module holds; the caller has seen to its right to do so. */
export async function requestMission(ctx: Ctx, calling: Calling): Promise<{ id: string; number: string }> {
  const { id, number } = await call(ctx, calling)
  return { id, number }
}

/** The missions of a thing, the newest first, as far as the actor has a part in them. */
export const missionsOf = (ctx: Ctx, thing: string): Promise<MissionLine[]> => listLines(ctx, { thing })

/** What was measured on the way, mission by mission in the order of time, as far as the actor has a part. */
export const vitalsOf = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, Vital[]>> =>
  listVitals(ctx, ids)

/** The missions of these things that have not been called off, the newest of each. */
export async function ridesOf(ctx: Ctx, things: readonly string[]): Promise<Map<string, MissionLine>> {
  if (things.length === 0) return new Map()
  const lines = (await listLines(ctx, { things })).filter((line) => line.status !== 'cancelled')
  // The newest comes first: what is set last stays.
  return new Map(lines.toReversed().map((line) => [line.thing ?? '', line]))
}

/** These missions as lines of a list, as far as the actor has a part in them. */
export const missionLines = (ctx: Ctx, ids: readonly string[]): Promise<MissionLine[]> =>
  ids.length === 0 ? Promise.resolve([]) : listLines(ctx, { ids })

registerSource('mission', async (ctx, sources) => {
  const live = await listUnderWay(
    ctx,
    sources.map((source) => source.slice('mission:'.length)),
  )
  return new Set(live.map((id) => `mission:${id}`))
})

export const dispatch: Module = {
  name: 'dispatch',
  ...serve(dispatchApi, actions),
  events: dispatchEvents,
  demo,
}
