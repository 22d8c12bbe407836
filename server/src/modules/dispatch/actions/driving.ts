import type { missionApi } from '@tongmai/api/dispatch/mission'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { airKm, travelMinutes } from '../../network/index.ts'
import { tell } from '../events.ts'
import { isCarrier, notToSign, signsFor } from '../policy.ts'
import * as fleet from '../store/fleet.ts'
import * as lines from '../store/line.ts'
import * as store from '../store/mission.ts'
import type { MissionRow } from '../store/row.ts'
import { advance, brief, partiesOf, take, thingOf } from './advance.ts'
import { tellVehicle } from './fleet.ts'
import { minutesUntil, placeOf } from './option.ts'

const MINUTE_MS = 60_000
const inMinutes = (ctx: Ctx, minutes: number | undefined): Date | null =>
  minutes === undefined ? null : new Date(ctx.now.getTime() + minutes * MINUTE_MS)

/** When the vehicle is expected to be with the patient, from where it is now. */
export async function expectedThere(ctx: Ctx, row: MissionRow, vehicleId: string): Promise<Date | null> {
  const vehicle = await fleet.find(ctx, vehicleId)
  const minutes = await minutesUntil(ctx, [vehicle], await placeOf(ctx, row.fromInstitutionId))
  return inMinutes(ctx, minutes.get(vehicleId))
}

/** When the patient is expected to arrive: by the open roads, or straight by air. */
async function expectedArrival(ctx: Ctx, row: MissionRow): Promise<Date | null> {
  const vehicle = row.vehicleId ? await fleet.find(ctx, row.vehicleId) : undefined
  if (vehicle?.speedKmh) {
    const [from, to] = [await placeOf(ctx, row.fromInstitutionId), await placeOf(ctx, row.toInstitutionId)]
    return inMinutes(ctx, from && to ? (airKm(from, to) / vehicle.speedKmh) * 60 : undefined)
  }
  const minutes = await travelMinutes(ctx, row.fromInstitutionId, [row.toInstitutionId])
  return inMinutes(ctx, minutes.get(row.toInstitutionId))
}

/** Lets a vehicle go from its mission: ready again, or out of service. */
export async function freeVehicle(ctx: Ctx, id: string, state: 'ready' | 'outOfService'): Promise<void> {
  const vehicle = await fleet.lock(ctx, id)
  await fleet.change(ctx, id, { state, missionId: null, contaminatedBy: null })
  await tellVehicle(ctx, vehicle, state)
}

/** After the patient has left it, the vehicle is made ready: wiped, or disinfected where somebody isolated was aboard. */
async function emptied(ctx: Ctx, row: MissionRow): Promise<void> {
  if (!row.vehicleId) return
  const vehicle = await fleet.lock(ctx, row.vehicleId)
  await fleet.change(ctx, vehicle.id, { state: 'disinfecting' })
  await tellVehicle(ctx, vehicle, 'disinfecting')
}

type Driving = Pick<
  Actions<typeof missionApi>,
  'depart' | 'reach' | 'leave' | 'arrive' | 'abort' | 'handOver' | 'makeReady' | 'addVitals'
>

/** The crew's moves, and the two signatures. */
export const driving: Driving = {
  async depart(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'depart')
    const expectedAt = row.vehicleId ? await expectedThere(ctx, row, row.vehicleId) : null
    const to = { move: 'depart', status: 'departed' } as const
    return brief(await advance(ctx, row, to, { ...body, set: { expectedAt } }))
  },

  async reach(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'reach')
    const place = await placeOf(ctx, row.fromInstitutionId)
    if (row.vehicleId && place) await fleet.change(ctx, row.vehicleId, { ...place, locatedAt: ctx.now })
    const to = { move: 'reach', status: 'onScene' } as const
    return brief(await advance(ctx, row, to, { ...body, set: { expectedAt: null } }))
  },

  async leave(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'leave')
    // From now on nobody else may ride before it has been disinfected.
    if (row.vehicleId && row.needs.isolation) {
      await fleet.lock(ctx, row.vehicleId)
      await fleet.change(ctx, row.vehicleId, { contaminatedBy: row.needs.isolation })
    }
    const to = { move: 'leave', status: 'leftScene' } as const
    const expectedAt = await expectedArrival(ctx, row)
    return brief(await advance(ctx, row, to, { ...body, set: { expectedAt } }))
  },

  async arrive(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'arrive')
    const place = await placeOf(ctx, row.toInstitutionId)
    if (row.vehicleId && place) await fleet.change(ctx, row.vehicleId, { ...place, locatedAt: ctx.now })
    const to = { move: 'arrive', status: 'arrived' } as const
    return brief(await advance(ctx, row, to, { ...body, set: { expectedAt: null } }))
  },

  async abort(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'abort')
    await emptied(ctx, row)
    const set = { ending: { reason: body.reason, note: body.comment }, expectedAt: null }
    const to = { move: 'abort', status: 'aborted' } as const
    return brief(await advance(ctx, row, to, { comment: body.comment, set }))
  },

  async handOver(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'handOver')
    const why = notToSign(ctx.actor, row)
    if (why) refuse('conflict', why)
    const signature = { name: body.signerName, at: ctx.now, note: body.comment }
    const crew = signsFor(ctx.actor, row) === 'crew'
    const set = crew ? { handedByCrew: signature } : { takenByReceiver: signature }
    const both = crew ? row.takenByReceiver : row.handedByCrew
    const said = { comment: body.comment, set }
    if (!both) return brief(await advance(ctx, row, { move: 'sign', status: 'arrived' }, said))
    await asSystem(ctx, (all) => emptied(all, row))
    return brief(await advance(ctx, row, { move: 'handOver', status: 'handedOver' }, said))
  },

  async makeReady(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'makeReady')
    const vehicle = row.vehicleId ? await fleet.lock(ctx, row.vehicleId) : undefined
    const isolated = vehicle?.contaminatedBy ?? row.needs.isolation
    if (isolated && !body.disinfection) {
      refuse('conflict', 'dispatch.disinfect-first', { details: { group: isolated } })
    }
    if (vehicle) await freeVehicle(ctx, vehicle.id, 'ready')
    const by = ctx.actor.practitionerId ?? ctx.actor.id
    const disinfection = body.disinfection ? { method: body.disinfection, by, at: ctx.now } : null
    const to = { move: 'makeReady', status: 'ready' } as const
    return brief(await advance(ctx, row, to, { comment: body.comment, set: { disinfection } }))
  },

  async addVitals(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    allow(isCarrier(ctx.actor, row), 'dispatch.carrier-part')
    if (!['onScene', 'leftScene', 'arrived'].includes(row.status)) {
      refuse('conflict', 'dispatch.no-patient-aboard')
    }
    if (Object.values(body).every((value) => value === null || value === '')) {
      refuse('unprocessable', 'dispatch.nothing-measured')
    }
    const vitalId = await lines.addVital(ctx, row, body)
    const about = { thing: thingOf(row.id), residentId: row.residentId, audience: partiesOf(row) }
    await tell(ctx, 'dispatch.vitals-added', { ...about, data: { id: row.id, vitalId } })
    return { ...body, id: vitalId, at: ctx.now, by: '' }
  },
}
