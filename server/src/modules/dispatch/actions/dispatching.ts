import type { missionApi, WeatherRead } from '@tongmai/api/dispatch/mission'
import type { Plan } from '@tongmai/api/dispatch/plan'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { findPractitioner } from '../../workforce/index.ts'
import { assignGreedily, assignVehicles, type Waiting, weightedMinutes } from '../assign-vehicles.ts'
import { unsuitable } from '../choose-vehicle.ts'
import { isDesk } from '../policy.ts'
import * as fleet from '../store/fleet.ts'
import * as store from '../store/mission.ts'
import type { MissionRow } from '../store/row.ts'
import { forbiddenBy } from '../weather.ts'
import { advance, announce, brief, take } from './advance.ts'
import { expectedThere, freeVehicle } from './driving.ts'
import { tellVehicle } from './fleet.ts'
import { licensedOf, minutesUntil, optionsOf, placeOf, tripOf } from './option.ts'

/** How much a minute of waiting counts; an assumption of this platform, nobody prescribes it. */
const weights = { emergency: 10, urgent: 3, routine: 1 } as const
const PLANNED_MAX = 40

/** Takes a vehicle for a mission, if nothing speaks against it; the row's lock keeps it from a second one. */
async function takeVehicle(ctx: Ctx, row: MissionRow, vehicleId: string): Promise<{ carrierId: string }> {
  const vehicle = await fleet.lock(ctx, vehicleId)
  const place = await placeOf(ctx, row.fromInstitutionId)
  const minutes = (await minutesUntil(ctx, [vehicle], place)).get(vehicleId) ?? null
  const licensed = await licensedOf(ctx, [vehicle])
  const why = unsuitable({ ...vehicle, licensed, minutes }, await tripOf(ctx, row))
  if (why[0]) refuse('conflict', `dispatch.unsuitable-${why[0]}`, { details: { vehicle: vehicle.name } })
  await fleet.change(ctx, vehicleId, { state: 'onMission', missionId: row.id })
  await tellVehicle(ctx, vehicle, 'onMission')
  return { carrierId: vehicle.institutionId }
}

const nameOf = async (ctx: Ctx): Promise<string> =>
  ctx.actor.practitionerId ? (await findPractitioner(ctx, ctx.actor.practitionerId)).name : ''

/** What waits at this desk and how long each suitable vehicle would need. */
async function waitingAt(ctx: Ctx, missions: readonly MissionRow[]): Promise<Waiting[]> {
  const vehicles = (await fleet.list(ctx)).filter(({ state }) => state === 'ready')
  const licensed = await licensedOf(ctx, vehicles)
  const waiting: Waiting[] = []
  for (const row of missions) {
    const minutes = await minutesUntil(ctx, vehicles, await placeOf(ctx, row.fromInstitutionId))
    const trip = await tripOf(ctx, row)
    const suitable = [...minutes].filter(([id, taken]) => {
      const vehicle = vehicles.find((one) => one.id === id)
      return vehicle && unsuitable({ ...vehicle, licensed, minutes: taken }, trip).length === 0
    })
    waiting.push({ missionId: row.id, weight: weights[row.urgency], minutes: new Map(suitable) })
  }
  return waiting
}

async function planOf(ctx: Ctx, missions: readonly MissionRow[]): Promise<Plan> {
  const waiting = await waitingAt(ctx, missions)
  const [best, greedy] = [await assignVehicles(waiting), assignGreedily(waiting)]
  const names = new Map((await fleet.list(ctx)).map((one) => [one.id, `${one.name} ${one.plate}`]))
  const named = (id: string | undefined) => (id === undefined ? null : (names.get(id) ?? null))
  const urgentFirst = missions.toSorted((a, b) => weights[b.urgency] - weights[a.urgency])
  return {
    items: urgentFirst.map((row) => {
      const vehicleId = best.get(row.id)
      const minutes = waiting.find((one) => one.missionId === row.id)?.minutes.get(vehicleId ?? '')
      return {
        ...{ missionId: row.id, number: row.number, urgency: row.urgency },
        vehicleId: vehicleId ?? null,
        vehicle: named(vehicleId),
        minutes: minutes === undefined ? null : Math.round(minutes * 10) / 10,
        greedyVehicle: named(greedy.get(row.id)),
      }
    }),
    weighted: Math.round(weightedMinutes(waiting, best)),
    greedyWeighted: Math.round(weightedMinutes(waiting, greedy)),
  }
}

/** Nobody says go beyond what the operators of the two sites ask of the weather. */
async function requireFlyable(ctx: Ctx, row: MissionRow, weather: WeatherRead): Promise<void> {
  const sites = await fleet.listSites(ctx, [row.fromInstitutionId, row.toInstitutionId])
  const [first] = forbiddenBy(sites, weather)
  if (first)
    refuse('conflict', `dispatch.${first.code}`, { details: { site: first.site, limit: first.limit } })
}

type Dispatching = Pick<
  Actions<typeof missionApi>,
  'listOptions' | 'plan' | 'dispatch' | 'recall' | 'releaseFlight'
>

/** The desk's moves: which vehicle, all at once or one by one, and whether a helicopter may fly. */
export const dispatching: Dispatching = {
  async listOptions(ctx, { params }) {
    const row = await store.find(ctx, params.id)
    allow(isDesk(ctx.actor, row), 'dispatch.desk-part')
    return optionsOf(ctx, row)
  },

  plan: async (ctx) => planOf(ctx, await store.listWaiting(ctx, ownInstitution(ctx.actor), PLANNED_MAX)),

  async dispatch(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'dispatch')
    const { vehicleId, comment } = body
    if (row.vehicleId === vehicleId) refuse('conflict', 'dispatch.dispatched-already')
    // The vehicle may belong to another member: the desk sends it, and from then on its crew has the mission.
    const { carrierId, expectedAt } = await asSystem(ctx, async (all) => {
      if (row.vehicleId) await freeVehicle(all, row.vehicleId, 'ready')
      const taken = await takeVehicle(all, row, vehicleId)
      return { ...taken, expectedAt: await expectedThere(all, row, vehicleId) }
    })
    const set = { vehicleId, carrierId, expectedAt }
    return brief(await advance(ctx, row, { move: 'dispatch', status: 'dispatched' }, { comment, set }))
  },

  async recall(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'recall')
    const { vehicleId } = row
    const state = body.reason === 'breakdown' ? 'outOfService' : 'ready'
    if (vehicleId) await asSystem(ctx, (all) => freeVehicle(all, vehicleId, state))
    const set = { vehicleId: null, carrierId: null, expectedAt: null }
    const comment = `${body.reason} ${body.comment}`.trim()
    return brief(await advance(ctx, row, { move: 'recall', status: 'called' }, { comment, set }))
  },

  async releaseFlight(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    allow(isDesk(ctx.actor, row), 'dispatch.desk-part')
    if (!['called', 'dispatched'].includes(row.status)) refuse('conflict', 'dispatch.flight-too-late')
    if (body.go) await requireFlyable(ctx, row, body)
    const flight = { ...body, by: await nameOf(ctx), at: ctx.now }
    const next = await store.change(ctx, row, { flight })
    await store.addStep(ctx, next, {
      move: body.go ? 'flightGo' : 'flightNoGo',
      from: row.status,
      comment: body.reason,
    })
    await announce(ctx, next, { event: 'dispatch.flight-judged', move: 'releaseFlight', from: row.status })
    return brief(next)
  },
}
