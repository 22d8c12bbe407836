import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, text } from '../kernel.ts'
import { placeSource, reservationStatus, slotKind } from './flow.ts'

const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** One session of the week: 1 is Monday; times as the region's clocks show them. */
export const session = z
  .object({ weekday: z.number().check(z.int(), z.minimum(1), z.maximum(7)), from: clock, to: clock })
  .check(z.refine(({ from, to }) => from < to, { path: ['to'], error: 'capacity.ends-before-it-begins' }))
export type Session = z.output<typeof session>

/** A share of a session's seats, and how long before the session what is left of it becomes everybody's. */
export const quota = z.object({
  source: z.enum(['community', 'contracted', 'referral']),
  percent: z.number().check(z.int(), z.minimum(0), z.maximum(100)),
  releaseMinutes: z.number().check(z.int(), z.minimum(0), z.maximum(43_200)),
})
export type Quota = z.output<typeof quota>

const quotas = z.array(quota).check(
  z.maxLength(3),
  z.refine((all) => all.reduce((sum, one) => sum + one.percent, 0) <= 100, {
    error: 'capacity.more-than-all',
  }),
  z.refine((all) => new Set(all.map((one) => one.source)).size === all.length, { error: 'capacity.twice' }),
)

const form = {
  name: text(60),
  practitionerId: z._default(z.nullable(id), null),
  /** What is examined and with what; clinics have neither. */
  item: z._default(z.nullable(text(60)), null),
  device: z._default(z.nullable(text(60)), null),
  room: z._default(z.string().check(z.trim(), z.maxLength(60)), ''),
  sessions: z.array(session).check(z.minLength(1), z.maxLength(28)),
  slotMinutes: z.number().check(z.int(), z.minimum(5), z.maximum(480)),
  seatsPerSlot: z.number().check(z.int(), z.minimum(1), z.maximum(50)),
  until: z._default(z.nullable(day), null),
  /** Whether it is held on public holidays too. */
  onHolidays: z._default(z.boolean(), false),
}
export const scheduleForm = z.object({ ...form, kind: slotKind, departmentId: id, since: day, quotas })
export type ScheduleForm = z.output<typeof scheduleForm>

export const scheduleException = z.object({
  day,
  /** `closed`: no session that day; `open`: held although it is a holiday. */
  kind: z.enum(['closed', 'open']),
  reason: text(100),
})
export type ScheduleException = z.output<typeof scheduleException>

export const schedule = z.object({
  id,
  institutionId: id,
  ...form,
  kind: slotKind,
  departmentId: id,
  since: day,
  department: z.string(),
  practitioner: z.nullable(z.string()),
  quotas: z.array(quota),
  exceptions: z.array(scheduleException),
  version: z.number(),
})
export type Schedule = z.output<typeof schedule>

/** Who has a seat of a slot, masked. */
export const booking = z.object({
  id,
  residentId: id,
  nameMasked: z.string(),
  source: placeSource,
  status: reservationStatus,
  by: z.nullable(z.string()),
  until: z.nullable(moment),
})
export type Booking = z.output<typeof booking>

export const clinicSlot = z.object({
  id,
  scheduleId: id,
  name: z.string(),
  kind: slotKind,
  practitioner: z.nullable(z.string()),
  room: z.string(),
  at: moment,
  until: moment,
  seats: z.number(),
  free: z.number(),
  /** Outside the present pattern: stays until its bookings are done. */
  besidePlan: z.boolean(),
  bookings: z.array(booking),
})
export type ClinicSlot = z.output<typeof clinicSlot>

const laid = z.object({ id, slots: z.number(), displaced: z.number() })

export const scheduleApi = {
  listSchedules: {
    method: 'GET',
    path: '/schedules',
    summary: 'The schedules of an institution or of one of its departments, ended ones left out.',
    may: 'capacity.read',
    query: z.object({ institutionId: z.optional(id), departmentId: z.optional(id) }),
    returns: z.array(schedule),
  },
  addSchedule: {
    method: 'POST',
    path: '/schedules',
    summary: 'Adds a schedule and lays its slots as far ahead as slots are laid.',
    may: 'capacity.manage',
    body: scheduleForm,
    returns: laid,
  },
  changeSchedule: {
    method: 'POST',
    path: '/schedules/:id',
    summary: 'Changes a schedule; free slots follow, booked ones stay and are counted as displaced.',
    may: 'capacity.manage',
    params: byId,
    body: z.object({ ...form, quotas, version: z.number() }),
    returns: laid,
  },
  setException: {
    method: 'POST',
    path: '/schedules/:id/exceptions',
    summary:
      'Closes a day or opens a holiday; who was booked on a closed day goes to the head of the waiting list.',
    may: 'capacity.manage',
    params: byId,
    body: scheduleException,
    returns: laid,
  },
  removeException: {
    method: 'POST',
    path: '/schedules/:id/exceptions/remove',
    summary: 'Takes an exception back.',
    may: 'capacity.manage',
    params: byId,
    body: z.object({ day }),
    returns: laid,
  },
  readSlots: {
    method: 'GET',
    path: '/clinic-calendar',
    summary: 'The slots of a department of my institution for up to seven days, with who has booked.',
    may: 'capacity.read',
    query: z.object({
      departmentId: id,
      from: day,
      days: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(7)), 7),
    }),
    returns: z.array(clinicSlot),
  },
  makeCalendarLink: {
    method: 'POST',
    path: '/calendar-links',
    summary: 'A private address that any calendar program can subscribe to; the one before stops.',
    may: 'capacity.read',
    body: z.object({ departmentId: z._default(z.nullable(id), null) }),
    returns: z.object({ url: z.string() }),
  },
} as const satisfies Api
