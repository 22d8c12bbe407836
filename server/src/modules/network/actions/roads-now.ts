import type { Ctx } from '../../../kernel/ctx.ts'
import { layRoadMap, type Point, type RoadMap } from '../road-map.ts'
import { listPlaces } from '../store/institution.ts'
import { listJunctions, listOpen, ROADS_MAX } from '../store/road.ts'
import * as travelTimes from '../store/travel-time.ts'

/** The open roads and where the institutions lie, as this process remembers them. */
export interface Roads {
  readonly map: RoadMap
  readonly places: ReadonlyMap<string, Point>
  /** What a routing service measured, from institution to institution. */
  readonly measured: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** From those who asked, the minutes to every institution. */
  readonly toAll: Map<string, ReadonlyMap<string, number>>
}

let remembered: Roads | undefined
let epoch = 0

/** The next question reads the network anew. */
export function forgetRoads(): void {
  epoch += 1
  remembered = undefined
}

/** The road network; read once, and again after it has changed. What changes while it is read is not remembered. */
export async function roadsNow(ctx: Ctx): Promise<Roads> {
  if (remembered) return remembered
  const begun = epoch
  const junctions = await listJunctions(ctx, ROADS_MAX)
  const map = layRoadMap(junctions, await listOpen(ctx))
  const places = new Map((await listPlaces(ctx)).map(({ id, ...point }) => [id, point]))
  const roads: Roads = { map, places, measured: await travelTimes.list(ctx), toAll: new Map() }
  if (begun === epoch) remembered = roads
  return roads
}
