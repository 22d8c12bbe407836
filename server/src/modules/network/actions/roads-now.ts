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
  /** Where each institution stands in the order of `places`. */
  readonly index: ReadonlyMap<string, number>
  /** From those who asked, the minutes to every place in that order: 13 MB where 1 300 ask about 1 300. */
  readonly toAll: Map<string, Float64Array>
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
  const index = new Map([...places.keys()].map((id, i) => [id, i]))
  const roads: Roads = { map, places, index, measured: await travelTimes.list(ctx), toAll: new Map() }
  if (begun === epoch) remembered = roads
  return roads
}
