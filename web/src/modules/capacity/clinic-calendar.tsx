import { capacityApi } from '@tongmai/api/capacity'
import type { ClinicSlot, Session as Sitting } from '@tongmai/api/capacity/schedule'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { momentAt, showDay, showTime } from '../../kernel/dates.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { BookingLine } from './booking-line.tsx'
import { CalendarLink } from './calendar-link.tsx'
import { DepartmentChoice, useDepartments } from './department-choice.tsx'
import { capacityWords } from './words.ts'

const DAY_MS = 86_400_000
const plus = (day: string, days: number) => showDay(new Date(momentAt(day).getTime() + days * DAY_MS))
/** The Monday of a day's week. */
const mondayOf = (day: string) => plus(day, -((new Date(day).getUTCDay() + 6) % 7))
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

const search = z.object({ department: z.optional(z.uuid()), from: z.optional(z.iso.date()) })

/** Whether a session of the present week is not over yet. */
function isToCome({ weekday, to }: Sitting): boolean {
  const now = timeNow()
  const today = ((new Date(showDay(now)).getUTCDay() + 6) % 7) + 1
  return weekday > today || (weekday === today && to > showTime(now))
}

/** A week of one of my departments: its slots and who has booked them. */
export function ClinicCalendar() {
  const t = useWords(capacityWords)
  const { institution } = useSession()
  const [{ department, from: asked }, setFilter] = useSearch(search)
  const departments = useDepartments(institution?.id ?? null)
  const schedules = useRead(capacityApi.listSchedules, {}, { live: ['capacity'] })
  // Where nothing is chosen: the first department that holds anything before the week is over.
  const held = schedules.data?.find(({ sessions }) => sessions.some(isToCome))
  const first = held ?? schedules.data?.[0]
  const departmentId = department ?? first?.departmentId ?? departments[0]?.value ?? null
  const from = asked ?? mondayOf(showDay(timeNow()))
  const read = useRead(
    capacityApi.readSlots,
    { query: { departmentId: departmentId ?? '', from, days: 7 } },
    { live: ['capacity'], keepPrevious: true, when: departmentId !== null },
  )
  return (
    <Page
      title={t('calendar.title')}
      hint={t('calendar.hint')}
      actions={<CalendarLink departmentId={departmentId} />}
    >
      <div className="tm-row tm-no-print">
        <DepartmentChoice
          label={t('schedule.department')}
          width={200}
          institutionId={institution?.id ?? null}
          value={departmentId}
          onChange={(next) => setFilter({ department: next ?? undefined })}
        />
        <Button onClick={() => setFilter({ from: plus(from, -7) })}>{t('calendar.earlier')}</Button>
        <Button onClick={() => setFilter({ from: undefined })}>{t('calendar.now')}</Button>
        <Button onClick={() => setFilter({ from: plus(from, 7) })}>{t('calendar.later')}</Button>
      </div>
      <Loaded read={read} rows={8}>
        {(slots) =>
          slots.length === 0 ? (
            <Nothing title={t('calendar.none')} hint={t('schedule.none-hint')} />
          ) : (
            <Week from={from} slots={slots} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Week({ from, slots }: { from: string; slots: readonly ClinicSlot[] }) {
  const t = useWords(capacityWords)
  const today = showDay(timeNow())
  return (
    <div className="tm-week">
      {weekdays.map((weekday) => {
        const day = plus(from, weekday - 1)
        const own = slots.filter(({ at }) => showDay(at) === day)
        return (
          <section key={day} aria-label={day}>
            <h3 aria-current={day === today ? 'date' : undefined}>
              {t(`weekday.${weekday}`)} {day.slice(5)}
            </h3>
            {[...Map.groupBy(own, (slot) => slot.scheduleId)].map(([scheduleId, session]) => (
              <Session key={scheduleId} slots={session} />
            ))}
          </section>
        )
      })}
    </div>
  )
}

/** What one schedule holds on a day: who, where, how much is left, and each slot with its patients. */
function Session({ slots }: { slots: readonly ClinicSlot[] }) {
  const t = useWords(capacityWords)
  const [first] = slots
  if (!first) return null
  const free = slots.reduce((sum, slot) => sum + slot.free, 0)
  const seats = slots.reduce((sum, slot) => sum + slot.seats, 0)
  return (
    <article>
      <b>{first.name}</b>
      <span className="tm-quiet">{[first.practitioner, first.room].filter(Boolean).join(' · ')}</span>
      <span>
        <StateTag tone={free === 0 ? 'bad' : 'good'}>
          {free === 0 ? t('calendar.full') : t('calendar.free', { free, seats })}
        </StateTag>
      </span>
      {slots
        .filter((slot) => slot.bookings.length > 0)
        .map((slot) => (
          <div key={slot.id}>
            <span className="tm-quiet">
              {showTime(slot.at)} {slot.besidePlan && t('calendar.beside')}
            </span>
            {slot.bookings.map((one) => (
              <BookingLine key={one.id} booking={one} at={slot.at} />
            ))}
          </div>
        ))}
    </article>
  )
}
