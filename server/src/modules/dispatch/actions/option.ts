import type { Option } from '@tongmai/api/dispatch/plan'
import type { Ctx } from '../../../kernel/ctx.ts'
import { airKm, findInstitution, type Point, travelMinutesTo } from '../../network/index.ts'
import { hindranceTo } from '../../workforce/index.ts'
import { type Trip, unsuitable } from '../choose-vehicle.ts'
import * as fleet from '../store/fleet.ts'
import type { MissionRow, VehicleRow } from '../store/row.ts'

/** Where an institution lies; null where nobody has said. */
export async function placeOf(ctx: Ctx, institutionId: string): Promise<Point | null> {
  const { longitude, latitude } = await findInstitution(ctx, institutionId)
  return longitude === null || latitude === null ? null : { longitude, latitude }
}

const pointOf = ({ longitude, latitude }: VehicleRow): Point | null =>
  longitude === null || latitude === null ? null : { longitude, latitude }

/** Minutes until each vehicle is at a place: by the open roads, by air for a helicopter, with what it takes to start. */
export async function minutesUntil(
  ctx: Ctx,
  vehicles: readonly VehicleRow[],
  place: Point | null,
): Promise<Map<string, number>> {
  if (!place) return new Map()
  const placed = vehicles.flatMap((one) => {
    const point = pointOf(one)
    return point ? [{ one, point }] : []
  })
  const driving = placed.filter(({ one }) => one.speedKmh === null)
  const byRoad = await travelMinutesTo(ctx, new Map(driving.map(({ one, point }) => [one.id, point])), place)
  const found = new Map<string, number>()
  for (const { one, point } of placed) {
    const minutes = one.speedKmh === null ? byRoad.get(one.id) : (airKm(point, place) / one.speedKmh) * 60
    if (minutes !== undefined) found.set(one.id, minutes + one.startMinutes)
  }
  return found
}

/** Practitioners of these crews who hold a current licence where their vehicle belongs. */
export async function licensedOf(ctx: Ctx, vehicles: readonly VehicleRow[]): Promise<Set<string>> {
  const held = new Set<string>()
  for (const { crew, institutionId } of vehicles) {
    for (const { practitionerId, role } of crew) {
      if (practitionerId === null || held.has(practitionerId)) continue
      const act = role === 'nurse' ? ('record' as const) : ('diagnose' as const)
      if (!(await hindranceTo(ctx, { practitionerId, act, institutionId }))) held.add(practitionerId)
    }
  }
  return held
}

/** What the choice of a vehicle for this mission looks at, beside the vehicle. */
export async function tripOf(ctx: Ctx, row: MissionRow): Promise<Trip> {
  const sites = await fleet.listSites(ctx, [row.fromInstitutionId, row.toInstitutionId])
  const open = (institutionId: string) =>
    sites.some((site) => site.institutionId === institutionId && site.closedReason === null)
  return {
    urgency: row.urgency,
    needs: row.needs,
    flight: row.flight?.go ?? null,
    landing: { from: open(row.fromInstitutionId), to: open(row.toInstitutionId) },
  }
}

const tenth = (n: number): number => Math.round(n * 10) / 10

/** The vehicles for a mission: suitable ones first, the nearest by time on top; the rest with what speaks against them. */
export async function optionsOf(ctx: Ctx, row: MissionRow): Promise<Option[]> {
  const vehicles = (await fleet.list(ctx)).filter((one) => one.missionId !== row.id)
  const place = await placeOf(ctx, row.fromInstitutionId)
  const [minutes, licensed] = [await minutesUntil(ctx, vehicles, place), await licensedOf(ctx, vehicles)]
  const trip = await tripOf(ctx, row)
  const options = vehicles.map((vehicle): Option => {
    const taken = minutes.get(vehicle.id) ?? null
    const why = unsuitable({ ...vehicle, licensed, minutes: taken }, trip)
    const point = pointOf(vehicle)
    return {
      vehicleId: vehicle.id,
      name: vehicle.name,
      plate: vehicle.plate,
      kind: vehicle.kind,
      base: vehicle.base ?? '',
      minutes: taken === null ? null : tenth(taken),
      airKm: point && place ? tenth(airKm(point, place)) : null,
      suitable: why.length === 0,
      why: why.map((code) => `dispatch.unsuitable-${code}`),
    }
  })
  const far = Number.POSITIVE_INFINITY
  return options.sort(
    (a, b) => Number(b.suitable) - Number(a.suitable) || (a.minutes ?? far) - (b.minutes ?? far),
  )
}
