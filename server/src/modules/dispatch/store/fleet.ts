import type { CrewMember, LandingSite, VehicleKind, VehicleState } from '@tongmai/api/dispatch/fleet'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { readVehicle, tables, type VehicleRow } from './row.ts'

const FLEET_MAX = 2_000

/** Vehicles are seen by everybody who dispatches: a neighbour's ambulance may be the nearest. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('dispatch.vehicle as v')

export interface FleetFilter {
  readonly kind?: VehicleKind | undefined
  readonly state?: VehicleState | undefined
  readonly institutionId?: string | undefined
  readonly ids?: readonly string[]
}

export type NamedVehicle = VehicleRow & { base: string | null }

/** The vehicles with the name of their base, by base and name. */
export async function list(ctx: Ctx, filter: FleetFilter = {}): Promise<NamedVehicle[]> {
  const rows = await visible(ctx)
    .leftJoin('network.name as n', 'n.id', 'v.institutionId')
    .selectAll('v')
    .select('n.shortName as base')
    .$if(filter.kind !== undefined, (q) => q.where('v.kind', '=', filter.kind as VehicleKind))
    .$if(filter.state !== undefined, (q) => q.where('v.state', '=', filter.state as VehicleState))
    .$if(filter.institutionId !== undefined, (q) =>
      q.where('v.institutionId', '=', filter.institutionId as string),
    )
    .$if(filter.ids !== undefined, (q) => q.where('v.id', 'in', [...(filter.ids ?? [])]))
    .orderBy('n.shortName')
    .orderBy('v.name')
    .orderBy('v.id')
    .limit(FLEET_MAX)
    .execute()
  return rows.map((row) => readVehicle(row))
}

/** The vehicle with its base, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<NamedVehicle> =>
  (await list(ctx, { ids: [id] }))[0] ?? refuse('missing', 'dispatch.vehicle-missing')

/** The vehicle, held until the transaction ends, so that two missions cannot take it; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<VehicleRow> {
  const row = await visible(ctx).selectAll('v').where('v.id', '=', id).forUpdate().executeTakeFirst()
  return row ? readVehicle(row) : refuse('missing', 'dispatch.vehicle-missing')
}

type Facts = Pick<VehicleRow, 'plate' | 'name' | 'kind' | 'equipment' | 'crew' | 'speedKmh' | 'startMinutes'>
const written = (facts: Facts) => ({ ...facts, crew: JSON.stringify(facts.crew satisfies CrewMember[]) })

/** Adds a vehicle, off duty; refuses where its plate is taken. */
export async function add(
  ctx: Ctx,
  vehicle: Facts & Pick<VehicleRow, 'id' | 'institutionId'> & Partial<VehicleRow>,
): Promise<void> {
  const added = await tables(ctx)
    .insertInto('dispatch.vehicle')
    .values({ state: 'offDuty', ...vehicle, ...written(vehicle) })
    .onConflict((conflict) => conflict.column('plate').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) refuse('conflict', 'dispatch.plate-taken')
}

/** Changes what a vehicle is, where it is or what it does; its version goes up. */
export async function change(
  ctx: Ctx,
  id: string,
  { crew, ...set }: Partial<Omit<VehicleRow, 'id' | 'institutionId'>>,
): Promise<void> {
  await tables(ctx)
    .updateTable('dispatch.vehicle as v')
    .set((eb) => ({
      ...set,
      ...(crew ? { crew: JSON.stringify(crew) } : {}),
      version: eb('v.version', '+', 1),
    }))
    .where('v.id', '=', id)
    .execute()
}

/** Where a helicopter may land, of these institutions or of all. */
export const listSites = async (ctx: Ctx, institutionIds?: readonly string[]): Promise<LandingSite[]> => {
  const rows = await tables(ctx)
    .selectFrom('dispatch.landingSite as s')
    .leftJoin('network.name as n', 'n.id', 's.institutionId')
    .selectAll('s')
    .select('n.shortName as institution')
    .$if(institutionIds !== undefined, (q) => q.where('s.institutionId', 'in', [...(institutionIds ?? [])]))
    .orderBy('n.shortName')
    .limit(FLEET_MAX)
    .execute()
  return rows.map((row) => ({ ...row, institution: row.institution ?? '' }))
}

/** Enters the landing site of an institution, or changes it. */
export async function addSite(ctx: Ctx, site: Omit<LandingSite, 'institution'>): Promise<void> {
  const { institutionId, id, ...facts } = site
  await tables(ctx)
    .insertInto('dispatch.landingSite')
    .values({ institutionId, id, ...facts })
    .onConflict((conflict) => conflict.column('institutionId').doUpdateSet(facts))
    .execute()
}

/** The dispatch desk that an institution calls: the one that says it serves it, or its own. */
export async function deskOf(ctx: Ctx, institutionId: string): Promise<string> {
  const row = await tables(ctx)
    .selectFrom('dispatch.desk')
    .select('deskId')
    .where('institutionId', '=', institutionId)
    .executeTakeFirst()
  return row?.deskId ?? institutionId
}

/** The institutions that call this desk. */
export const listServed = async (ctx: Ctx, deskId: string): Promise<{ id: string; name: string }[]> => {
  const rows = await tables(ctx)
    .selectFrom('dispatch.desk as d')
    .leftJoin('network.name as n', 'n.id', 'd.institutionId')
    .select(['d.institutionId as id', 'n.name'])
    .where('d.deskId', '=', deskId)
    .orderBy('n.name')
    .limit(FLEET_MAX)
    .execute()
  return rows.map(({ id, name }) => ({ id, name: name ?? '' }))
}

/** From now on exactly these call this desk; refuses where one of them calls another. */
export async function setServed(ctx: Ctx, deskId: string, institutionIds: readonly string[]): Promise<void> {
  await tables(ctx).deleteFrom('dispatch.desk').where('deskId', '=', deskId).execute()
  if (institutionIds.length === 0) return
  const added = await tables(ctx)
    .insertInto('dispatch.desk')
    .values(institutionIds.map((institutionId) => ({ institutionId, deskId })))
    .onConflict((conflict) => conflict.column('institutionId').doNothing())
    .returning('institutionId')
    .execute()
  if (added.length < institutionIds.length) refuse('conflict', 'dispatch.calls-another-desk')
}
