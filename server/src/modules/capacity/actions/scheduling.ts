import type { Booking, scheduleApi } from '@tongmai/api/capacity/schedule'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireDepartment } from '../../network/index.ts'
import { findPractitioner } from '../../workforce/index.ts'
import { addressOf } from '../calendar.ts'
import { laterDay, laterOf } from '../later-of.ts'
import * as calendars from '../store/calendar.ts'
import { listOfSlots, lockOfSession } from '../store/reservation.ts'
import * as store from '../store/schedule.ts'
import { listSlots } from '../store/slot.ts'
import { displace } from './displace.ts'
import { fill } from './fill.ts'
import { lay } from './lay.ts'
import { showSchedule } from './show.ts'

/** Refuses a doctor who does not practise here today. */
async function requireDoctorHere(ctx: Ctx, institutionId: string, practitionerId: string | null) {
  if (!practitionerId) return
  const today = dayOf(ctx.now)
  const { sites } = await findPractitioner(ctx, practitionerId)
  const here = sites.some((s) => s.institutionId === institutionId && (s.until === null || s.until >= today))
  if (!here) refuse('unprocessable', 'capacity.doctor-not-here')
}

function requireSpan({ since, until }: { since: string; until: string | null }): void {
  if (until !== null && until < since) refuse('unprocessable', 'capacity.ends-before-it-begins')
}

export const scheduling: Actions<typeof scheduleApi> = {
  async listSchedules(ctx, { query }) {
    const institutionId = query.institutionId ?? ownInstitution(ctx.actor)
    const today = dayOf(ctx.now)
    const rows = await store.list(ctx, { ...query, institutionId, today })
    const ids = rows.map((row) => row.id)
    const quotas = await store.listQuotas(ctx, ids)
    const exceptions = await store.listExceptions(ctx, ids, today)
    return rows.map((row) => ({
      ...row,
      sessions: [...row.sessions],
      quotas: store.quotasOn(
        quotas.filter((q) => q.scheduleId === row.id),
        laterDay(row.since, today),
      ),
      exceptions: exceptions.filter((e) => e.scheduleId === row.id),
    }))
  },

  async addSchedule(ctx, { body }) {
    const { quotas, ...form } = body
    const institutionId = ownInstitution(ctx.actor)
    await requireDepartment(ctx, institutionId, form.departmentId)
    await requireDoctorHere(ctx, institutionId, form.practitionerId)
    requireSpan(form)
    const row = await store.add(ctx, { ...form, id: ctx.id(), institutionId })
    await store.setQuotas(ctx, row, { since: row.since, quotas })
    await showSchedule(ctx, row)
    return asSystem(ctx, (all) => lay(all, row))
  },

  async changeSchedule(ctx, { params, body }) {
    const { quotas, version, ...form } = body
    const before = await store.lock(ctx, params.id)
    if (before.version !== version) refuse('conflict', 'capacity.stale')
    await requireDoctorHere(ctx, before.institutionId, form.practitionerId)
    requireSpan({ since: before.since, until: form.until })
    const row = await store.change(ctx, before, form)
    const today = dayOf(ctx.now)
    await store.setQuotas(ctx, row, { since: laterDay(row.since, today), quotas })
    await showSchedule(ctx, row)
    return asSystem(ctx, (all) => lay(all, row))
  },

  async setException(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (body.day < dayOf(ctx.now)) refuse('unprocessable', 'capacity.day-passed')
    await store.setException(ctx, row, body)
    return asSystem(ctx, async (all) => {
      const from = startOf(body.day)
      const span = { from: laterOf(from, all.now), to: startOf(dayAfter(body.day, 1)) }
      const of = { institutionId: row.institutionId, scheduleId: row.id, ...span }
      const booked = body.kind === 'closed' ? await lockOfSession(all, of) : []
      await displace(all, booked)
      const laid = await lay(all, row)
      await fill(all, { departmentId: row.departmentId, kind: row.kind })
      return { ...laid, displaced: laid.displaced + booked.length }
    })
  },

  async removeException(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    await store.removeException(ctx, row, body.day)
    return asSystem(ctx, (all) => lay(all, row))
  },

  async readSlots(ctx, { query }) {
    const institutionId = ownInstitution(ctx.actor)
    await requireDepartment(ctx, institutionId, query.departmentId)
    const from = startOf(query.from)
    const to = startOf(dayAfter(query.from, query.days))
    const rows = await listSlots(ctx, { institutionId, departmentId: query.departmentId, from, to })
    const booked = await listOfSlots(
      ctx,
      rows.map((row) => row.id),
    )
    const bySlot = Map.groupBy(booked, (one) => one.slotId)
    return rows.map((row) => ({
      ...row,
      at: row.startsAt,
      until: row.endsAt,
      bookings: (bySlot.get(row.id) ?? [])
        .filter((r) => r.status !== 'held' || (r.heldUntil !== null && r.heldUntil > ctx.now))
        .map(
          ({ id, residentId, nameMasked, source, status, by, heldUntil }): Booking => ({
            ...{ id, residentId, nameMasked, source, status, by },
            until: heldUntil,
          }),
        ),
    }))
  },

  async makeCalendarLink(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const { practitionerId } = ctx.actor
    const { departmentId } = body
    if (departmentId) await requireDepartment(ctx, institutionId, departmentId)
    else if (!practitionerId) refuse('conflict', 'capacity.no-practitioner')
    const whose = departmentId
      ? { departmentId, practitionerId: null }
      : { departmentId: null, practitionerId }
    return { url: addressOf(await calendars.replace(ctx, { institutionId, ...whose })) }
  },
}
