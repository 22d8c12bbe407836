import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { PlannedSlot } from '../plan-slots.ts'
import type { ScheduleRow } from './schedule.ts'
import { tables } from './tables-of.ts'

export interface SlotRow {
  readonly id: string
  readonly institutionId: string
  readonly scheduleId: string
  readonly departmentId: string
  readonly practitionerId: string | null
  readonly kind: 'clinic' | 'examination'
  readonly name: string
  readonly room: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly seats: number
  readonly besidePlan: boolean
}

/**
 * Lays the slots of a schedule and their seats: what is there already follows the plan as far as nobody has it.
 * Doing it again changes nothing. Answers the slots that are new.
 */
export async function lay(ctx: Ctx, s: ScheduleRow, planned: readonly PlannedSlot[]): Promise<SlotRow[]> {
  if (planned.length === 0) return []
  const { rows } = await sql<SlotRow & { isNew: boolean }>`
    insert into capacity.slot (institution_id, id, schedule_id, department_id, practitioner_id, kind, name, room, starts_at, ends_at, seats)
    select ${s.institutionId}, x.id, ${s.id}, ${s.departmentId}, ${s.practitionerId}, ${s.kind}, ${s.name}, ${s.room}, x.starts_at, x.ends_at, x.seats
    from unnest(${planned.map(() => ctx.id())}::uuid[], ${planned.map((p) => p.startsAt)}::timestamptz[],
      ${planned.map((p) => p.endsAt)}::timestamptz[], ${planned.map((p) => p.seats.length)}::int[]) as x (id, starts_at, ends_at, seats)
    on conflict (institution_id, schedule_id, starts_at) do update set practitioner_id = excluded.practitioner_id,
      name = excluded.name, room = excluded.room, ends_at = excluded.ends_at, seats = excluded.seats, beside_plan = false
    returning *, xmax = 0 as is_new`.execute(tables(ctx))
  const seats = planned.flatMap((p) => p.seats.map((seat, i) => ({ ...seat, at: p.startsAt, number: i + 1 })))
  await sql`
    insert into capacity.seat (institution_id, slot_id, number, department_id, kind, starts_at, source, released_at)
    select slot.institution_id, slot.id, x.number, slot.department_id, slot.kind, slot.starts_at, x.source, x.released_at
    from unnest(${seats.map((one) => one.at)}::timestamptz[], ${seats.map((one) => one.number)}::int[],
      ${seats.map((one) => one.source)}::text[], ${seats.map((one) => one.releasedAt)}::timestamptz[]) as x (at, number, source, released_at)
    join capacity.slot slot on slot.institution_id = ${s.institutionId} and slot.schedule_id = ${s.id} and slot.starts_at = x.at
    on conflict (institution_id, slot_id, number) do update set source = excluded.source, released_at = excluded.released_at
      where seat.reservation_id is null and (seat.source, seat.released_at) is distinct from (excluded.source, excluded.released_at)`.execute(
    tables(ctx),
  )
  return rows.filter((row) => row.isNew)
}

/**
 * Takes away what the plan from a moment on no longer has: free seats go, booked ones stay beside the plan.
 * Answers how many bookings are displaced so, and which slots are gone.
 */
