import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type Rebuild, type ResourceOwner, type Stored } from '../../../kernel/resource/owner.ts'
import { project, projectMany, unproject } from '../../../kernel/resource/project.ts'
import { isOurs, toAppointment, toSchedule, toSlot } from '../fhir.ts'
import * as reservations from '../store/reservation.ts'
import { listRunning, type ScheduleRow } from '../store/schedule.ts'
import * as seats from '../store/seat.ts'
import * as slots from '../store/slot.ts'

/** Puts a schedule's FHIR form into the store. */
export const showSchedule = (ctx: Ctx, row: ScheduleRow): Promise<unknown> =>
  project(ctx, { resource: toSchedule(row, dayOf(ctx.now)), institutionId: row.institutionId })

/** Puts slots just laid into the store, and takes out those that are gone. */
export async function showLaid(ctx: Ctx, laid: readonly slots.SlotRow[], gone: readonly string[]) {
  await projectMany(
    ctx,
    laid.map((row) => ({ resource: toSlot(row, true), institutionId: row.institutionId })),
  )
  for (const id of gone) await unproject(ctx, 'Slot', id)
}

/** Says in the store whether a slot is full now. */
export async function showSlot(all: Ctx, row: reservations.ReservationRow): Promise<void> {
  if (!row.slotId) return
  const slot = await slots.find(all, { institutionId: row.institutionId, id: row.slotId })
  if (!slot) return
  const free = await seats.hasFree(all, { institutionId: row.institutionId, slotId: slot.id })
  await project(all, { resource: toSlot(slot, free), institutionId: slot.institutionId })
}

/** Puts a reservation into the store once it has been firm, for its parties only. */
export async function show(all: Ctx, row: reservations.ReservationRow): Promise<void> {
  if (row.status === 'held' || row.status === 'expired') return
  await project(all, {
    resource: toAppointment(row),
    residentId: row.residentId,
    institutionId: row.institutionId,
    audience: [...new Set([row.institutionId, row.byInstitutionId ?? row.institutionId])],
  })
}

/** Places are taken and given back by the moves of the API, under their locks; a FHIR write would go past them. */
async function throughApi(): Promise<Stored> {
  return refuse('conflict', 'capacity.write-through-api')
}

const own = (type: string, run: Rebuild['run']): ResourceOwner => ({
  ...{
    type,
    owns: isOurs,
    models: ['identifier', 'status'],
    create: throughApi,
    change: throughApi,
    rebuild: { name: `capacity.${type.toLowerCase()}`, edition: 1, run },
  },
})
/** Our Schedules, Slots and Appointments: read over FHIR, written by the API. */
export const owners: readonly ResourceOwner[] = [
  own('Schedule', async (ctx, after, limit) => {
    const rows = await listRunning(ctx, { today: dayOf(ctx.now), after, limit })
    for (const row of rows) await showSchedule(ctx, row)
    return lastOf(rows, limit)
  }),
  own('Slot', async (ctx, after, limit) => {
    const rows = await slots.listAfter(ctx, after, limit)
    for (const row of rows) {
      const free = await seats.hasFree(ctx, { institutionId: row.institutionId, slotId: row.id })
      await project(ctx, { resource: toSlot(row, free), institutionId: row.institutionId })
    }
    return lastOf(rows, limit)
  }),
  own('Appointment', async (ctx, after, limit) => {
    const rows = await reservations.listAfter(ctx, after, limit)
    for (const row of rows) await show(ctx, row)
    return lastOf(rows, limit)
  }),
]
