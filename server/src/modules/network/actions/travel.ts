import type { Ctx } from '../../../kernel/ctx.ts'
import type { Point } from '../road-map.ts'
import { roadsNow } from './roads-now.ts'

const reachable = (ids: readonly string[], minutes: readonly (number | undefined)[]): Map<string, number> => {
  const reached = new Map<string, number>()
  for (const [i, id] of ids.entries()) {
    const taken = minutes[i]
    if (taken !== undefined && Number.isFinite(taken)) reached.set(id, taken)
  }
  return reached
}

/** Minutes over the open roads from a place to institutions; one that no road leads to, or without a position, is left out. */
export async function travelMinutesFrom(
  ctx: Ctx,
  from: Point,
  toInstitutionIds: readonly string[],
): Promise<Map<string, number>> {
  const { map, places } = await roadsNow(ctx)
  const ids = toInstitutionIds.filter((id) => places.has(id))
  const points = ids.map((id) => places.get(id) ?? from)
  return reachable(ids, map.from(from, points))
}

/** As `travelMinutesFrom`, from an institution, by a routing service's figure where there is one; to itself it takes no time. */
export async function travelMinutes(
  ctx: Ctx,
  fromInstitutionId: string,
  toInstitutionIds: readonly string[],
): Promise<Map<string, number>> {
  const { places, measured } = await roadsNow(ctx)
  const from = places.get(fromInstitutionId)
  const found = from ? await travelMinutesFrom(ctx, from, toInstitutionIds) : new Map<string, number>()
  const asked = new Set(toInstitutionIds)
  for (const [id, minutes] of measured.get(fromInstitutionId) ?? []) if (asked.has(id)) found.set(id, minutes)
  if (asked.has(fromInstitutionId)) found.set(fromInstitutionId, 0)
  return found
}

/**
 * As `travelMinutes`, to every institution; for who ranks them all. Undefined where no way leads. What was reckoned from
 * an institution once is remembered until a road changes.
 */
export async function travelMinutesToAll(
  ctx: Ctx,
  fromInstitutionId: string,
): Promise<(toInstitutionId: string) => number | undefined> {
  const { map, places, index, measured, toAll } = await roadsNow(ctx)
  const own = measured.get(fromInstitutionId)
  const from = places.get(fromInstitutionId)
  let reached = toAll.get(fromInstitutionId)
  if (!reached && from) {
    reached = Float64Array.from(map.from(from, [...places.values()]))
    toAll.set(fromInstitutionId, reached)
  }
  return (to) => {
    if (to === fromInstitutionId) return 0
    const minutes = own?.get(to) ?? reached?.[index.get(to) ?? -1]
    return minutes === undefined || minutes === Number.POSITIVE_INFINITY ? undefined : minutes
  }
}

/** Minutes from each of several places (a fleet) to one; the keys are theirs, one without a way is left out. */
export async function travelMinutesTo(
  ctx: Ctx,
  starts: ReadonlyMap<string, Point>,
  to: Point,
): Promise<Map<string, number>> {
  const { map } = await roadsNow(ctx)
  return reachable([...starts.keys()], map.to([...starts.values()], to))
}

/** Minutes between each two of several places (homes), by key and key; a pair without a way is left out. */
export async function travelMinutesBetween(
  ctx: Ctx,
  places: ReadonlyMap<string, Point>,
): Promise<Map<string, Map<string, number>>> {
  const { map } = await roadsNow(ctx)
  const [ids, points] = [[...places.keys()], [...places.values()]]
  return new Map([...places].map(([id, from]) => [id, reachable(ids, map.from(from, points))]))
}
