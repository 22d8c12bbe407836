import type { Ctx } from '../../../kernel/ctx.ts'
import type { Point } from '../road-map.ts'
import { listWithin } from '../store/road.ts'
import { roadsNow } from './roads-now.ts'

const ROADS_DRAWN_MAX = 1_500
/** Around the outermost places, so that a road along the edge is drawn too. */
const EDGE_DEGREES = 0.03

/** Where the open institutions of the region lie, by id; one without a position is left out. */
export const placesNow = async (ctx: Ctx): Promise<ReadonlyMap<string, Point>> => (await roadsNow(ctx)).places

/** The open roads around some places, for a map: longitude and latitude of either end; none where there are no places. */
export async function drawnRoads(
  ctx: Ctx,
  around: readonly Point[],
): Promise<[number, number, number, number][]> {
  if (around.length === 0) return []
  const [xs, ys] = [around.map((one) => one.longitude), around.map((one) => one.latitude)]
  const box = {
    ...{ west: Math.min(...xs) - EDGE_DEGREES, east: Math.max(...xs) + EDGE_DEGREES },
    ...{ south: Math.min(...ys) - EDGE_DEGREES, north: Math.max(...ys) + EDGE_DEGREES },
  }
  return listWithin(ctx, box, ROADS_DRAWN_MAX)
}
