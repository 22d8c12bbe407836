import { isInForce } from '@tongmai/api/contract/flow'
import type { DayRoute, HomeVisit, VisitForm, visitApi } from '@tongmai/api/contract/visit'
import { ownInstitution } from '../../../kernel/actor.ts'
import { closeCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf, startOf } from '../../../kernel/day.ts'
import { attach } from '../../../kernel/file.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { airKm, findInstitution, type Point, travelMinutesBetween } from '../../network/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import { BASE, type Day, orderVisits } from '../order-visits.ts'
import * as advices from '../store/advice.ts'
import * as beds from '../store/bed.ts'
import * as contracts from '../store/contract.ts'
import * as store from '../store/visit.ts'
import { noteVisit } from './bed-care.ts'
import { deliverNext } from './delivering.ts'

const MINUTE_MS = 60_000
/** Where no road is known one goes as the crow flies, at this speed. */
const AIR_KM_PER_HOUR = 20

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
const momentOf = (on: string, minute: number): Date => new Date(startOf(on).getTime() + minute * MINUTE_MS)
const me = (ctx: Ctx): string =>
  ctx.actor.practitionerId ?? refuse('forbidden', 'contract.practitioner-not-here')

const announce = (ctx: Ctx, one: HomeVisit, name: 'planned' | 'started' | 'finished' | 'cancelled') =>
  tell(ctx, `contract.visit-${name}`, {
    ...{ thing: `home-visit:${one.id}`, residentId: one.resident.id, audience: [ownInstitution(ctx.actor)] },
    data: { id: one.id, practitionerId: one.practitioner.id, on: one.on },
  })

const told = async (ctx: Ctx, id: string, name: Parameters<typeof announce>[2]): Promise<HomeVisit> => {
  const one = await store.find(ctx, id)
  await announce(ctx, one, name)
  return one
}

/** A conversation out of which a visit is planned is over with it. */
async function convert(ctx: Ctx, adviceId: string, visitId: string): Promise<void> {
  const row = await advices.lock(ctx, adviceId)
  await advices.move(ctx, row, 'convert', { became: 'visit', becameId: visitId })
  await closeCase(ctx, `contract-advice:${adviceId}`)
}

async function plan(ctx: Ctx, contractId: string, form: VisitForm): Promise<HomeVisit> {
  const contract = await contracts.lock(ctx, contractId)
  if (contract.communityId !== ownInstitution(ctx.actor)) refuse('forbidden', 'contract.community-part')
  if (!isInForce(contract.status) || contract.upcoming) refuse('conflict', 'contract.not-in-force')
  if (form.on < dayOf(ctx.now)) {
    refuse('unprocessable', 'contract.visit-in-past', {
      fields: [{ path: 'body.on', problem: 'contract.visit-in-past' }],
    })
  }
  if (form.from && form.until && form.from >= form.until) {
    const fields = [{ path: 'body.until', problem: 'contract.window-backwards' }]
    refuse('unprocessable', 'contract.window-backwards', { fields })
  }
  const practitionerId = form.practitionerId ?? me(ctx)
  await requireLicensed(ctx, practitionerId, 'followUp', contract.communityId)
  const id = ctx.id()
  const { residentId, communityId } = contract
  const bed = await beds.lockOpen(ctx, contract)
  await store.add(ctx, {
    ...{ residentId, id, contractId, communityId, practitionerId, onDay: form.on, reason: form.reason },
    ...{ wantedFrom: form.from, wantedUntil: form.until, minutes: form.minutes },
    bedId: bed?.id ?? null,
    place: form.place ?? (await store.lastPlace(ctx, residentId)),
  })
  if (form.adviceId) await convert(ctx, form.adviceId, id)
  return told(ctx, id, 'planned')
}

async function baseOf(ctx: Ctx): Promise<DayRoute['base']> {
  const { shortName: name, latitude, longitude } = await findInstitution(ctx, ownInstitution(ctx.actor))
  return latitude === null || longitude === null ? null : { name, latitude, longitude }
}

async function routeOf(ctx: Ctx, of: { practitionerId: string; on: string }): Promise<DayRoute> {
  const visits = await store.listDay(ctx, of)
  for (const { id, resident } of visits)
    ctx.opened({ residentId: resident.id, basis: 'contract', thing: `home-visit:${id}` })
  return { base: await baseOf(ctx), visits, travelMinutes: null, backAt: null }
}

