import { system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import type { World } from '../../../kernel/world.ts'
import { demoResidents } from '../../resident/index.ts'
import { demoPerson } from '../../workforce/index.ts'
import { lay } from '../actions/lay.ts'
import { waitFor } from '../actions/line.ts'
import { openPlaces } from '../actions/placing.ts'
import { confirmHold, hold } from '../actions/reserve.ts'
import { showSchedule } from '../actions/show.ts'
import * as beds from '../store/bed.ts'
import * as schedules from '../store/schedule.ts'
import { addTimes } from '../store/waiting.ts'
import { clinics, examinations, hospitalQuotas, sessionsOf, wards } from './plan.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SEED = 20_260_311

/**
 * What the demonstration region can reserve: clinics, examinations and wards of its hospitals, bookings in the coming
 * days, a line of people who wait. A ward's id is `demoId('capacity', 'LEAD/CARD 心内一病区')`.
 */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    await layClinics(ctx)
    await layWards(ctx)
    await bookSome(ctx)
    await wait(ctx)
    await countSome(ctx)
  })
}

const placeOf = (place: string) => ({
  institutionId: demoId('network', place.slice(0, place.indexOf('/'))),
  departmentId: demoId('network', place),
})

async function layClinics(ctx: Ctx): Promise<void> {
  const since = dayAfter(dayOf(ctx.now), -30)
  const shared = { since, until: null, onHolidays: false }
  const plans = [
    ...clinics.map(([place, name, doctor, room, weekdays, times, slotMinutes, seatsPerSlot]) => ({
      ...{ place, name, room, slotMinutes, seatsPerSlot, sessions: sessionsOf(weekdays, times) },
      ...{ kind: 'clinic' as const, item: null, device: null },
      practitionerId: doctor && demoPerson(doctor).practitionerId,
    })),
    ...examinations.map(([place, item, device, room, weekdays, times, slotMinutes]) => ({
      ...{ place, name: item, room, slotMinutes, seatsPerSlot: 1, sessions: sessionsOf(weekdays, times) },
      ...{ kind: 'examination' as const, item, device, practitionerId: null },
    })),
  ]
  for (const [i, { place, ...plan }] of plans.entries()) {
    const row = await schedules.add(ctx, {
      ...{ ...plan, ...shared, ...placeOf(place) },
      id: demoId('capacity', `schedule ${i}`),
    })
    await schedules.setQuotas(ctx, row, { since, quotas: place.startsWith('CHC') ? [] : hospitalQuotas })
    await showSchedule(ctx, row)
    await lay(ctx, row)
  }
}

async function layWards(ctx: Ctx): Promise<void> {
  for (const [place, name, bedKind, count, occupied, hours] of wards) {
    const ward = { ...placeOf(place), id: demoId('capacity', `${place} ${name}`), name, bedKind }
    const confirmedAt = new Date(ctx.now.getTime() - hours * HOUR)
    await beds.addWards(ctx, [{ ...ward, confirmedAt, confirmedBy: null }])
    const stateOf = (i: number) => {
      if (i < occupied) return 'occupied'
      return i === count - 1 && count - occupied > 2 ? 'cleaning' : 'free'
    }
    await beds.addBeds(
      ctx,
      Array.from({ length: count }, (_, i) => ({
        ...{ institutionId: ward.institutionId, departmentId: ward.departmentId, wardId: ward.id },
        ...{ id: demoId('capacity', `${place} ${name} ${i}`), label: String(i + 1).padStart(2, '0') },
        ...{ state: stateOf((i * 7) % count) as 'free', changedAt: confirmedAt },
      })),
    )
  }
}

/** Communities and residents have booked a share of the coming days; the first resident has one of their own. */
async function bookSome(ctx: Ctx): Promise<void> {
  const random = demoRandom(SEED)
  const residents = demoResidents().filter((one) => one.institution.startsWith('CHC'))
  const span = { from: ctx.now, to: new Date(ctx.now.getTime() + 5 * DAY) }
  for (const kind of ['clinic', 'examination'] as const) {
    const places = await openPlaces(ctx, { kind, source: 'community', ...span })
    for (const place of places.filter(() => random() < (kind === 'clinic' ? 0.2 : 0.35)).slice(0, 40)) {
      const resident = residents[20 + Math.floor(random() * 800)]
      if (resident) await book(ctx, place.placeId, resident)
    }
  }
  const departmentIds = [placeOf('LEAD/CARD').departmentId]
  const [own] = await openPlaces(ctx, { kind: 'clinic', source: 'public', departmentIds, ...span })
  const first = residents.find((one) => one.hasAccount)
  if (own && first) await book(ctx, own.placeId, first)
}

async function book(ctx: Ctx, placeId: string, resident: { id: string; institution: string }) {
  const by: Ctx = ctxWith(ctx, { actor: system(demoId('network', resident.institution)) })
  const thing = `booking:${resident.id}`
  const asking = { placeId, residentId: resident.id, source: 'community' as const, thing }
  const { reservationId } = await hold(by, { ...asking, askedAt: new Date(ctx.now.getTime() - DAY) })
  await confirmHold(by, reservationId)
}

/** Neurology's ward is full: three wait for a bed there. */
async function wait(ctx: Ctx): Promise<void> {
  const waiting = demoResidents()
    .filter((one) => one.institution === 'CHC01' && one.birthDate < '1955-01-01')
    .slice(10, 13)
  const urgencies = ['routine', 'urgent', 'routine'] as const
  for (const [i, { id, institution }] of waiting.entries()) {
    const by: Ctx = ctxWith(ctx, { actor: system(demoId('network', institution)) })
    await waitFor(by, {
      ...{ residentId: id, departmentId: placeOf('LEAD/NEUR').departmentId, kind: 'bed', bedKind: 'general' },
      ...{ source: 'community', thing: `booking:${id}`, urgency: urgencies[i] ?? 'routine' },
      askedAt: new Date(ctx.now.getTime() - (i + 1) * 9 * HOUR),
    })
  }
}

/** What the last six months would have shown, so that the page has figures before the first night. */
async function countSome(ctx: Ctx): Promise<void> {
  const random = demoRandom(SEED + 1)
  const rows = new Map(
    [
      ...clinics.map(([place]) => [place, 'clinic'] as const),
      ...examinations.map(([place]) => [place, 'examination'] as const),
    ].map(([place, kind]) => {
      const medianDays = Math.round((1 + random() * 8) * 10) / 10
      const counts = { visits: 40 + Math.floor(random() * 300), waitingNow: 0 }
      return [
        `${place} ${kind}`,
        {
          ...placeOf(place),
          kind,
          ...counts,
          medianDays,
          ninetiethDays: Math.round(medianDays * 22) / 10,
          countedAt: ctx.now,
        },
      ]
    }),
  )
  await addTimes(ctx, [...rows.values()])
}
