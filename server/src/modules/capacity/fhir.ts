import type { ReservationStatus } from '@tongmai/api/capacity/flow'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { ReservationRow } from './store/reservation.ts'
import type { ScheduleRow } from './store/schedule.ts'
import type { SlotRow } from './store/slot.ts'

type Own = Resource & { readonly id: string }

const MARK = 'urn:tongmai:capacity'
const to = (type: string, id: string | null): Json[] => (id ? [{ reference: `${type}/${id}` }] : [])

/** Whether a Schedule, Slot or Appointment is one of this platform's own. */
export const isOurs = (resource: Resource): boolean =>
  Array.isArray(resource.identifier) &&
  resource.identifier.some(
    (one) => typeof one === 'object' && one !== null && 'system' in one && one.system === MARK,
  )

/** A schedule; the week's pattern is in its slots. */
export const toSchedule = (s: ScheduleRow, today: string): Own => ({
  resourceType: 'Schedule',
  id: s.id,
  identifier: [{ system: MARK, value: s.id }],
  active: s.until === null || s.until >= today,
  serviceType: [{ text: s.item ?? s.name }],
  actor: [...to('HealthcareService', s.departmentId), ...to('Practitioner', s.practitionerId)],
  planningHorizon: { start: s.since, ...(s.until ? { end: s.until } : {}) },
  comment: [s.name, s.room, s.device].filter(Boolean).join(' · '),
})

/** One slot; busy once no seat is free. */
export const toSlot = (s: SlotRow, free: boolean): Own => ({
  resourceType: 'Slot',
  id: s.id,
  identifier: [{ system: MARK, value: s.id }],
  schedule: { reference: `Schedule/${s.scheduleId}` },
  status: free ? 'free' : 'busy',
  start: s.startsAt.toISOString(),
  end: s.endsAt.toISOString(),
  comment: [s.name, s.room].filter(Boolean).join(' · '),
})

const statuses: Record<ReservationStatus, string> = {
  held: 'pending',
  confirmed: 'booked',
  used: 'arrived',
  released: 'cancelled',
  expired: 'cancelled',
  noShow: 'noshow',
  ended: 'fulfilled',
}

/** A reservation that has been firm: the patient's appointment for a seat or a bed. */
export const toAppointment = (r: ReservationRow): Own => ({
  resourceType: 'Appointment',
  id: r.id,
  identifier: [{ system: MARK, value: r.id }],
  status: statuses[r.status],
  description: r.name,
  start: r.startsAt.toISOString(),
  // R4 wants both or none; a bed's stay has no end that anybody knows.
  end: (r.endsAt ?? r.startsAt).toISOString(),
  created: r.madeAt.toISOString(),
  ...(r.slotId ? { slot: to('Slot', r.slotId) } : {}),
  participant: [
    { actor: { reference: `Patient/${r.residentId}` }, status: 'accepted' },
    { actor: { reference: `HealthcareService/${r.departmentId}` }, status: 'accepted' },
    ...(r.practitionerId
      ? [{ actor: { reference: `Practitioner/${r.practitionerId}` }, status: 'accepted' }]
      : []),
  ],
})