export async function clearBeside(
  ctx: Ctx,
  s: ScheduleRow,
  { from, keep }: { from: Date; keep: readonly PlannedSlot[] },
): Promise<{ displaced: number; gone: string[] }> {
  const starts = keep.map((p) => p.startsAt)
  const counts = keep.map((p) => p.seats.length)
  await sql`
    delete from capacity.seat seat using capacity.slot slot
      left join unnest(${starts}::timestamptz[], ${counts}::int[]) as x (at, seats) on x.at = slot.starts_at
    where slot.institution_id = ${s.institutionId} and slot.schedule_id = ${s.id} and slot.starts_at >= ${from}
      and seat.institution_id = slot.institution_id and seat.slot_id = slot.id
      and seat.number > coalesce(x.seats, 0) and seat.reservation_id is null`.execute(tables(ctx))
  const { rows } = await sql<{ displaced: number; gone: string[] }>`
    with beside as (
      select slot.institution_id, slot.id, count(seat.number)::int as taken from capacity.slot slot
      left join capacity.seat seat on seat.institution_id = slot.institution_id and seat.slot_id = slot.id
      where slot.institution_id = ${s.institutionId} and slot.schedule_id = ${s.id} and slot.starts_at >= ${from}
        and not (slot.starts_at = any (${starts}::timestamptz[]))
      group by 1, 2),
    gone as (delete from capacity.slot using beside b where slot.institution_id = b.institution_id and slot.id = b.id and b.taken = 0),
    marked as (update capacity.slot set beside_plan = true from beside b
      where slot.institution_id = b.institution_id and slot.id = b.id and b.taken > 0)
    select coalesce(sum(taken), 0)::int as displaced, coalesce(array_agg(id::text) filter (where taken = 0), '{}') as gone
    from beside`.execute(tables(ctx))
  return rows[0] ?? { displaced: 0, gone: [] }
}

/** The slots of a department from one moment to another, with how many seats are free then. */
export const listSlots = (
  ctx: Ctx,
  of: { institutionId: string; departmentId: string; from: Date; to: Date },
) =>
  tables(ctx)
    .selectFrom('capacity.slot as s')
    .leftJoin('workforce.name as p', 'p.id', 's.practitionerId')
    .selectAll('s')
    .select([
      'p.name as practitioner',
      sql<number>`(select count(*)::int from capacity.seat t where t.institution_id = s.institution_id and t.slot_id = s.id
        and (t.reservation_id is null or t.held_until <= ${ctx.now}))`.as('free'),
    ])
    .where('s.institutionId', '=', of.institutionId)
    .where('s.departmentId', '=', of.departmentId)
    .where('s.startsAt', '>=', of.from)
    .where('s.startsAt', '<', of.to)
    .orderBy('s.startsAt')
    .orderBy('s.id')
    .limit(2000)
    .execute()

/** The sessions of a practitioner or a department from a moment on, slot by slot, for a calendar. */
export const listForCalendar = (
  ctx: Ctx,
  of: { practitionerId: string | null; departmentId: string | null; institutionId: string; from: Date },
) =>
  tables(ctx)
    .selectFrom('capacity.slot as s')
    .leftJoin('network.departmentName as d', 'd.id', 's.departmentId')
    .leftJoin('workforce.name as p', 'p.id', 's.practitionerId')
    .select([
      's.scheduleId',
      's.name',
      's.room',
      's.startsAt',
      's.endsAt',
      's.seats',
      'd.name as department',
      'p.name as practitioner',
    ])
    .select(
      sql<number>`(select count(*)::int from capacity.seat t where t.institution_id = s.institution_id and t.slot_id = s.id
        and t.reservation_id is not null and (t.held_until is null or t.held_until > ${ctx.now}))`.as(
        'booked',
      ),
    )
    .where('s.institutionId', '=', of.institutionId)
    .$if(of.practitionerId !== null, (q) => q.where('s.practitionerId', '=', of.practitionerId))
    .$if(of.departmentId !== null, (q) => q.where('s.departmentId', '=', of.departmentId as string))
    .where('s.startsAt', '>=', of.from)
    .orderBy('s.scheduleId')
    .orderBy('s.startsAt')
    .limit(5000)
    .execute()

export const find = (ctx: Ctx, at: { institutionId: string; id: string }): Promise<SlotRow | undefined> =>
  tables(ctx)
    .selectFrom('capacity.slot')
    .selectAll()
    .where('institutionId', '=', at.institutionId)
    .where('id', '=', at.id)
    .executeTakeFirst()

/** All slots that are still to come after an id, in id order. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number) =>
  tables(ctx)
    .selectFrom('capacity.slot')
    .selectAll()
    .where('startsAt', '>', ctx.now)
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()