/** Minutes between the centre and the homes by road; as the crow flies where no road is known. */
async function travelOf(ctx: Ctx, places: ReadonlyMap<string, Point>): Promise<Day['travel']> {
  const byRoad = await travelMinutesBetween(ctx, places)
  return (from, to) => {
    const [a, b] = [places.get(from), places.get(to)]
    const known = byRoad.get(from)?.get(to)
    if (known !== undefined) return Math.max(1, known)
    return a && b ? Math.max(1, (airKm(a, b) / AIR_KM_PER_HOUR) * 60) : 1
  }
}

async function order(
  ctx: Ctx,
  of: { practitionerId: string; on: string; leaveAt: string },
): Promise<DayRoute> {
  const base = (await baseOf(ctx)) ?? refuse('conflict', 'contract.community-without-place')
  const visits = await store.listDay(ctx, of)
  const open = visits.filter((one) => one.status === 'planned')
  const placed = open.filter((one) => one.place !== null)
  const places = new Map<string, Point>([
    [BASE, base],
    ...placed.map((one) => [one.id, one.place as Point] as const),
  ])
  const route = await orderVisits({
    leaves: minuteOf(of.leaveAt),
    travel: await travelOf(ctx, places),
    stops: placed.map(({ id, minutes, from, until }) => ({
      ...{ id, minutes, from: from && minuteOf(from), until: until && minuteOf(until) },
    })) as Day['stops'],
  })
  const been = visits.length - open.length
  const stops = new Map(route.stops.map((stop, n) => [stop.id, { ...stop, seq: been + n + 1 }]))
  for (const { id, resident } of open) {
    const stop = stops.get(id)
    await store.change(
      ctx,
      { residentId: resident.id, id },
      {
        seq: stop?.seq ?? null,
        arrivesAt: stop ? momentOf(of.on, Math.round(stop.arrives)) : null,
        travelMinutes: stop ? Math.round(stop.travelMinutes) : null,
      },
    )
  }
  const ordered = await routeOf(ctx, of)
  if (placed.length === 0) return ordered
  const backAt = momentOf(of.on, Math.round(route.back))
  return { ...ordered, travelMinutes: Math.round(route.travelMinutes), backAt }
}

/** Visits to homes: a day is planned, ordered by travel, and each visit is proven by when and where it was. */
export const visiting: Actions<typeof visitApi> = {
  planVisit: (ctx, { params, body }) => plan(ctx, params.id, body),

  async listVisits(ctx, { query }) {
    const found = await store.list(ctx, query)
    for (const { id, resident } of found.items)
      ctx.opened({ residentId: resident.id, basis: 'contract', thing: `home-visit:${id}` })
    return found
  },
  readRoute: (ctx, { query }) =>
    routeOf(ctx, { on: query.on, practitionerId: query.practitionerId ?? me(ctx) }),

  orderVisits: (ctx, { body }) => order(ctx, { ...body, practitionerId: body.practitionerId ?? me(ctx) }),

  async placeVisit(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    await store.change(ctx, row, { place: body.place })
    return store.find(ctx, row.id)
  },

  async startVisit(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    await requireLicensed(ctx, me(ctx), 'followUp', row.communityId)
    const startPlace = body.place
    await store.move(ctx, row, 'start', { startedAt: ctx.now, startPlace, practitionerId: me(ctx) })
    return told(ctx, row.id, 'started')
  },

  async finishVisit(ctx, { params, body: { place, itemCode, ...found } }) {
    const row = await store.lock(ctx, params.id)
    const finished = { finishedAt: ctx.now, finishPlace: place, note: found.note }
    // First the visit, so that one that is not under way gives nothing.
    await store.move(ctx, row, 'finish', finished)
    if (itemCode) {
      const proof = { ...found, at: ctx.now, place: place ?? row.startPlace }
      const service = await deliverNext(ctx, row.contractId, itemCode, proof)
      await store.change(ctx, row, { serviceId: service.id })
    } else await attach(ctx, [...found.photos, ...(found.signature ? [found.signature] : [])])
    if (row.bedId) await noteVisit(ctx, row.bedId, { ...found, visitId: row.id })
    return told(ctx, row.id, 'finished')
  },

  async cancelVisit(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    await store.move(ctx, row, 'cancel', { note: body.note, seq: null, arrivesAt: null })
    return told(ctx, row.id, 'cancelled')
  },

  listMyVisits: (ctx, { query }) => store.listOwn(ctx, query),
}
