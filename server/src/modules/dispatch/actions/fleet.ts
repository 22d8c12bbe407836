import type { fleetApi, Vehicle } from '@tongmai/api/dispatch/fleet'
import { isEnded, missionStatuses } from '@tongmai/api/dispatch/flow'
import { type Actor, ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { findInstitution, leadsOver } from '../../network/index.ts'
import { tell } from '../events.ts'
import * as store from '../store/fleet.ts'
import { listLines } from '../store/line.ts'
import * as missions from '../store/mission.ts'
import type { VehicleRow } from '../store/row.ts'
import { partiesOf } from './advance.ts'
import { placeOf } from './option.ts'

const isOwn = (actor: Actor, one: { institutionId: string }): boolean =>
  actor.institutionId === one.institutionId

const shown = (actor: Actor, { base, ...row }: store.NamedVehicle): Vehicle => ({
  ...row,
  base: base ?? '',
  mayChange: isOwn(actor, row) && actor.permissions.has('dispatch.fleet'),
})

const read = async (ctx: Ctx, id: string): Promise<Vehicle> => shown(ctx.actor, await store.find(ctx, id))

/** Locks one's own vehicle; another institution's is there to be seen, not to be changed. */
async function lockOwn(ctx: Ctx, id: string): Promise<VehicleRow> {
  const row = await store.find(ctx, id)
  allow(isOwn(ctx.actor, row), 'dispatch.not-your-vehicle')
  return store.lock(ctx, id)
}

/** The vehicle may be changed now: nobody else has changed it, and it is on no mission. */
function requireIdle(row: VehicleRow, version: number): void {
  if (row.version !== version) refuse('conflict', 'dispatch.stale', { details: { version: row.version } })
  if (row.missionId) refuse('conflict', 'dispatch.vehicle-onMission')
}

/** Only a helicopter flies at a speed of its own; the rest drive as the roads take. */
const requireSpeed = (facts: Pick<VehicleRow, 'kind' | 'speedKmh'>): void => {
  if ((facts.kind === 'helicopter') === (facts.speedKmh !== null)) return
  refuse('unprocessable', 'dispatch.speed-for-helicopters', {
    fields: [{ path: 'body.speedKmh', problem: 'helicopters only' }],
  })
}

/** Announces that a vehicle does something else now. */
export const tellVehicle = (ctx: Ctx, vehicle: VehicleRow, state: string): Promise<void> =>
  tell(ctx, 'dispatch.vehicle-changed', {
    thing: `vehicle:${vehicle.id}`,
    audience: [vehicle.institutionId],
    data: { vehicleId: vehicle.id, state },
  })

export const fleetActions: Actions<typeof fleetApi> = {
  listVehicles: async (ctx, { query }) => (await store.list(ctx, query)).map((row) => shown(ctx.actor, row)),

  async addVehicle(ctx, { body }) {
    requireSpeed(body)
    const row = { ...body, id: ctx.id(), institutionId: ownInstitution(ctx.actor) }
    await store.add(ctx, row)
    const vehicle = await read(ctx, row.id)
    await tellVehicle(ctx, { ...vehicle }, vehicle.state)
    return vehicle
  },

  async changeVehicle(ctx, { params, body: { version, ...facts } }) {
    const row = await lockOwn(ctx, params.id)
    requireIdle(row, version)
    requireSpeed(facts)
    await store.change(ctx, row.id, facts)
    await tellVehicle(ctx, row, row.state)
    return read(ctx, row.id)
  },

  async setVehicleState(ctx, { params, body }) {
    const row = await lockOwn(ctx, params.id)
    requireIdle(row, body.version)
    await store.change(ctx, row.id, { state: body.state })
    await tellVehicle(ctx, row, body.state)
    return read(ctx, row.id)
  },

  async locate(ctx, { params, body }) {
    const row = await lockOwn(ctx, params.id)
    await store.change(ctx, row.id, { ...body, locatedAt: ctx.now })
    const mission = row.missionId ? await missions.find(ctx, row.missionId) : undefined
    await tell(ctx, 'dispatch.vehicle-moved', {
      thing: `vehicle:${row.id}`,
      audience: mission ? partiesOf(mission) : [row.institutionId],
      data: { vehicleId: row.id },
    })
    return read(ctx, row.id)
  },

  async listCallPlaces(ctx) {
    const lines = (await listLines(ctx, { status: missionStatuses.filter((one) => !isEnded(one)) })).flatMap(
      ({ from, to }) => [from, to],
    )
    const names = new Map(lines.map(({ id, shortName }) => [id, shortName]))
    const places = await Promise.all([...names.keys()].map((id) => placeOf(ctx, id)))
    return [...names].flatMap(([id, name], i) => {
      const place = places[i]
      return place ? [{ id, name, ...place }] : []
    })
  },

  listLandingSites: (ctx) => store.listSites(ctx),

  async setLandingSite(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const [known] = await store.listSites(ctx, [institutionId])
    await store.addSite(ctx, { ...body, institutionId, id: known?.id ?? ctx.id() })
    await tell(ctx, 'dispatch.landing-site-changed', {
      thing: `institution:${institutionId}`,
      data: { institutionId, open: body.closedReason === null },
    })
    const [site] = await store.listSites(ctx, [institutionId])
    return site ?? refuse('missing', 'dispatch.landing-site-missing')
  },

  async serveInstitutions(ctx, { body }) {
    const deskId = ownInstitution(ctx.actor)
    const institutionIds = [...new Set(body.institutionIds)].filter((id) => id !== deskId)
    for (const id of institutionIds) {
      await findInstitution(ctx, id)
      if (!(await leadsOver(ctx, deskId, id))) {
        refuse('conflict', 'dispatch.not-led-by-you', { details: { institutionId: id } })
      }
    }
    await store.setServed(ctx, deskId, institutionIds)
    await tell(ctx, 'dispatch.desk-changed', {
      thing: `institution:${deskId}`,
      audience: institutionIds,
      data: { deskId },
    })
    return { institutionIds }
  },

  async readDesk(ctx) {
    const own = ownInstitution(ctx.actor)
    const { id, name } = await findInstitution(ctx, await store.deskOf(ctx, own))
    return { serves: await store.listServed(ctx, own), calls: { id, name } }
  },
}
